import type { Clock } from '../../core/clock.ts';
import type { Faults } from '../kit/faults.ts';
import type { SimulatorContext } from '../kit/serve.ts';
import { cutPage, type Timeline } from '../kit/timeline.ts';
import { badParameter } from './answers.ts';
import type { GraphPost, GraphPosts } from './posts.ts';

/** One edge of an object, for example the comments of a post. */
export interface Edge {
  /** What stands below the given item in the edge's own order; from the start for null. */
  readonly list: (below: GraphPost | null) => Iterable<GraphPost>;
  readonly render: (post: GraphPost) => Record<string, unknown>;
  readonly defaultLimit: number;
  readonly maxLimit: number;
  /** Whether the last page still names cursors (Facebook) or has no `paging` at all (Instagram, as recorded). */
  readonly cursorsOnLastPage: boolean;
}

/** What of a timeline can be read now: released, and own comments only after the simulator's lag. */
export function visible(deps: { clock: Clock; faults: Faults }, timeline: Timeline<GraphPost>) {
  return function* newestFirst(below: GraphPost | null = null): Generator<GraphPost> {
    const now = deps.clock.now();
    const shownOwnUntil = now.getTime() - deps.faults.lagMs;
    for (const post of timeline.newestFirst(now, below ?? undefined)) {
      const lags = post.byOffice && post.kind === 'comment' && post.at.getTime() > shownOwnUntil;
      if (!lags) yield post;
    }
  };
}

/** The same posts in another order. @param place sorts ascending and must not change between two pages */
export function sortedBy(newestFirst: () => Iterable<GraphPost>, place: (post: GraphPost) => number) {
  const compare = (a: GraphPost, b: GraphPost) => place(a) - place(b) || a.seq - b.seq;
  return (below: GraphPost | null): GraphPost[] =>
    [...newestFirst()].filter((post) => below === null || compare(post, below) > 0).sort(compare);
}

export function count(posts: Iterable<GraphPost>): number {
  let counted = 0;
  for (const _ of posts) counted += 1;
  return counted;
}

/** Answers one page: `{data}` alone when there is nothing, else with `paging` by the platform's habit. */
export function pageOf(
  call: { c: SimulatorContext; parameters: URLSearchParams; posts: GraphPosts },
  edge: Edge,
): { data: unknown[]; paging?: object } {
  const { c, parameters, posts } = call;
  const size = Math.min(wholeNumber(parameters, 'limit') ?? edge.defaultLimit, edge.maxLimit);
  const start = parameters.get('after');
  const below = start === null ? null : placeOfCursor(posts, start);
  const cut = cutPage(edge.list(below), size, c.get('pageFault'));
  c.set('servedIds', [...c.get('servedIds'), ...cut.items.map((post) => post.id)]);
  const page = { data: cut.items.map(edge.render) };
  const last = cut.items.at(-1);
  if (!cut.hasNext) {
    if (!last || !edge.cursorsOnLastPage) return page;
    return { ...page, paging: { cursors: { before: cursorOf(cut.items[0]), after: cursorOf(last) } } };
  }
  const after = cut.next ? cursorOf(cut.next) : (start ?? startCursor);
  return {
    ...page,
    paging: { cursors: { before: cursorOf(cut.items[0]), after }, next: nextLink(call, after) },
  };
}

/** A list inside another object (`replies{…}`), with its own `paging` when it does not end there. */
export function nested(
  call: { c: SimulatorContext; parameters: URLSearchParams; posts: GraphPosts },
  edge: Pick<Edge, 'list' | 'render'> & { limit: number; path: string },
): { data: unknown[]; paging?: object } | undefined {
  const cut = cutPage(edge.list(null), edge.limit, null);
  if (cut.items.length === 0) return undefined;
  call.c.set('servedIds', [...call.c.get('servedIds'), ...cut.items.map((post) => post.id)]);
  const page = { data: cut.items.map(edge.render) };
  if (!cut.next) return page;
  const after = cursorOf(cut.next);
  const next = `${new URL(call.c.req.url).origin}${edge.path}?after=${after}&limit=${edge.limit}`;
  return { ...page, paging: { cursors: { after }, next } };
}

function wholeNumber(parameters: URLSearchParams, name: string): number | null {
  const given = parameters.get(name);
  if (given === null) return null;
  if (!/^\d{1,6}$/.test(given)) throw badParameter(`param ${name} must be an integer`);
  return Number(given);
}

const startCursor = Buffer.from('start').toString('base64url');

function cursorOf(post: GraphPost | undefined): string {
  return post ? Buffer.from(`at ${post.id}`).toString('base64url') : startCursor;
}

function placeOfCursor(posts: GraphPosts, cursor: string): GraphPost | null {
  if (cursor === startCursor) return null;
  const id = /^at (\d+(?:_\d+)*)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  const post = id === undefined ? null : posts.placeOf(id);
  if (!post) throw badParameter('Invalid cursors values');
  return post;
}

/** Whole address of the next page, token and all, as Meta gives it. */
function nextLink(
  { c, parameters }: { c: SimulatorContext; parameters: URLSearchParams },
  after: string,
): string {
  const link = new URL(c.req.url);
  link.search = new URLSearchParams([...parameters].filter(([name]) => name !== 'after')).toString();
  const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) link.searchParams.set('access_token', bearer);
  link.searchParams.set('after', after);
  return link.href;
}
