import { type CaseNumber, type ReplyId, systemUser } from '../domain/ids.ts';
import type { Reply, ReplyState, SendReport } from '../domain/reply.ts';
import type { PublishDeps } from './publish-deps.ts';
import { readReference } from './send-reference.ts';
import { foundMove } from './settle.ts';

export interface SendReportDeps
  extends Pick<PublishDeps, 'clock' | 'log' | 'findReply' | 'answersCase' | 'move' | 'channelBroke'> {
  readonly findSentAs: (nativeId: string) => Promise<Reply | null>;
  /** Notes how far it got; only ever forward. */
  readonly noteDelivery: (id: ReplyId, report: SendReport) => Promise<void>;
  /** The answer did not arrive after all: the case is open again. Safe to call again. */
  readonly reopenCase: (id: CaseNumber, note: string) => Promise<void>;
}

/** It may be out, and nobody knew until this report. */
const unclear: readonly ReplyState[] = ['released', 'sending', 'unknown', 'needs_person'];

/**
 * What the platform tells of a reply after the send call, in any order and any number of times. A report of a message
 * that stands on the platform settles an unclear reply without a look; a failure that comes after the platform had
 * taken the reply makes it `failed`, so that nothing is shown as sent that never arrived.
 * @returns false when the message is none of our replies
 */
export async function noteSendReport(deps: SendReportDeps, report: SendReport): Promise<boolean> {
  const reference = report.reference === null ? null : readReference(report.reference);
  for (;;) {
    const reply = reference
      ? await deps.findReply(reference.replyId)
      : await deps.findSentAs(report.nativeId);
    if (!reply) return false;
    if (!(await settleBy(deps, reply, report, reference?.attempt ?? null))) continue;
    await deps.noteDelivery(reply._id, report);
    return true;
  }
}

/** @returns false when the reply changed in between: read it again */
async function settleBy(
  deps: SendReportDeps,
  reply: Reply,
  report: SendReport,
  attempt: number | null,
): Promise<boolean> {
  if (report.state === 'failed') {
    return isAboutThisTry(reply, report, attempt) ? fail(deps, reply, report) : true;
  }
  if (!unclear.includes(reply.state)) return true;
  const found = { nativeId: report.nativeId, url: null, postedAt: report.at };
  return (await deps.move(foundMove(deps, reply, found))) !== null;
}

/** The failure of an earlier try says nothing of the one that a person asked for since. */
function isAboutThisTry(reply: Reply, report: SendReport, attempt: number | null): boolean {
  if (reply.sent) return reply.sent.nativeId === report.nativeId;
  return attempt !== null && attempt === reply.attempt?.number && reply.state !== 'released';
}

/** @returns false when the reply changed in between */
async function fail(deps: SendReportDeps, reply: Reply, report: SendReport): Promise<boolean> {
  if (reply.state === 'failed') return true;
  const reason = report.words ?? 'tidak sampai';
  const moved = await deps.move({
    seen: reply,
    to: 'failed',
    by: systemUser,
    at: deps.clock.now(),
    note: 'platform: pesan tidak sampai',
    set: { reason, lookAt: null },
  });
  if (!moved) return false;
  deps.log.warn('reply did not arrive', { replyId: reply._id });
  if (reply.state === 'sent' && deps.answersCase(reply)) await deps.reopenCase(reply.caseId, reply._id);
  return true;
}
