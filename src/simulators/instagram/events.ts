import type { GraphPost } from '../graph/posts.ts';
import type { Verb } from '../graph/start.ts';

/**
 * An item of `entry` as Meta sends it for the account. Instagram tells of new comments and mentions only; what it does
 * not tell of is sent as an empty list of changes, which says nothing.
 */
export function entryOf(
  account: { readonly id: string },
  post: GraphPost,
  verb: Verb,
  now: Date,
): Record<string, unknown> {
  const entry = { id: account.id, time: Math.floor(now.getTime() / 1_000) };
  if (verb !== 'add' || post.kind === 'own' || post.kind === 'visitor') return { ...entry, changes: [] };
  if (post.kind === 'tagged')
    return { ...entry, changes: [{ field: 'mentions', value: { media_id: post.id } }] };
  const value = {
    from: { id: post.author.id, username: post.author.name },
    id: post.id,
    ...(post.parent && { parent_id: post.parent.id }),
    text: post.text,
    media: { id: post.top.id, media_product_type: 'FEED' },
  };
  return { ...entry, changes: [{ field: 'comments', value }] };
}
