import { badParameter } from '../graph/answers.ts';
import { count, pageOf, sortedBy, visible } from '../graph/edge.ts';
import { type Field, parseFields, project, type Readers } from '../graph/fields.ts';
import { type GraphCall, metaTime } from '../graph/frame.ts';
import { type GraphPost, lastSegment } from '../graph/posts.ts';
import type { FacebookState } from './state.ts';

/** A Page post as the call asks for it. Source: Graph API, "Page Post". */
export function postObject(state: FacebookState, call: GraphCall, post: GraphPost, fields = call.fields) {
  const defaults = parseFields('created_time,message,id');
  return project(post, { name: 'PagePost', readers: postReaders(state, call), defaults }, fields);
}

/** A comment as the call asks for it. Source: Graph API, "Comment". */
export function commentObject(
  state: FacebookState,
  call: GraphCall,
  comment: GraphPost,
  fields = call.fields,
) {
  const defaults = parseFields('created_time,from,message,id');
  return project(comment, { name: 'Comment', readers: commentReaders(state, call), defaults }, fields);
}

/** `filter`, `order`, `limit` and `summary` of a comments edge, as parameters or as modifiers of a field. */
export function commentsPage(
  state: FacebookState,
  call: GraphCall,
  under: GraphPost,
  fields: readonly Field[],
) {
  const { parameters, owner } = call;
  // Not an error: a user token simply sees nothing here. Source: Graph API, "Object Comments".
  if (owner === 'user') return { data: [] };
  const filter = oneOf(parameters, 'filter', ['toplevel', 'stream']);
  const order = oneOf(parameters, 'order', ['chronological', 'reverse_chronological']);
  const newestFirst = visible(
    state,
    filter === 'stream' && under.kind !== 'comment' ? under.stream : under.under,
  );
  const page = pageOf(
    { ...call, posts: state.posts },
    {
      list:
        order === 'reverse_chronological' ? newestFirst : sortedBy(newestFirst, (post) => post.at.getTime()),
      render: (post) => commentObject(state, call, post, fields),
      defaultLimit: 25,
      maxLimit: 100,
      cursorsOnLastPage: true,
    },
  );
  if (!['true', '1'].includes(parameters.get('summary') ?? '')) return page;
  return { ...page, summary: { order, total_count: count(newestFirst()), can_comment: true } };
}

function oneOf<Value extends string>(
  parameters: URLSearchParams,
  name: string,
  values: readonly [Value, ...Value[]],
): Value {
  const given = parameters.get(name) ?? values[0];
  const found = values.find((value) => value === given);
  if (!found) throw badParameter(`param ${name} must be one of {${values.join(', ')}}`);
  return found;
}

function postReaders(state: FacebookState, call: GraphCall): Readers<GraphPost> {
  return {
    id: (post) => post.id,
    message: (post) => post.text || undefined,
    created_time: (post) => metaTime(post.at),
    updated_time: (post) => metaTime(post.at),
    from: (post, field) => fromOf(state, call, post, field),
    permalink_url: permalinkOf,
    is_hidden: (post) => post.hidden,
    is_published: () => true,
    status_type: () => 'mobile_status_update',
    attachments: (post) =>
      post.media.length > 0
        ? { data: post.media.map((src) => ({ media_type: 'photo', media: { image: { src } } })) }
        : undefined,
    comments: (post, field) => commentsField(state, call, post, field),
  };
}

function commentReaders(state: FacebookState, call: GraphCall): Readers<GraphPost> {
  return {
    id: (comment) => comment.id,
    message: (comment) => comment.text,
    created_time: (comment) => metaTime(comment.at),
    from: (comment, field) => fromOf(state, call, comment, field),
    parent: (comment) => (comment.parent ? { id: comment.parent.id } : undefined),
    is_hidden: (comment) => comment.hidden,
    can_hide: (comment) => !comment.byOffice,
    can_comment: () => true,
    can_reply_privately: () => true,
    comment_count: (comment) => count(visible(state, comment.under)()),
    like_count: () => 0,
    permalink_url: permalinkOf,
    attachment: ({ media: [src] }) =>
      src === undefined ? undefined : { type: 'photo', media: { image: { src } }, url: src },
    comments: (comment, field) => commentsField(state, call, comment, field),
  };
}

/** `comments.filter(stream).limit(0).summary(true){…}` inside another object. */
function commentsField(state: FacebookState, call: GraphCall, under: GraphPost, field: Field): object {
  const parameters = new URLSearchParams([...field.modifiers]);
  const inner: GraphCall = { ...call, parameters };
  return commentsPage(state, inner, under, field.fields);
}

function fromOf(
  state: FacebookState,
  { owner }: GraphCall,
  { author }: GraphPost,
  { fields }: Field,
): object | undefined {
  if (owner === 'user' || (state.switches.withoutFrom && author.id !== state.account.id)) return undefined;
  const names = fields.map((field) => field.name);
  return {
    ...((names.length === 0 || names.includes('name')) && { name: author.name }),
    id: author.id,
  };
}

function permalinkOf(post: GraphPost): string {
  const [page, top] = post.top.id.split('_');
  const comment = post.kind === 'comment' ? `&comment_id=${lastSegment(post.id)}` : '';
  return `https://www.facebook.com/permalink.php?story_fbid=${top}&id=${page}${comment}`;
}
