import { DAY, MINUTE } from '../../core/clock.ts';
import { RateLimitedError } from '../../core/errors.ts';
import type { Cursors } from '../../domain/channel.ts';
import type { Page, PollOptions } from '../connector.ts';
import { newestOf, overlapMs, readCursor, sinceId } from './cursor.ts';
import { type Account, type Found, foundPosts, type Stream } from './found.ts';
import { ownReach } from './look.ts';
import { mentionMicros, postReadMicros } from './price.ts';
import { postQuery, type ReadDeps, type ReadList, readList } from './read.ts';
import { timeOfId } from './snowflake.ts';

export interface PollDeps extends ReadDeps {
  readonly account: Account;
  readonly charge: (ids: Iterable<string>, microsEach: number) => number;
  /** Compiled keyword queries for this poll; empty when the search is off. */
  readonly searches: () => readonly string[];
}

/** One timeline or query that is read to its end in each poll. */
interface Source {
  readonly stream: Stream;
  /** Key in the channel's cursors. */
  readonly key: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly microsEach: number;
  /** How far back the platform goes: in posts and in time. */
  readonly reach: { readonly posts: number; readonly ms: number };
  readonly mostPages: number;
  /** Give up what lies beyond `mostPages` instead of starting over each time (it costs money). */
  readonly cutsOff: boolean;
}

/** The nightly sweep looks back this far. */
const deepMs = 7 * DAY;
/** Mentions: the 800 newest. Search: 7 days. Source: X docs, timelines and search. */
const mentionReach = 800;
const searchReachMs = 7 * DAY - MINUTE;
/** Posts that the platform hides count for its reach, so a run of nearly 800 may have been cut. */
const reachSlack = 20;

function sourcesOf({ account, searches }: PollDeps): Source[] {
  const id = encodeURIComponent(account.id);
  const far = Number.POSITIVE_INFINITY;
  return [
    {
      stream: 'mentions',
      key: 'mentions',
      path: `users/${id}/mentions`,
      query: {},
      microsEach: mentionMicros,
      reach: { posts: mentionReach, ms: far },
      mostPages: 30,
      cutsOff: false,
    },
    {
      stream: 'own',
      key: 'own',
      path: `users/${id}/tweets`,
      query: {},
      microsEach: postReadMicros,
      reach: { posts: ownReach, ms: far },
      mostPages: 60,
      cutsOff: false,
    },
    ...searches().map(
      (query, index): Source => ({
        stream: 'search',
        key: index === 0 ? 'search' : `search-${index}`,
        path: 'tweets/search/recent',
        query: { query },
        microsEach: postReadMicros,
        reach: { posts: far, ms: searchReachMs },
        mostPages: 20,
        cutsOff: true,
      }),
    ),
  ];
}

/** All sources one after the other. A page's `advance` holds every cursor that is safe by then. */
export async function* pollPages(
  deps: PollDeps,
  cursors: Cursors,
  options: PollOptions,
): AsyncGenerator<Page> {
  const safe: Record<string, string> = { ...cursors };
  for (const source of sourcesOf(deps)) {
    const asked = deps.clock.now();
    for await (const { newest, ...page } of run(deps, source, cursors, options)) {
      if (newest !== null) safe[source.key] = newest;
      if (page.advance === null) yield page;
      else yield { ...page, advance: { ...safe }, ...(source.stream === 'own' && { ownSeenUntil: asked }) };
    }
  }
}

/** `newest` is set, and `advance` is not null, on the last page of a complete run only. */
type RunPage = Page & { readonly newest: string | null };

interface Start {
  readonly bounds: Readonly<Record<string, string>>;
  /** Everything older than this is out of the platform's reach. */
  readonly lostBefore: Date | null;
}

async function* run(
  deps: PollDeps,
  source: Source,
  cursors: Cursors,
  options: PollOptions,
): AsyncGenerator<RunPage> {
  const { clock } = deps;
  const cursor = readCursor(cursors[source.key], clock);
  let start = startOf(deps, source, cursor, options);
  const seen = new Set<string>();
  let token: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const read = await readList(deps, source.path, queryOf(source, start, token), options.signal);
    if (read === 'stale') {
      start = withoutSinceId(deps, source, cursor, options);
      token = undefined;
      continue;
    }
    const next = read.answer.meta?.next_token;
    const isCut = next !== undefined && pages >= source.mostPages;
    yield runPage(deps, source, read, { cursor, start, seen, isCut });
    if (next === undefined || isCut) return;
    refuseWhenUsedUp(deps, read);
    token = next;
  }
}

interface Run {
  readonly cursor: bigint | null;
  readonly start: Start;
  /** Ids of this run so far; this page's are added. */
  readonly seen: Set<string>;
  /** There is more, but we go no further. */
  readonly isCut: boolean;
}

