import type { ClientSession, Db } from 'mongodb';
import { type ReplyId, systemUser } from '../domain/ids.ts';
import type { Attempt, Reply } from '../domain/reply.ts';
import type { ReplyMove } from '../domain/reply-move.ts';
import { cases, markAnswered } from './cases.ts';
import type { InTransaction } from './database.ts';
import { moveReply, type Replies, replies } from './replies.ts';

/**
 * Released → sending, for one worker only.
 * @returns null when it is not ours to send: claimed by another, taken back, changed or not due
 */
export function claimForSending(
  replies: Replies,
  id: ReplyId,
  version: number,
  attempt: Attempt,
  now: Date,
): Promise<Reply | null> {
  return replies.findOneAndUpdate(
    { _id: id, state: 'released', version, notBefore: { $lte: now } },
    {
      $set: { state: 'sending', attempt, updatedAt: now },
      $inc: { version: 1 },
      $push: { history: { at: now, by: systemUser, from: 'released', to: 'sending', note: null } },
    },
    { returnDocument: 'after' },
  );
}

/**
 * A step with what belongs to it, all or nothing: the case that is answered by it, and whatever `within` writes (the
 * audit entry of a person's act).
 * @returns null when the reply changed meanwhile or a rule forbids it; then nothing was written
 */
export async function applyReplyMove(
  inTransaction: InTransaction,
  db: Db,
  move: ReplyMove,
  within?: (session: ClientSession) => Promise<void>,
): Promise<Reply | null> {
  const { answers } = move;
  if (!answers && !within) return moveReply(replies(db), move);
  return inTransaction(async (session) => {
    const moved = await moveReply(replies(db), move, session);
    if (!moved) return null;
    if (answers) {
      const answer = { by: answers.by, at: move.at, user: move.by, note: move.seen._id };
      await markAnswered(cases(db), answers.caseId, answer, session);
    }
    await within?.(session);
    return moved;
  });
}

/** Released and due: what a worker should be working on, jobs or no jobs. Oldest first. */
export function dueReleased(replies: Replies, now: Date, limit: number): Promise<Reply[]> {
  return replies
    .find({ state: 'released', notBefore: { $lte: now } })
    .sort({ notBefore: 1 })
    .limit(limit)
    .toArray();
}

/** Unclear whether they were published, and due for a look at the platform. */
export function dueLooks(replies: Replies, now: Date, limit: number): Promise<Reply[]> {
  return replies
    .find({ state: 'unknown', lookAt: { $lte: now } })
    .sort({ lookAt: 1 })
    .limit(limit)
    .toArray();
}

/** In flight past their deadline: their worker died or hangs. */
export function overdueSending(replies: Replies, now: Date, limit: number): Promise<Reply[]> {
  return replies
    .find({ state: 'sending', 'attempt.deadline': { $lt: now } })
    .sort({ 'attempt.deadline': 1 })
    .limit(limit)
    .toArray();
}

/**
 * A database that was brought back does not know what left the house since: whatever was on its way is looked for on the
 * platform before a person decides, and no worker sends it.
 */
export async function holdAfterRestore(replies: Replies, now: Date): Promise<void> {
  const reason = 'dipulihkan dari cadangan, mungkin sudah terkirim';
  for (const from of ['released', 'sending'] as const) {
    await replies.updateMany(
      { state: from },
      {
        $set: { state: 'unknown', lookAt: now, looks: 0, reason, updatedAt: now },
        $inc: { version: 1 },
        $push: { history: { at: now, by: systemUser, from, to: 'unknown', note: reason } },
      },
    );
  }
}
