import type { Clock } from '../core/clock.ts';
import { asError, ChannelBrokenError, RateLimitedError } from '../core/errors.ts';
import type { Channel, Cursors } from '../domain/channel.ts';
import type { Page, PollingConnector } from '../platforms/connector.ts';
import type { Ingested } from './ingest.ts';

export interface PollDeps {
  readonly clock: Clock;
  /** Takes one page in; resolves only when all of it is stored. */
  readonly ingestPage: (channel: Channel, page: Page) => Promise<Ingested>;
  readonly saveCursors: (advance: Cursors) => Promise<void>;
  /** Our own posts until then are all taken in: answers given by hand among them have had their effect. */
  readonly noteOwnSeen: (until: Date) => Promise<void>;
  readonly addCost: (micros: number) => Promise<void>;
}

/** What one run brought, whether it ended well or not. */
export interface PollResult {
  readonly startedAt: Date;
  readonly complete: boolean;
  readonly pages: number;
  readonly found: number;
  readonly added: number;
  readonly changed: number;
  readonly rejected: number;
  readonly calls: number;
  readonly micros: number;
  readonly gaps: readonly string[];
  readonly blockedUntil: Date | null;
  /** The tightest allowance that the platform told of, 0..1; null when it told none. */
  readonly quotaUsed: number | null;
  /** Null when the run was complete. */
  readonly error: Error | null;
}

/** May this channel be asked now? The reason when not. */
export function mayPoll(
  channel: Channel,
  now: Date,
): { yes: true } | { yes: false; why: string; until: Date | null } {
  if (channel.state !== 'ok') return { yes: false, why: channel.state, until: null };
  const { openUntil } = channel.breaker;
  if (openUntil && openUntil > now) return { yes: false, why: 'breaker', until: openUntil };
  if (channel.blockedUntil && channel.blockedUntil > now)
    return { yes: false, why: 'limit', until: channel.blockedUntil };
  const { spentMicros, limitMicros, month } = channel.budget;
  if (limitMicros !== null && month === now.toISOString().slice(0, 7) && spentMicros >= limitMicros) {
    return { yes: false, why: 'budget', until: null };
  }
  return { yes: true };
}

/**
 * One poll run: pages in the platform's order, each stored before the next is asked for; a cursor moves only when the
 * connector says that all before it is stored. Never throws for what the platform does: the error is in the result,
 * beside what was stored until then.
 */
export async function pollChannel(
  deps: PollDeps,
  connector: Pick<PollingConnector, 'poll'>,
  channel: Channel,
  options: { readonly depth: 'normal' | 'deep'; readonly signal: AbortSignal },
): Promise<PollResult> {
  const startedAt = deps.clock.now();
  const sum = { pages: 0, found: 0, added: 0, changed: 0, rejected: 0, calls: 0, micros: 0 };
  const gaps: string[] = [];
  let blockedUntil: Date | null = null;
  let quotaUsed: number | null = null;
  try {
    for await (const page of connector.poll(channel.cursors, { ...options, startFrom: channel.startFrom })) {
      const taken = await deps.ingestPage(channel, page);
      if (page.advance) await deps.saveCursors(page.advance);
      if (page.ownSeenUntil) await deps.noteOwnSeen(page.ownSeenUntil);
      await deps.addCost(page.cost.micros);
      sum.pages += 1;
      sum.found += taken.found;
      sum.added += taken.added;
      sum.changed += taken.changed;
      sum.rejected += taken.rejected;
      sum.calls += page.cost.calls;
      sum.micros += page.cost.micros;
      if (page.gap) gaps.push(page.gap);
      blockedUntil = page.blockedUntil ?? blockedUntil;
      if (page.quotaUsed !== undefined) quotaUsed = Math.max(quotaUsed ?? 0, page.quotaUsed);
    }
    return { startedAt, complete: true, ...sum, gaps, blockedUntil, quotaUsed, error: null };
  } catch (error) {
    return { startedAt, complete: false, ...sum, gaps, blockedUntil, quotaUsed, error: asError(error) };
  }
}

/** What a failed run asks for. */
export type Reaction =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'stop'; readonly error: ChannelBrokenError }
  | { readonly do: 'back-off' };

export function reactionTo(error: Error): Reaction {
  if (error instanceof ChannelBrokenError) return { do: 'stop', error };
  if (error instanceof RateLimitedError) return { do: 'wait', ms: error.retryAfterMs };
  return { do: 'back-off' };
}