function runPage(
  deps: PollDeps,
  source: Source,
  read: ReadList,
  { cursor, start, seen, isCut }: Run,
): RunPage {
  const { meta } = read.answer;
  const isLast = meta?.next_token === undefined;
  // Without a readable `meta` nobody knows whether this was the last page: the cursor stays.
  const isComplete = meta !== undefined && (isLast || (isCut && source.cutsOff));
  const found = foundPosts(read.answer, deps.account, source.stream);
  const ids = idsOf(found);
  for (const id of ids) seen.add(id);
  return {
    posts: found.posts,
    rejected: found.rejected,
    newest: isComplete ? (newestOf(cursor, seen, deps.clock)?.toString() ?? null) : null,
    advance: isComplete ? {} : null,
    cost: { calls: 1, micros: deps.charge(ids, source.microsEach) },
    blockedUntil: blockedUntil(read),
    ...quotaOf(read),
    gap: gapOf(source, start, { isCut, isLast, seen: seen.size }),
  };
}

/** X answers since_id and start_time alike; the first is exact and keeps the overlap small. */
function startOf({ clock }: PollDeps, source: Source, cursor: bigint | null, options: PollOptions): Start {
  const now = clock.now().getTime();
  if (options.depth === 'deep') {
    return {
      bounds: startTime(Math.max(now - deepMs, now - source.reach.ms, options.startFrom.getTime())),
      lostBefore: null,
    };
  }
  if (cursor === null) {
    const oldest = now - source.reach.ms;
    return { bounds: startTime(Math.max(options.startFrom.getTime(), oldest)), lostBefore: null };
  }
  const cursorMs = timeOfId(cursor.toString()).getTime();
  if (cursorMs - overlapMs < now - source.reach.ms) {
    const oldest = new Date(now - source.reach.ms);
    return { bounds: startTime(oldest.getTime()), lostBefore: cursorMs < oldest.getTime() ? oldest : null };
  }
  return { bounds: { since_id: sinceId(cursor) }, lostBefore: null };
}

/** X calls our since_id too old: page back by time to where the cursor stood, or as far as the platform goes. */
function withoutSinceId(
  { clock }: PollDeps,
  source: Source,
  cursor: bigint | null,
  options: PollOptions,
): Start {
  const cursorMs = cursor === null ? options.startFrom.getTime() : timeOfId(cursor.toString()).getTime();
  const oldest = clock.now().getTime() - source.reach.ms;
  return {
    bounds: startTime(Math.max(cursorMs - overlapMs, oldest)),
    lostBefore: cursorMs < oldest ? new Date(oldest) : null,
  };
}

function startTime(ms: number): Record<string, string> {
  return { start_time: `${new Date(ms).toISOString().slice(0, 19)}Z` };
}

function queryOf(source: Source, { bounds }: Start, token: string | undefined): Record<string, string> {
  return {
    ...postQuery,
    ...source.query,
    ...bounds,
    max_results: '100',
    ...(token !== undefined && { pagination_token: token }),
  };
}

/** Every id of a page, also those of earlier versions and of posts that did not parse: all of them get stored. */
function idsOf({ posts, rejected }: Found): string[] {
  return [
    ...posts.map((post) => post.latestNativeId),
    ...rejected.flatMap(({ nativeId }) => (nativeId === null ? [] : [nativeId])),
  ];
}

function quotaOf({ limit }: ReadList): { quotaUsed?: number } {
  return limit !== null && limit.allowed > 0 ? { quotaUsed: 1 - limit.remaining / limit.allowed } : {};
}

function blockedUntil({ limit }: ReadList): Date | null {
  return limit !== null && limit.remaining <= 0 ? limit.resetAt : null;
}

/** The next page would be a 429: say so without asking. The cursor has not moved, so nothing is lost. */
function refuseWhenUsedUp({ clock }: PollDeps, { limit }: ReadList): void {
  if (limit === null || limit.remaining > 0) return;
  const waitMs = limit.resetAt.getTime() - clock.now().getTime();
  if (waitMs > 0) throw new RateLimitedError('x: window used up', waitMs);
}

function gapOf(
  source: Source,
  { lostBefore }: Start,
  { isCut, isLast, seen }: { isCut: boolean; isLast: boolean; seen: number },
): string | null {
  if (isCut)
    return `Berhenti setelah ${source.mostPages} halaman; kiriman yang lebih lama mungkin terlewat (${source.key}).`;
  if (lostBefore !== null && isLast) {
    return `X hanya memberi kiriman sejak ${lostBefore.toISOString()}; yang lebih lama mungkin terlewat (${source.key}).`;
  }
  if (isLast && seen >= source.reach.posts - reachSlack) {
    return `X hanya memberi ${source.reach.posts} kiriman terbaru; yang lebih lama mungkin terlewat (${source.key}).`;
  }
  return null;
}
