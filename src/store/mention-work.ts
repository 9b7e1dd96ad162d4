/** The classifier's work on messages: what waits, what is overdue, what was decided and by whom. */
import type { ClientSession, Db } from 'mongodb';
import type { Classification } from '../domain/classification.ts';
import type { CaseNumber, MentionId } from '../domain/ids.ts';
import { classifyWithinMs, type Mention } from '../domain/mention.ts';
import { type Mentions, mentions } from './mentions.ts';

/** After so many tries a mention goes to quarantine instead of round the loop again. */
const maxTries = 5;

/** Those of the ids that still wait for a classification. */
export function waitingForClassification(mentions: Mentions, ids: readonly MentionId[]): Promise<Mention[]> {
  return mentions
    .find({ _id: { $in: [...ids] }, 'work.stage': 'classify' })
    .sort({ postedAt: 1, _id: 1 })
    .toArray();
}

export interface Classified {
  readonly _id: MentionId;
  /** The revision that was classified; a newer one keeps its open work. */
  readonly revision: number;
  readonly classification: Classification;
  readonly caseId: CaseNumber | null;
}

/** Ends the work on these mentions. One that was edited meanwhile stays open; what a person decided meanwhile stays. */
export async function settleClassifications(mentions: Mentions, batch: readonly Classified[]): Promise<void> {
  if (batch.length === 0) return;
  await mentions.bulkWrite(
    batch.map(({ _id, revision, classification, caseId }) => ({
      updateOne: {
        filter: { _id, revision, 'work.stage': 'classify' as const },
        update: {
          $set: { classification, caseId, 'work.stage': 'done' as const, 'work.dueAt': null },
          $unset: { 'work.opens': '' as const },
        },
      },
    })),
    { ordered: false },
  );
}

/**
 * Takes mentions whose work is overdue and moves their due time on, so that a second sweeper takes others.
 * @returns ids to queue again, and ids that were tried too often and are now quarantined
 */
export async function takeOverdue(
  mentions: Mentions,
  now: Date,
  limit: number,
): Promise<{ again: readonly MentionId[]; givenUp: readonly MentionId[] }> {
  const overdue = await mentions
    .find({ 'work.stage': 'classify', 'work.dueAt': { $lt: now } })
    .sort({ 'work.dueAt': 1 })
    .limit(limit)
    .project<Pick<Mention, '_id' | 'work'>>({ work: 1 })
    .toArray();
  const again = overdue.filter((mention) => mention.work.tries < maxTries).map((mention) => mention._id);
  const givenUp = overdue.filter((mention) => mention.work.tries >= maxTries).map((mention) => mention._id);
  if (again.length > 0) {
    await mentions.updateMany(
      { _id: { $in: again }, 'work.stage': 'classify' },
      { $set: { 'work.dueAt': new Date(now.getTime() + classifyWithinMs) }, $inc: { 'work.tries': 1 } },
    );
  }
  if (givenUp.length > 0) {
    await mentions.updateMany(
      { _id: { $in: givenUp }, 'work.stage': 'classify' },
      { $set: { 'work.stage': 'quarantined', 'work.dueAt': null } },
    );
  }
  return { again, givenUp };
}

/**
 * A message that was judged before is about to be part of a case. In the transaction that opens it, where it opens one:
 * a person who decides about the message at the same time comes first or is told that it changed.
 * @returns false when a person decided about it meanwhile: then it is not for the machine
 */
export async function claimForCase(
  db: Db,
  id: MentionId,
  caseId: CaseNumber,
  session?: ClientSession,
): Promise<boolean> {
  const { matchedCount } = await mentions(db).updateOne(
    { _id: id, 'work.stage': 'classify' },
    { $set: { 'work.opens': caseId } },
    session ? { session } : {},
  );
  return matchedCount === 1;
}

/**
 * Messages that nobody decided about wait for the classifier again, those that this model has judged already left out.
 * Safe to run again.
 * @param model null: rules and Naive Bayes alone
 */
export async function askUndecidedAgain(db: Db, model: string | null, now: Date): Promise<number> {
  const judgedByOther = model === null ? /\+m-/ : { $not: new RegExp(`\\+${model}$`) };
  const { modifiedCount } = await mentions(db).updateMany(
    {
      caseId: null,
      'classification.decided': false,
      'classification.modelVersion': judgedByOther,
      archived: false,
      deletedAt: null,
      'work.stage': 'done',
    },
    { $set: { work: { stage: 'classify', dueAt: now, tries: 0 } } },
  );
  return modifiedCount;
}

/** How many mentions still wait for a classification. */
export function countWaiting(mentions: Mentions): Promise<number> {
  return mentions.countDocuments({ 'work.stage': 'classify' });
}

/** Some mentions that wait for their classification, oldest first. */
export async function waitingIds(mentions: Mentions, limit: number): Promise<MentionId[]> {
  const waiting = await mentions
    .find({ 'work.stage': 'classify' })
    .sort({ 'work.dueAt': 1, _id: 1 })
    .limit(limit)
    .project<Pick<Mention, '_id'>>({ _id: 1 })
    .toArray();
  return waiting.map((mention) => mention._id);
}

/**
 * What a person says of a message without a case takes the classifier's place.
 * @returns false when the message changed since, or somebody gave it a case
 */
export async function correctClassification(
  db: Db,
  seen: Pick<Mention, '_id' | 'revision'>,
  right: Classification,
  caseId: CaseNumber | null,
  session: ClientSession,
): Promise<boolean> {
  const done = await mentions(db).updateOne(
    { _id: seen._id, revision: seen.revision, caseId: null, 'work.opens': { $exists: false } },
    { $set: { classification: right, caseId, work: { stage: 'done', dueAt: null, tries: 0 } } },
    { session },
  );
  return done.modifiedCount === 1;
}
