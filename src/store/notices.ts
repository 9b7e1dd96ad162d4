import type { ClientSession, Collection, Db, IndexDescription } from 'mongodb';
import type { Notice, Recipient } from '../domain/forward.ts';

export const noticeIndexes = [
  // The sender: due, and in flight past the deadline.
  { key: { state: 1, dueAt: 1 }, name: 'state_due' },
  { key: { caseId: 1, createdAt: -1 }, name: 'case_newest' },
  { key: { incidentId: 1 }, name: 'incident', sparse: true },
] satisfies IndexDescription[];

function notices(db: Db): Collection<Notice> {
  return db.collection<Notice>('notices');
}

type NewNotice = Pick<
  Notice,
  '_id' | 'kind' | 'caseId' | 'linkId' | 'recipient' | 'codeNumber' | 'answerId' | 'incidentId'
> &
  Partial<Pick<Notice, 'dueAt'>>;

/** Stores what is to be told. The same wish twice is one notice. */
export async function addNotices(
  db: Db,
  batch: readonly NewNotice[],
  now: Date,
  session?: ClientSession,
): Promise<void> {
  if (batch.length === 0) return;
  const first = {
    state: 'waiting',
    dueAt: now,
    tries: 0,
    attempt: null,
    words: null,
    createdAt: now,
    sentAt: null,
  } as const;
  await notices(db).bulkWrite(
    batch.map(({ _id, ...rest }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: { ...first, ...rest } }, upsert: true },
    })),
    session ? { session } : {},
  );
}

/** Waiting → sending, for one worker only; the oldest that is due. */
export function claimNotice(
  db: Db,
  attempt: NonNullable<Notice['attempt']>,
  now: Date,
): Promise<Notice | null> {
  return notices(db).findOneAndUpdate(
    { state: 'waiting', dueAt: { $lte: now } },
    { $set: { state: 'sending', attempt, dueAt: null }, $inc: { tries: 1 } },
    { sort: { dueAt: 1 }, returnDocument: 'after' },
  );
}

/** Writes the end of a try, when it is still this worker's. */
export async function settleNotice(
  db: Db,
  seen: Notice,
  end: Pick<Notice, 'state' | 'dueAt' | 'words' | 'sentAt'>,
): Promise<boolean> {
  const { modifiedCount } = await notices(db).updateOne(
    { _id: seen._id, state: 'sending', tries: seen.tries },
    { $set: end },
  );
  return modifiedCount === 1;
}

/** In flight past their deadline: their worker died. They may be out, so no machine sends them again. */
export async function endOverdueNotices(db: Db, now: Date): Promise<number> {
  const { modifiedCount } = await notices(db).updateMany(
    { state: 'sending', 'attempt.deadline': { $lt: now } },
    { $set: { state: 'unknown', words: 'pengiriman terputus' } },
  );
  return modifiedCount;
}

/** A trouble is over: who was not told of it yet need not be. @returns those who were, or may have been */
export async function endAlarm(db: Db, incidentId: string, session: ClientSession): Promise<Recipient[]> {
  await notices(db).deleteMany({ incidentId, kind: 'gangguan', state: 'waiting' }, { session });
  const told = { incidentId, kind: 'gangguan', state: { $ne: 'failed' } } as const;
  return (await notices(db).find(told, { session }).toArray()).map(({ recipient }) => recipient);
}

/** What the platform told of a notice after the send call. @returns false when there is no such notice */
export async function noteNoticeReport(
  db: Db,
  id: string,
  report: { readonly failed: boolean; readonly words: string | null; readonly at: Date },
): Promise<boolean> {
  const { matchedCount } = await notices(db).updateOne(
    { _id: id },
    {
      $set: report.failed
        ? { state: 'failed', words: report.words, dueAt: null }
        : { state: 'sent', sentAt: report.at, dueAt: null },
    },
  );
  return matchedCount === 1;
}
