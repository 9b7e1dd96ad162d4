import { MINUTE, SECOND } from '../core/clock.ts';
import { systemUser } from '../domain/ids.ts';
import type { Outcome, Reply } from '../domain/reply.ts';
import type { ReplyMove } from '../domain/reply-move.ts';
import type { PublishDeps } from './publish-deps.ts';

/** First look at the platform after an unclear send. The times are choices, platforms promise none. */
export const firstLookMs = 60 * SECOND;
/** Second and last look, counted from the start of the attempt. */
export const secondLookMs = 5 * MINUTE;
/**
 * Waits after the first "not now" and each further one, unless the platform names a later time; after the last of them a
 * person decides. Together nearly two hours: an outage of an hour costs no reply.
 */
const waitsMs = [1 * SECOND, 4 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE] as const;
const mostDelayMs = 24 * 60 * MINUTE;

/** The case that is answered with the reply, when it is one that answers. */
function answersOf(deps: Pick<PublishDeps, 'answersCase'>, reply: Reply): Pick<ReplyMove, 'answers'> {
  return deps.answersCase(reply) ? { answers: { caseId: reply.caseId, by: 'tanggap' } } : {};
}

/** Nothing was sent: later again, at most five times and each time later, then a person decides. */
export function postponeMove(reply: Reply, reason: string, retryAfterMs: number, at: Date): ReplyMove {
  const step = { seen: reply, by: systemUser, at, note: reason };
  const wait = waitsMs[reply.postponed];
  if (wait === undefined) return { ...step, to: 'needs_person', set: { reason, notBefore: null } };
  const postponed = reply.postponed + 1;
  const delay = Math.min(Math.max(retryAfterMs, wait), mostDelayMs);
  const notBefore = new Date(at.getTime() + delay);
  return { ...step, to: 'released', set: { postponed, notBefore, reason } };
}

/** It may have been published: nobody sends it again before a look at the platform, and then only a person. */
export function unknownMove(reply: Reply, reason: string, at: Date): ReplyMove {
  return {
    seen: reply,
    to: 'unknown',
    by: systemUser,
    at,
    note: reason,
    set: { lookAt: new Date(at.getTime() + firstLookMs), looks: 0, reason },
  };
}

/** What follows from the end of a send call. */
export function settleMove(deps: PublishDeps, reply: Reply, outcome: Outcome): ReplyMove {
  const at = deps.clock.now();
  const step = { seen: reply, by: systemUser, at };
  switch (outcome.kind) {
    case 'accepted': {
      const sent = { nativeId: outcome.nativeId, url: outcome.url, at, by: 'answer' as const };
      return {
        ...step,
        to: 'sent',
        note: null,
        set: { sent, lookAt: null, reason: null },
        ...answersOf(deps, reply),
      };
    }
    case 'not-now':
      // Waits for a person to see to the channel; that is no try of the reply's.
      if (outcome.broken) {
        const notBefore = new Date(at.getTime() + outcome.retryAfterMs);
        return { ...step, to: 'released', note: outcome.reason, set: { notBefore, reason: outcome.reason } };
      }
      return postponeMove(reply, outcome.reason, outcome.retryAfterMs, at);
    case 'never':
      return { ...step, to: 'failed', note: outcome.reason, set: { reason: outcome.platformWords } };
    case 'unknown':
      return unknownMove(reply, outcome.reason, at);
    default:
      return outcome satisfies never;
  }
}

/** Found on the platform: it was sent, whatever the send call said. */
export function foundMove(
  deps: Pick<PublishDeps, 'clock' | 'answersCase'>,
  reply: Reply,
  found: { readonly nativeId: string; readonly url: string | null; readonly postedAt: Date },
): ReplyMove {
  return {
    seen: reply,
    to: 'sent',
    by: systemUser,
    at: deps.clock.now(),
    note: 'ditemukan di platform',
    set: {
      sent: { nativeId: found.nativeId, url: found.url, at: found.postedAt, by: 'look' },
      lookAt: null,
      reason: null,
    },
    ...answersOf(deps, reply),
  };
}
