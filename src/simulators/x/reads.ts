import { type Clock, DAY } from '../../core/clock.ts';
import type { PageFault } from '../kit/faults.ts';
import { cutPage } from '../kit/timeline.ts';
import { invalidRequest, staleSinceId } from './bodies.ts';
import {
  allowedParameters,
  type PageRequest,
  pageRequest,
  RefusedRequest,
  selectionOf,
  writeToken,
} from './parameters.ts';
import { newestVersion, type XPost } from './posts.ts';
import { compileQuery, type Matches, QueryError } from './query.ts';
import { lookedUp, newestOf, postsAnswer, type Shown } from './render.ts';
import { firstIdAt } from './snowflake.ts';
import type { XState } from './state.ts';

/** How far back each timeline reaches, in posts. Source: X docs, timelines/integrate. */
const mentionReach = 800;
const ownReach = 3_200;
const searchReachMs = 7 * DAY;
const longestQuery = 512;

export interface ReadDeps {
  readonly state: XState;
  readonly clock: Clock;
  /** An own post is not in the own timeline (or a search) before this long after it was written. */
  readonly lagMs: () => number;
}

export interface ReadAnswer {
  readonly body: Record<string, unknown>;
  readonly servedIds: readonly string[];
}

export function mentionsPage(deps: ReadDeps, query: URLSearchParams, fault: PageFault | null): ReadAnswer {
  const selection = selectionOf(query, allowedParameters.mentions);
  const request = pageRequest(query, 5);
  const list = deps.state.mentions;
  return pageOf(deps, { list, request, selection, fault, reach: mentionReach, matches: () => true });
}

export function ownPage(deps: ReadDeps, query: URLSearchParams, fault: PageFault | null): ReadAnswer {
  const selection = selectionOf(query, allowedParameters.timeline);
  const request = pageRequest(query, 5);
  const exclude = (query.get('exclude') ?? '').split(',');
  const matches: Matches = (post) => !(exclude.includes('replies') && post.parentId !== null);
  return pageOf(deps, { list: deps.state.own, request, selection, fault, reach: ownReach, matches });
}

/** @throws {RefusedRequest} for a query that X does not take, and for a since_id older than seven days */
export function searchPage(deps: ReadDeps, query: URLSearchParams, fault: PageFault | null): ReadAnswer {
  const selection = selectionOf(query, allowedParameters.search);
  const request = pageRequest(query, 10);
  const text = query.get('query') ?? '';
  if (text === '' || text.length > longestQuery) {
    throw new RefusedRequest(
      invalidRequest(
        'query',
        text.slice(0, 100),
        `The query must be between 1 and ${longestQuery} characters`,
      ),
    );
  }
  const oldest = new Date(deps.clock.now().getTime() - searchReachMs);
  if (request.sinceId !== null && request.sinceId < firstIdAt(oldest)) {
    throw new RefusedRequest(staleSinceId(String(request.sinceId), oldest, firstIdAt(oldest)));
  }
  if (request.startTime !== null && request.startTime < oldest) {
    throw new RefusedRequest(
      invalidRequest(
        'start_time',
        String(query.get('start_time')),
        `'start_time' must be on or after ${oldest.toISOString()}`,
      ),
    );
  }
  const matches = compiled(text, deps.state);
  return pageOf(deps, {
    list: deps.state.everything,
    request: { ...request, startTime: request.startTime ?? oldest },
    selection,
    fault,
    reach: Number.POSITIVE_INFINITY,
    matches: (post) => !deps.state.user(post.author).protected && matches(post),
  });
}

function compiled(text: string, state: XState): Matches {
  try {
    return compileQuery(text, state);
  } catch (error) {
    if (error instanceof QueryError) throw new RefusedRequest(invalidRequest('query', text, error.message));
    throw error;
  }
}

interface Cut {
  readonly list: XState['mentions'];
  readonly request: PageRequest;
  readonly selection: ReturnType<typeof selectionOf>;
  readonly fault: PageFault | null;
  readonly reach: number;
  readonly matches: Matches;
}

function pageOf(deps: ReadDeps, { list, request, selection, fault, reach, matches }: Cut): ReadAnswer {
  const passed = request.token?.passed ?? 0;
  const size = Math.max(0, Math.min(request.size, reach - passed));
  const { items, hasNext, next } = cutPage(inReach(deps, list, request, matches), size, fault);
  const start = request.token ?? { ms: Number.MAX_SAFE_INTEGER, seq: 0, passed: 0 };
  const token = next ? { ms: next.at.getTime(), seq: next.seq, passed: passed + items.length } : start;
  const goesOn = hasNext && (next === null || token.passed < reach);
  const ids = items.map((post) => newestVersion(post).id);
  const answer = postsAnswer(items.map(newestOf), selection, deps.state);
  return {
    servedIds: ids,
    body: {
      ...answer,
      meta: {
        ...(ids.length > 0 && { newest_id: extreme(ids, 1), oldest_id: extreme(ids, -1) }),
        result_count: ids.length,
        ...(goesOn && { next_token: writeToken(token) }),
      },
    },
  };
}

/** What the request can see, newest first, from where its page starts. */
function* inReach(
  deps: ReadDeps,
  list: Cut['list'],
  request: PageRequest,
  matches: Matches,
): Generator<XPost> {
  const now = deps.clock.now();
  const shownSince = now.getTime() - deps.lagMs();
  const below = request.token
    ? { at: new Date(Math.min(request.token.ms, 8.64e15)), seq: request.token.seq }
    : undefined;
  const isShown = (post: XPost): boolean => {
    if (post.at > now || post.deleted || !matches(post)) return false;
    return !post.byOffice || post.writtenAt.getTime() <= shownSince;
  };
  for (const post of list.newestFirst(request.endTime ?? now, below)) {
    const id = BigInt(newestVersion(post).id);
    if (request.sinceId !== null && id <= request.sinceId) return;
    if (request.startTime !== null && post.at < request.startTime) return;
    if (request.untilId !== null && id >= request.untilId) continue;
    if (isShown(post)) yield post;
  }
}

function extreme(ids: readonly string[], sign: 1 | -1): string {
  return ids.reduce((best, id) => (sign * Number(BigInt(id) - BigInt(best)) > 0 ? id : best));
}

/** GET /2/tweets and GET /2/tweets/:id. What is gone or protected comes under `errors`, with status 200. */
export function lookUp(
  deps: ReadDeps,
  ids: readonly string[],
  query: URLSearchParams,
  one: boolean,
): ReadAnswer {
  const selection = selectionOf(query, one ? allowedParameters.one : allowedParameters.lookup);
  if (ids.length === 0 || ids.length > 100 || ids.some((id) => !/^[0-9]{1,19}$/.test(id))) {
    throw new RefusedRequest(
      invalidRequest(one ? 'id' : 'ids', ids.join(','), 'The ids are not 1 to 100 numbers'),
    );
  }
  const parameter = one ? 'id' : 'ids';
  const shown: Shown[] = [];
  const missing: Record<string, unknown>[] = [];
  for (const id of ids) {
    const found = lookedUp(id, parameter, deps.state);
    if ('error' in found) missing.push(found.error);
    else shown.push(found);
  }
  const answer = postsAnswer(shown, selection, deps.state);
  const errors = [...missing, ...((answer.errors as Record<string, unknown>[] | undefined) ?? [])];
  const data = answer.data as unknown[] | undefined;
  return {
    servedIds: shown.map(({ version }) => version.id),
    body: {
      ...answer,
      ...(one && data && { data: data[0] }),
      ...(errors.length > 0 && { errors }),
    },
  };
}
