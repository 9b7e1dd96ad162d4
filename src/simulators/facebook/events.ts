import type { GraphPost } from '../graph/posts.ts';
import type { Verb } from '../graph/start.ts';

/** An item of `entry` as Meta sends it for the Page. Source: a recorded delivery, and Graph API Webhooks, "Page". */
export function entryOf(
  account: { readonly id: string },
  post: GraphPost,
  verb: Verb,
  now: Date,
): Record<string, unknown> {
  const isComment = post.kind === 'comment';
  const from = { id: post.author.id, name: post.author.name };
  const gone = verb === 'remove';
  const value = {
    from,
    ...(!gone && { message: post.text }),
    post_id: post.top.id,
    ...(isComment && { comment_id: post.id, parent_id: post.parent?.id ?? post.top.id }),
    created_time: Math.floor(post.at.getTime() / 1_000),
    item: isComment ? 'comment' : 'status',
    verb,
  };
  const field = post.kind === 'tagged' ? 'mention' : 'feed';
  return { id: account.id, time: Math.floor(now.getTime() / 1_000), changes: [{ value, field }] };
}
