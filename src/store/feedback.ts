import type { ClientSession, Collection, Db, IndexDescription } from 'mongodb';
import { ulid } from 'ulid';
import type { Kind } from '../domain/classification.ts';
import type { MentionId, UserId } from '../domain/ids.ts';
import { mentions } from './mentions.ts';

/** What somebody did that says how a message should have been judged. */
const feedbackActs = ['koreksi', 'disposisi', 'bukan_wewenang'] as const;
export type FeedbackAct = (typeof feedbackActs)[number];

/** What a message is held to be; null where the act says nothing about it. */
interface Judgement {
  readonly kind: Kind | null;
  /** An id of data/subjects.json. */
  readonly subject: string | null;
  /** A code of data/agencies.json. */
  readonly agency: string | null;
}

interface NewFeedback {
  readonly at: Date;
  readonly by: UserId;
  readonly act: FeedbackAct;
  readonly mentionId: MentionId;
  readonly before: Judgement;
  readonly after: Judgement;
}

/** A labelled example without its text: that stays on the message, and goes when the message goes. */
export interface Feedback extends NewFeedback {
  readonly _id: string;
  /** The model that had judged the message; null when none had. */
  readonly modelVersion: string | null;
}

export const feedbackIndexes = [
  // The last word on a message.
  { key: { mentionId: 1, at: -1 }, name: 'message_newest' },
  // What came since the last training.
  { key: { at: 1, _id: 1 }, name: 'oldest' },
] satisfies IndexDescription[];

export function feedback(db: Db): Collection<Feedback> {
  return db.collection<Feedback>('feedback');
}

/**
 * Keeps what a person decided as a labelled example. Call it in the transaction of the act, so that an act that did not
 * happen teaches nothing and none is counted twice.
 */
export async function recordFeedback(db: Db, learned: NewFeedback, session: ClientSession): Promise<void> {
  const message = await mentions(db).findOne(
    { _id: learned.mentionId },
    { session, projection: { 'classification.modelVersion': 1 } },
  );
  const document: Feedback = {
    ...learned,
    _id: ulid(learned.at.getTime()),
    before: judgementOf(learned.before),
    after: judgementOf(learned.after),
    modelVersion: message?.classification?.modelVersion ?? null,
  };
  await feedback(db).insertOne(document, { session });
}

/** Takes the label out of a case or a classification, and nothing else. */
function judgementOf({ kind, subject, agency }: Judgement): Judgement {
  return { kind, subject, agency };
}

/** An act that is taken back teaches nothing: what this person said of the message since then goes. */
export async function forgetFeedback(
  db: Db,
  { by, mentionId, since }: Pick<Feedback, 'by' | 'mentionId'> & { readonly since: Date },
  session: ClientSession,
): Promise<void> {
  await feedback(db).deleteMany({ by, mentionId, at: { $gte: since } }, { session });
}

/** The last word of a person on a message, with the message's text. */
export interface Taught extends Pick<Feedback, 'act' | 'before' | 'after' | 'at'> {
  readonly mentionId: MentionId;
  readonly text: string;
}

/** Of these messages, or of all. A message that is gone teaches no more. */
export async function lastWords(db: Db, ids: readonly MentionId[] | null): Promise<Taught[]> {
  return feedback(db)
    .aggregate<Taught>([
      ...(ids === null ? [] : [{ $match: { mentionId: { $in: [...ids] } } }]),
      { $sort: { mentionId: 1, at: 1, _id: 1 } },
      { $group: { _id: '$mentionId', last: { $last: '$$ROOT' } } },
      { $lookup: { from: 'mentions', localField: '_id', foreignField: '_id', as: 'message' } },
      { $unwind: '$message' },
      {
        $project: {
          _id: 0,
          mentionId: '$_id',
          text: '$message.text',
          act: '$last.act',
          before: '$last.before',
          after: '$last.after',
          at: '$last.at',
        },
      },
      { $sort: { mentionId: 1 } },
    ])
    .toArray();
}

/** What was said since then: which entry, on which message. */
export function feedbackSince(db: Db, since: Date): Promise<Pick<Feedback, '_id' | 'mentionId' | 'at'>[]> {
  return feedback(db)
    .find({ at: { $gte: since } })
    .project<Pick<Feedback, '_id' | 'mentionId' | 'at'>>({ mentionId: 1, at: 1 })
    .toArray();
}
