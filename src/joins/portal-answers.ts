import { voidIfChanged } from '../approve/review.ts';
import type { NewCase } from '../cases/new-case.ts';
import { DAY } from '../core/clock.ts';
import { type CaseState, finishedStates } from '../domain/case.ts';
import type { MentionId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { noteOwnAnswer } from '../publish/own-answer.ts';
import type { Services } from '../services.ts';
import { auditRecorder } from '../store/audit.ts';
import { cases, casesOpenedBy } from '../store/cases.ts';
import { mentionsWithOpenReply, replies } from '../store/replies.ts';
import { writeFirstDrafts } from './drafts.ts';
import { publishDeps } from './publish.ts';
import { reviewDeps } from './review.ts';

interface ImportedCase {
  readonly case: NewCase;
  readonly mention: Mention;
}

/** Older ones are a matter of record: the longest clock of SP4N-LAPOR! is 60 working days. */
const draftsFor = 90 * DAY;

function isFinished(state: CaseState): boolean {
  return (finishedStates as readonly CaseState[]).includes(state);
}

/**
 * What a stored part of a portal's file means for answers: what was written or approved for a message that now has other
 * words is taken back; cases that wait for an answer get a first draft; where the portal
 * says that it was answered there, what still waits here is taken back and the case is answered outside of Tanggap. Safe to
 * run again on the same rows.
 */
export async function settlePortalAnswers(services: Services, batch: readonly ImportedCase[]): Promise<void> {
  const { db } = services.database;
  await takeBackReworded(services, batch);
  const answered = batch.filter((one) => one.case.answeredAt !== null);
  const withReply = await mentionsWithOpenReply(
    replies(db),
    answered.map(({ mention }) => mention._id),
  );
  for (const { case: one, mention } of answered) {
    if (!withReply.has(mention._id) || one.answeredAt === null) continue;
    await noteOwnAnswer(publishDeps(services), {
      nativeId: `${mention.nativeId}-jawaban`,
      // The file says that there is an answer, not what it says.
      text: '',
      url: null,
      postedAt: one.answeredAt,
      mentionId: mention._id,
      parentNativeId: mention.threadNativeId,
    });
  }

  const since = services.clock.now().getTime() - draftsFor;
  const waiting = new Map<MentionId, Mention>();
  for (const { case: one, mention } of batch)
    if (one.answeredAt === null && !isFinished(one.state) && one.openedAt.getTime() >= since)
      waiting.set(mention._id, mention);
  const opened = await casesOpenedBy(cases(db), [...waiting.keys()]);
  const toDraft = opened.flatMap((one) => {
    const mention = waiting.get(one.rootMentionId);
    return mention && !isFinished(one.state) ? [{ case: one, mention }] : [];
  });
  await writeFirstDrafts(services, toDraft);
}

async function takeBackReworded(services: Services, batch: readonly ImportedCase[]): Promise<void> {
  const { db } = services.database;
  const ids = batch.map(({ mention }) => mention._id);
  const deps = reviewDeps(services, auditRecorder(db, services.auditKey));
  for (const id of await mentionsWithOpenReply(replies(db), ids)) await voidIfChanged(deps, id);
}
