import type { Clock } from '../../core/clock.ts';
import type { Cursors } from '../../domain/channel.ts';
import type { Page, PollOptions } from '../connector.ts';
import type { GraphAnswer } from './answer.ts';
import type { GraphClient, Params } from './client.ts';
import { type ListPage, readListing } from './listing.ts';
import { isUsedUp, noUsage, pauseMs, type Usage } from './usage.ts';

type PageParts = Partial<Pick<Page, 'posts' | 'rejected' | 'gap'>> & {
  readonly advance: Cursors | null;
  /** The last page of the run: it carries the pause that a nearly used allowance asks for. */
  readonly last?: boolean;
};

/** One poll: makes the calls, counts them and watches the allowance. */
export interface Run {
  readonly options: PollOptions;
  /** Start of the run, in milliseconds; all its decisions about age use it. */
  readonly startedAt: number;
  readonly get: (path: readonly string[], params: Params) => Promise<GraphAnswer>;
  /** Nothing is left of the allowance: no further call in this run. */
  readonly isUsedUp: () => boolean;
  readonly page: (parts: PageParts) => Page;
}

export function startRun(
  deps: { readonly client: GraphClient; readonly clock: Clock },
  options: PollOptions,
): Run {
  let calls = 0;
  let usage: Usage = noUsage;
  return {
    options,
    startedAt: deps.clock.now().getTime(),
    get: async (path, params) => {
      calls += 1;
      const answer = await deps.client.get(path, params, options.signal);
      usage = answer.usage;
      return answer;
    },
    isUsedUp: () => isUsedUp(usage),
    page: ({ posts = [], rejected = [], gap = null, advance, last = false }) => {
      const cost = { calls, micros: 0 };
      calls = 0;
      const waitMs = last || isUsedUp(usage) ? pauseMs(usage) : 0;
      const blockedUntil = waitMs > 0 ? new Date(deps.clock.now().getTime() + waitMs) : null;
      const quotaUsed = usage === noUsage ? {} : { quotaUsed: Math.min(1, usage.percent / 100) };
      return { posts, rejected, gap, advance, cost, blockedUntil, ...quotaUsed };
    },
  };
}

/** Pages of an edge while it names a next one. A page may be empty and still have one. */
export async function* followNext(
  run: Pick<Run, 'get'>,
  path: readonly string[],
  params: Params,
): AsyncGenerator<ListPage & Pick<GraphAnswer, 'body'>> {
  let next: Params | null = params;
  while (next) {
    const { body } = await run.get(path, next);
    const page = readListing({ body });
    yield { ...page, body };
    next = page.next && { ...params, ...page.next };
  }
}
