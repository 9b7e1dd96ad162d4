import { createHash } from 'node:crypto';
import { DAY, MINUTE } from '../../core/clock.ts';
import { badParameter, GraphRefusal, missingObject } from '../graph/answers.ts';
import { pageOf, sortedBy, visible } from '../graph/edge.ts';
import { flagOf, type GraphCall, type GraphRoute, messageOf } from '../graph/frame.ts';
import { type GraphPost, lastSegment } from '../graph/posts.ts';
import { commentObject, commentsPage, postObject } from './objects.ts';
import type { FacebookState } from './state.ts';

/** How long the same text under the same target is refused as a duplicate. [U]: Meta documents no window. */
const DUPLICATE_WINDOW_MS = 10 * MINUTE;
/** How far the ranked feed leaves the order of time. */
const RANK_SPREAD_MS = 2 * DAY;

export function facebookRoutes(state: FacebookState): readonly GraphRoute[] {
  return [...readRoutes(state), ...writeRoutes(state)];
}

function readRoutes(state: FacebookState): GraphRoute[] {
  const { posts } = state;
  const list = (path: string, timelines: () => readonly Iterable<GraphPost>[]): GraphRoute => ({
    method: 'GET',
    path: `/:id/${path}`,
    parameters: ['since', 'until'],
    handle: (call) => postsEdge(state, call, timelines),
  });
  const own = visible(state, posts.own);
  const visitor = visible(state, posts.visitor);
  const tagged = visible(state, posts.tagged);
  return [
    { method: 'GET', path: '/me', parameters: [], handle: (call) => me(state, call) },
    { method: 'GET', path: '/:id/accounts', parameters: [], handle: (call) => accounts(state, call) },
    list('feed', () => [own(), visitor(), tagged()]),
    list('published_posts', () => [own()]),
    list('visitor_posts', () => [visitor()]),
    list('tagged', () => [tagged()]),
    {
      method: 'GET',
      path: '/:id/comments',
      parameters: ['filter', 'order', 'summary', 'since'],
      handle: (call) => commentsPage(state, call, existing(state, call), call.fields),
    },
    { method: 'GET', path: '/:id', parameters: [], handle: (call) => objectById(state, call) },
  ];
}

function writeRoutes(state: FacebookState): GraphRoute[] {
  return [
    {
      method: 'POST',
      path: '/:id/comments',
      parameters: ['message'],
      handle: (call) => comment(state, call),
    },
    {
      method: 'POST',
      path: '/:id',
      parameters: ['message', 'is_hidden'],
      handle: (call) => update(state, call),
    },
    { method: 'DELETE', path: '/:id', parameters: [], handle: (call) => remove(state, call) },
  ];
}

/** Under a post or a comment. A reply to a second-level comment lands under the top one. */
function comment(state: FacebookState, call: GraphCall): object {
  const target = existing(state, call);
  pageTokenOnly(call);
  const text = messageOf(call);
  call.c.set('received', { kind: 'reply', target: target.id, text, resultId: null });
  if (isDuplicate(state, target, text)) {
    throw new GraphRefusal({ message: '(#506) Duplicate status message', code: 506 });
  }
  const written = state.posts.writeAsOffice({ text, parentNativeId: target.id });
  call.c.set('received', { kind: 'reply', target: target.id, text, resultId: written.id });
  return { id: written.id };
}

function isDuplicate(state: FacebookState, target: GraphPost, text: string): boolean {
  const since = state.clock.now().getTime() - DUPLICATE_WINDOW_MS;
  return (target.parent ?? target).under
    .all()
    .some((other) => other.byOffice && other.text === text && other.at.getTime() > since);
}

