import { commentId } from './found.ts';

const digits = /^\d{5,25}$/;

/**
 * The post's own number in a link: `/<page>/posts/<number>`, `/permalink.php?story_fbid=<number>`, `/photo/?fbid=<number>`
 * and their like. What the app copies for newer posts is a `pfbid…`, which names nothing that the API knows.
 */
function postOf({ pathname, searchParams }: URL): string | null {
  const [, last] = /\/(?:posts|videos|photos\/[^/]+)\/(?:[^/]+\/)?([^/]+)\/?$/.exec(pathname) ?? [];
  const post = searchParams.get('story_fbid') ?? searchParams.get('fbid') ?? last ?? '';
  return digits.test(post) ? post : null;
}

/** The comment that a link leads to, by the id that a poll gives it; null when the link does not name it by numbers. */
export function readFacebookLink(link: string): { nativeId: string; handle: null; postedAt: null } | null {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (!url || !/^(?:[a-z-]+\.)?facebook\.com$/i.test(url.hostname)) return null;
  const post = postOf(url);
  const comment = url.searchParams.get('reply_comment_id') ?? url.searchParams.get('comment_id') ?? '';
  // Some links hold `<post>_<comment>`.
  const own = comment.slice(comment.lastIndexOf('_') + 1);
  const above = comment.includes('_') ? comment.slice(0, comment.indexOf('_')) : post;
  if (above === null || !digits.test(above) || !digits.test(own)) return null;
  return { nativeId: commentId(above, own), handle: null, postedAt: null };
}
