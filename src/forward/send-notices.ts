import { type Clock, MINUTE, SECOND } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Notice, NoticeWay } from '../domain/forward.ts';
import type { Outcome } from '../domain/reply.ts';
import type { NoticeText } from './words.ts';

const sendTakesMs = 20 * SECOND;
const settleTakesMs = 10 * SECOND;
const mostTries = 8;
const longestWaitMs = 60 * MINUTE;

export interface SendNoticesDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: string;
  readonly claim: (attempt: NonNullable<Notice['attempt']>, now: Date) => Promise<Notice | null>;
  readonly settle: (
    seen: Notice,
    end: Pick<Notice, 'state' | 'dueAt' | 'words' | 'sentAt'>,
  ) => Promise<boolean>;
  readonly endOverdue: (now: Date) => Promise<number>;
  /** Null where what it is about is gone. */
  readonly textOf: (notice: Notice) => Promise<NoticeText | null>;
  /** Each way that is set up: one send, no retry. */
  readonly ways: Partial<
    Record<
      NoticeWay,
      (to: string, text: NoticeText, reference: string, signal: AbortSignal) => Promise<Outcome>
    >
  >;
}

/**
 * Sends what is due, each notice at most once by machine: claimed in the database, one send, its end written down. What
 * is unclear stays `unknown` for a person.
 * @returns how many left
 */
export async function sendNotices(
  deps: SendNoticesDeps,
  atMost: number,
  signal: AbortSignal,
): Promise<number> {
  const cut = await deps.endOverdue(deps.clock.now());
  if (cut > 0) deps.log.warn('notices were in flight past their deadline', { cut });
  let sent = 0;
  for (let count = 0; count < atMost && !signal.aborted; count += 1) {
    const now = deps.clock.now();
    const deadline = new Date(now.getTime() + sendTakesMs + settleTakesMs);
    const notice = await deps.claim({ owner: deps.owner, deadline }, now);
    if (!notice) break;
    if (await sendOne(deps, notice)) sent += 1;
  }
  return sent;
}

async function sendOne(deps: SendNoticesDeps, notice: Notice): Promise<boolean> {
  const outcome = await outcomeOf(deps, notice);
  const now = deps.clock.now();
  const base = { dueAt: null, sentAt: null };
  if (outcome.kind === 'accepted') {
    await deps.settle(notice, { ...base, state: 'sent', words: null, sentAt: now });
    return true;
  }
  if (outcome.kind === 'not-now' && notice.tries < mostTries) {
    const dueAt = new Date(now.getTime() + waitMs(notice, outcome.retryAfterMs));
    await deps.settle(notice, { ...base, state: 'waiting', words: outcome.reason, dueAt });
    return false;
  }
  const words = outcome.kind === 'never' ? outcome.platformWords : outcome.reason;
  const state = outcome.kind === 'unknown' ? 'unknown' : 'failed';
  await deps.settle(notice, { ...base, state, words });
  deps.log.error('notice did not leave', { noticeId: notice._id, state });
  return false;
}

async function outcomeOf(deps: SendNoticesDeps, notice: Notice): Promise<Outcome> {
  const { way, address } = notice.recipient;
  const send = deps.ways[way];
  if (!send) return { kind: 'never', reason: 'not set up', platformWords: `jalur ${way} belum diatur` };
  const text = await deps.textOf(notice);
  if (!text) return { kind: 'never', reason: 'gone', platformWords: 'aduan atau tautannya sudah tidak ada' };
  return send(text.to ?? address, text, notice._id, AbortSignal.timeout(sendTakesMs));
}

/** Longer each time: a mail server that is away for a day costs eight calls. */
function waitMs({ tries }: Notice, asked: number): number {
  return Math.min(Math.max(asked, 30 * SECOND * 2 ** (tries - 1)), longestWaitMs);
}
