import { timeOfId } from './snowflake.ts';

/** A post's link as people copy it, with any host that X has had. */
const post = /^https?:\/\/(?:www\.|mobile\.)?(?:x|twitter)\.com\/(\w{1,15})\/status\/(\d{1,19})(?:[/?#]|$)/i;

/** The post that a link leads to: its id, who wrote it and when, read from the link alone. */
export function readXLink(url: string): { nativeId: string; handle: string; postedAt: Date } | null {
  const [, handle, nativeId] = post.exec(url) ?? [];
  if (handle === undefined || nativeId === undefined) return null;
  return { nativeId, handle, postedAt: timeOfId(nativeId) };
}
