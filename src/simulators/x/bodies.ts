/** The platform's error bodies, by their recorded shapes. Types are matched by their last path segment. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const problems = 'https://api.twitter.com/2/problems';
const forbidden = (detail: string): Answer => ({
  status: 403,
  body: { detail, type: 'about:blank', title: 'Forbidden', status: 403 },
});

export const unauthorized: Answer = {
  status: 401,
  body: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
};
export const tooManyRequests: Answer = {
  status: 429,
  body: { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
};
export const appOnlyRefused: Answer = {
  status: 403,
  body: {
    title: 'Unsupported Authentication',
    detail:
      'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].',
    type: `${problems}/unsupported-authentication`,
    status: 403,
  },
};
export const replyNotSummoned = forbidden(
  'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
);
export const replyTargetGone = forbidden(
  'You attempted to reply to a Tweet that is deleted or not visible to you.',
);
export const duplicateContent = forbidden('You are not allowed to create a Tweet with duplicate content.');
export const notPermitted = forbidden('You are not permitted to perform this action.');

export function invalidRequest(parameter: string, given: string, message: string): Answer {
  return {
    status: 400,
    body: {
      errors: [{ parameters: { [parameter]: [given] }, message }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: `${problems}/invalid-request`,
    },
  };
}

/** Recorded: the search answers so when since_id is older than its seven days. */
export function staleSinceId(given: string, oldest: Date, oldestId: bigint): Answer {
  const minute = `${oldest.toISOString().slice(0, 16)}Z`;
  return invalidRequest(
    'since_id',
    given,
    `'since_id' must be a tweet id created after ${minute}. Please use a 'since_id' that is larger than ${oldestId}`,
  );
}

export function notFound(id: string, parameter: string): Record<string, unknown> {
  return {
    value: id,
    detail: `Could not find tweet with ${parameter}: [${id}].`,
    title: 'Not Found Error',
    resource_type: 'tweet',
    parameter,
    resource_id: id,
    type: `${problems}/resource-not-found`,
  };
}

export function notAuthorized(id: string, parameter: string): Record<string, unknown> {
  return {
    value: id,
    detail: `Sorry, you are not authorized to see the Tweet with ${parameter}: [${id}].`,
    title: 'Authorization Error',
    resource_type: 'tweet',
    parameter,
    resource_id: id,
    type: `${problems}/not-authorized-for-resource`,
  };
}
