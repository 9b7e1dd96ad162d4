/** A comment's link as the site copies it; an answer to it stands behind `/r/`. */
const comment =
  /^https?:\/\/(?:www\.)?instagram\.com\/(?:[\w.]+\/)?(?:p|reel|tv)\/[\w-]+\/c\/(\d{5,25})(?:\/r\/(\d{5,25}))?\/?(?:[?#]|$)/i;

/**
 * The comment that a link leads to. That the number in the link is the API's id is an assumption [U]. A link to a picture
 * names it by a short code, which the API does not know.
 */
export function readInstagramLink(url: string): { nativeId: string; handle: null; postedAt: null } | null {
  const [, top, under] = comment.exec(url) ?? [];
  const nativeId = under ?? top;
  return nativeId === undefined ? null : { nativeId, handle: null, postedAt: null };
}
