/** Where Meta delivers pictures from. Source: links in recorded answers, and the Cloud API's media page. */
export const mediaHosts = ['.fbcdn.net', '.cdninstagram.com', 'lookaside.fbsbx.com'] as const;
