import { count, nested, visible } from '../graph/edge.ts';
import { type Field, parseFields, project, type Readers } from '../graph/fields.ts';
import { type GraphCall, metaTime } from '../graph/frame.ts';
import type { GraphPost } from '../graph/posts.ts';
import type { InstagramState } from './state.ts';

/** Replies shown inside a comment when no `limit()` is asked for. [U]: Meta documents no number. */
const REPLIES_SHOWN = 25;

/** A media object as the call asks for it. Source: Instagram Platform, "IG Media". */
export function mediaObject(state: InstagramState, call: GraphCall, post: GraphPost, fields = call.fields) {
  return project(
    post,
    { name: 'IGMedia', readers: mediaReaders(state), defaults: parseFields('id') },
    fields,
  );
}

/** A comment as the call asks for it. Source: Instagram Platform, "IG Comment". */
export function commentObject(
  state: InstagramState,
  call: GraphCall,
  comment: GraphPost,
  fields = call.fields,
) {
  const type = {
    name: 'IGComment',
    readers: commentReaders(state, call),
    defaults: parseFields('id,text,timestamp'),
  };
  return project(comment, type, fields);
}

/** What counts in `comments_count`: replies too, unless the switch says otherwise. */
function commentsCount(state: InstagramState, media: GraphPost): number {
  return count(visible(state, state.switches.countsReplies ? media.stream : media.under)());
}

function mediaReaders(state: InstagramState): Readers<GraphPost> {
  return {
    id: (media) => media.id,
    caption: (media) => media.text || undefined,
    media_type: () => 'IMAGE',
    media_product_type: () => 'FEED',
    media_url: (media) => media.media[0],
    permalink: permalinkOf,
    timestamp: (media) => metaTime(media.at),
    username: (media) => media.author.name,
    comments_count: (media) => commentsCount(state, media),
    like_count: () => 0,
  };
}

function commentReaders(state: InstagramState, call: GraphCall): Readers<GraphPost> {
  return {
    id: (comment) => comment.id,
    text: (comment) => comment.text,
    timestamp: (comment) => metaTime(comment.at),
    username: (comment) => comment.author.name,
    from: (comment) => ({ id: comment.author.id, username: comment.author.name }),
    parent_id: (comment) => comment.parent?.id,
    hidden: (comment) => comment.hidden,
    like_count: () => 0,
    media: (comment) => ({ id: comment.top.id }),
    legacy_instagram_comment_id: (comment) => comment.id,
    replies: (comment, field) => repliesOf(state, call, comment, field),
  };
}

function repliesOf(
  state: InstagramState,
  call: GraphCall,
  comment: GraphPost,
  field: Field,
): object | undefined {
  return nested(
    { ...call, posts: state.posts },
    {
      list: visible(state, comment.under),
      render: (reply) => commentObject(state, call, reply, field.fields),
      limit: Math.min(Number(field.modifiers.get('limit') ?? REPLIES_SHOWN), 50),
      path: `/v26.0/${comment.id}/replies`,
    },
  );
}

function permalinkOf(media: GraphPost): string {
  return `https://www.instagram.com/p/${Buffer.from(media.id).toString('base64url').slice(-11)}/`;
}
