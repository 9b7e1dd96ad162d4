import { badParameter, missingObject } from '../graph/answers.ts';
import { type Edge, pageOf, visible } from '../graph/edge.ts';
import type { Field } from '../graph/fields.ts';
import { flagOf, type GraphCall, type GraphRoute, messageOf } from '../graph/frame.ts';
import type { GraphPost } from '../graph/posts.ts';
import type { Timeline } from '../kit/timeline.ts';
import { commentObject, mediaObject } from './objects.ts';
import type { InstagramState } from './state.ts';

/** "A maximum of 50 comments per query." Source: Instagram Platform, "IG Media Comments". */
const COMMENTS_MAX = 50;

export function instagramRoutes(state: InstagramState): readonly GraphRoute[] {
  return [...readRoutes(state), ...writeRoutes(state)];
}

function readRoutes(state: InstagramState): GraphRoute[] {
  const media = (call: GraphCall) => mediaEdge(state, call, state.posts.own);
  return [
    { method: 'GET', path: '/me', parameters: [], handle: (call) => accountObject(state, call) },
    { method: 'GET', path: '/:id/media', parameters: [], handle: (call) => accountOnly(state, call, media) },
    {
      method: 'GET',
      path: '/:id/tags',
      parameters: [],
      handle: (call) => accountOnly(state, call, () => mediaEdge(state, call, state.posts.tagged)),
    },
    {
      // "Comments cannot be filtered by timestamp": the two are taken and do nothing.
      method: 'GET',
      path: '/:id/comments',
      parameters: ['since', 'until'],
      handle: (call) => commentsEdge(state, call, ownMedia(state, call)),
    },
    {
      method: 'GET',
      path: '/:id/replies',
      parameters: [],
      handle: (call) => commentsEdge(state, call, commentOf(state, call)),
    },
    { method: 'GET', path: '/:id', parameters: [], handle: (call) => objectById(state, call) },
  ];
}

function writeRoutes(state: InstagramState): GraphRoute[] {
  return [
    { method: 'POST', path: '/:id/replies', parameters: ['message'], handle: (call) => reply(state, call) },
    {
      method: 'POST',
      path: '/:id/comments',
      parameters: ['message'],
      handle: (call) => comment(state, call),
    },
    { method: 'POST', path: '/:id', parameters: ['hide'], handle: (call) => hide(state, call) },
    { method: 'DELETE', path: '/:id', parameters: [], handle: (call) => remove(state, call) },
  ];
}

function reply(state: InstagramState, call: GraphCall): object {
  const target = commentOf(state, call);
  const text = messageOf(call);
  call.c.set('received', { kind: 'reply', target: target.id, text, resultId: null });
  if (target.hidden || target.parent?.hidden) throw badParameter('Cannot reply to a hidden comment');
  const written = state.posts.writeAsOffice({ text, parentNativeId: target.id });
  call.c.set('received', { kind: 'reply', target: target.id, text, resultId: written.id });
  return { id: written.id };
}

function comment(state: InstagramState, call: GraphCall): object {
  const media = ownMedia(state, call);
  const text = messageOf(call);
  const written = state.posts.writeAsOffice({ text, parentNativeId: media.id });
  call.c.set('received', { kind: 'post', target: media.id, text, resultId: written.id });
  return { id: written.id };
}

function hide(state: InstagramState, call: GraphCall): object {
  const target = commentOf(state, call);
  const hidden = flagOf(call, 'hide');
  if (hidden === null) throw badParameter('The parameter hide is required');
  // The owner's own comments stay visible even if hidden.
  if (!target.byOffice) state.posts.hide(target.id, hidden);
  call.c.set('received', { kind: 'hide', target: target.id, text: String(hidden), resultId: target.id });
  return { success: true };
}

function remove(state: InstagramState, call: GraphCall): object {
  const target = commentOf(state, call);
  state.posts.delete(target.id);
  call.c.set('received', { kind: 'delete', target: target.id, text: '', resultId: target.id });
  return { success: true };
}

function mediaEdge(state: InstagramState, call: GraphCall, timeline: Timeline<GraphPost>): object {
  return pageOf(
    { ...call, posts: state.posts },
    {
      list: visible(state, timeline),
      render: (post) => mediaObject(state, call, post),
      defaultLimit: 25,
      maxLimit: 100,
      cursorsOnLastPage: false,
    },
  );
}

function commentsEdge(state: InstagramState, call: GraphCall, under: GraphPost): object {
  const edge: Edge = {
    list: visible(state, under.under),
    render: (post) => commentObject(state, call, post),
    defaultLimit: 25,
    maxLimit: COMMENTS_MAX,
    cursorsOnLastPage: false,
  };
  return pageOf({ ...call, posts: state.posts }, edge);
}

function objectById(state: InstagramState, call: GraphCall): object {
  const id = idOf(call);
  if (id === state.account.id) return accountObject(state, call);
  const post = state.posts.find(id);
  if (!post || post.at > state.clock.now()) throw missingObject(id);
  call.c.set('servedIds', [post.id]);
  return post.kind === 'comment' ? commentObject(state, call, post) : mediaObject(state, call, post);
}

/** `/me` and the account's own id, with the two fields that answer "where was I mentioned". */
function accountObject(state: InstagramState, call: GraphCall): object {
  const shown: Record<string, unknown> = {};
  for (const field of call.fields) {
    const value = accountField(state, call, field);
    if (value === undefined)
      throw badParameter(`Tried accessing nonexisting field (${field.name}) on node type (IGUser)`);
    shown[field.name] = value;
  }
  shown.id ??= appScopedId(state);
  return shown;
}

function accountField(state: InstagramState, call: GraphCall, field: Field): unknown {
  switch (field.name) {
    case 'id':
      return appScopedId(state);
    case 'user_id':
      return state.account.id;
    case 'username':
      return state.account.name;
    case 'account_type':
      return 'BUSINESS';
    case 'mentioned_comment':
      return commentObject(state, call, mentioned(state, field, 'comment_id'), field.fields);
    case 'mentioned_media':
      return mediaObject(state, call, mentioned(state, field, 'media_id'), field.fields);
    default:
      return undefined;
  }
}

function mentioned(state: InstagramState, field: Field, modifier: string): GraphPost {
  const id = field.modifiers.get(modifier) ?? '';
  const post = state.posts.find(id);
  if (!post?.text.includes(`@${state.account.name}`)) throw missingObject(id);
  return post;
}

/** `id` of /me is scoped to the app and is not the id in webhooks and edges. */
function appScopedId({ account }: InstagramState): string {
  return `9${account.id.slice(1)}`;
}

function accountOnly(state: InstagramState, call: GraphCall, handle: (call: GraphCall) => object): object {
  const id = idOf(call);
  if (id !== state.account.id && id !== 'me') throw missingObject(id);
  return handle(call);
}

function ownMedia(state: InstagramState, call: GraphCall): GraphPost {
  const media = state.posts.find(idOf(call));
  if (media?.kind !== 'own' || media.at > state.clock.now()) throw missingObject(idOf(call));
  return media;
}

function commentOf(state: InstagramState, call: GraphCall): GraphPost {
  const found = state.posts.find(idOf(call));
  if (found?.kind !== 'comment' || found.at > state.clock.now()) throw missingObject(idOf(call));
  return found;
}

function idOf({ c }: GraphCall): string {
  return c.req.param('id') ?? '';
}