/** With `message` this is an edit, though one guide of Meta's calls it a reply; with `is_hidden` it hides. */
function update(state: FacebookState, call: GraphCall): object {
  const target = existing(state, call);
  pageTokenOnly(call);
  const hidden = flagOf(call, 'is_hidden');
  if (hidden !== null) {
    state.posts.hide(target.id, hidden);
    call.c.set('received', { kind: 'hide', target: target.id, text: String(hidden), resultId: target.id });
    return { success: true };
  }
  const text = messageOf(call);
  if (target.byOffice) state.posts.edit(target.id, text);
  call.c.set('received', { kind: 'edit', target: target.id, text, resultId: target.id });
  return { success: true };
}

function remove(state: FacebookState, call: GraphCall): object {
  const target = existing(state, call);
  pageTokenOnly(call);
  state.posts.delete(target.id);
  call.c.set('received', { kind: 'delete', target: target.id, text: '', resultId: target.id });
  return { success: true };
}

function pageTokenOnly({ owner }: GraphCall): void {
  if (owner === 'account') return;
  throw new GraphRefusal(
    { message: '(#200) Requires a Page access token to publish as the Page', code: 200 },
    403,
  );
}

/** Ranked, not sorted by time: a fixed amount of up to two days is added to each post's age. */
function postsEdge(
  state: FacebookState,
  call: GraphCall,
  timelines: () => readonly Iterable<GraphPost>[],
): object {
  const id = call.c.req.param('id') ?? '';
  if (id !== state.account.id && id !== 'me') throw missingObject(id);
  const merged = () => timelines().flatMap((posts) => [...posts]);
  const spread = state.switches.rankedFeed ? RANK_SPREAD_MS : 0;
  return pageOf(
    { ...call, posts: state.posts },
    {
      list: sortedBy(merged, (post) => -(post.at.getTime() - spread * fraction(post.id))),
      render: (post) => postObject(state, call, post),
      defaultLimit: 25,
      maxLimit: 100,
      cursorsOnLastPage: true,
    },
  );
}

function fraction(id: string): number {
  return createHash('sha256').update(id).digest().readUInt16BE(0) / 65_536;
}

function objectById(state: FacebookState, call: GraphCall): object {
  const id = call.c.req.param('id') ?? '';
  if (id === state.account.id) return accountObject(state.account, call);
  const post = existing(state, call);
  call.c.set('servedIds', [post.id]);
  return post.kind === 'comment' ? commentObject(state, call, post) : postObject(state, call, post);
}

/** With a Page token "me" is the Page, with a user token the person. */
function me(state: FacebookState, call: GraphCall): object {
  return accountObject(call.owner === 'account' ? state.account : simulatedUser, call);
}

export const simulatedUser = { id: '24000000000000001', name: 'Petugas Simulasi' };

function accountObject(account: { id: string; name: string }, { fields }: GraphCall): object {
  const shown: Record<string, unknown> = fields.length === 0 ? { name: account.name } : {};
  for (const { name } of fields) {
    if (name !== 'id' && name !== 'name')
      throw badParameter(`Tried accessing nonexisting field (${name}) on node type (Page)`);
    shown[name] = account[name];
  }
  return { ...shown, id: account.id };
}

function accounts(state: FacebookState, call: GraphCall): object {
  const id = call.c.req.param('id') ?? '';
  if (call.owner !== 'user' || (id !== 'me' && id !== simulatedUser.id)) throw missingObject(id);
  const pageToken = [...state.switches.tokens].find(([, owner]) => owner === 'account')?.[0];
  const tasks = ['MODERATE', 'MESSAGING', 'CREATE_CONTENT', 'ANALYZE'];
  return {
    data: [{ access_token: pageToken, ...state.account, category: 'Government organization', tasks }],
  };
}

function existing(state: FacebookState, call: GraphCall): GraphPost {
  const id = call.c.req.param('id') ?? '';
  const found = /^\d+(_\d+)?$/.test(id) ? state.posts.find(lastSegment(id)) : null;
  if (!found || found.at > state.clock.now()) throw missingObject(id);
  return found;
}
