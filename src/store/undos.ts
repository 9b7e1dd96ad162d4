import type { ClientSession, Collection, Db, IndexDescription } from 'mongodb';
import type { Case, Snooze } from '../domain/case.ts';
import type { Classification } from '../domain/classification.ts';
import type { CaseNumber, MentionId, UserId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { cases } from './cases.ts';
import { forgetFeedback } from './feedback.ts';
import { mentions } from './mentions.ts';

/** The parts of a case that acts of the desk change. */
const undoable = [
  ...(['state', 'agency', 'companion', 'subject', 'kind', 'place', 'dueAt', 'pausedAt'] as const),
  ...(['answeredAt', 'answeredBy', 'closedAt', 'lateFrom', 'confidence', 'snooze', 'lead'] as const),
  'followers' as const,
];

/** How one document was, and how it must still stand so that it may be put back. */
type Step = {
  /** What the act taught the classifier about this message from then on goes with it. */
  readonly mentionId: MentionId;
  readonly since: Date;
} & (
  | {
      readonly what: 'case';
      readonly id: CaseNumber;
      readonly version: number;
      readonly before: Partial<Case>;
    }
  | {
      readonly what: 'message';
      readonly id: MentionId;
      readonly revision: number;
      readonly before: Pick<Mention, 'classification'> & { readonly snooze: Snooze | null };
    }
  /** A case that the act opened goes away again: nobody has seen its number. */
  | { readonly what: 'opened'; readonly id: CaseNumber; readonly before: Classification | null }
);

/** What belongs together is put back together or not at all. */
export type UndoGroup = readonly Step[];

interface UndoDocument {
  /** Random; who has it and made it may undo. */
  readonly _id: string;
  readonly by: UserId;
  readonly until: Date;
  readonly groups: readonly UndoGroup[];
}

export const undoIndexes = [
  { key: { until: 1 }, name: 'end', expireAfterSeconds: 0 },
] satisfies IndexDescription[];

function undos(db: Db): Collection<UndoDocument> {
  return db.collection<UndoDocument>('undos');
}

/** How the case was, for its way back from `after`. */
export function caseStep(seen: Case, after: Pick<Case, 'version'>, since: Date): Step {
  const before = Object.fromEntries(undoable.map((field) => [field, seen[field] ?? null])) as Partial<Case>;
  const { _id: id, rootMentionId: mentionId } = seen;
  return { what: 'case', id, mentionId, since, version: after.version, before };
}

export function messageStep(seen: Mention, since: Date): Step {
  const { _id: id, revision, classification, snooze = null } = seen;
  return { what: 'message', id, mentionId: id, since, revision, before: { classification, snooze } };
}

export async function keepUndo(db: Db, undo: UndoDocument): Promise<void> {
  await undos(db).insertOne(undo);
}

/** Takes the token, once. @returns null when it is unknown, over, used, or somebody else's */
export function takeUndo(db: Db, token: string, by: UserId, now: Date): Promise<UndoDocument | null> {
  return undos(db).findOneAndDelete({ _id: token, by, until: { $gt: now } });
}

/** Versions of cases that this undo has put back already: an earlier act on the same case stands on its own version. */
export type PutBack = ReadonlyMap<string, { readonly stands: number; readonly version: number }>;

/** Each act raises the version by one, and so does each undo. */
function versionNow(step: { readonly id: string; readonly version: number }, done: PutBack): number {
  const before = done.get(step.id);
  return before?.stands === step.version ? before.version : step.version;
}

async function putBack(
  db: Db,
  step: Step,
  { now, by, done }: { readonly now: Date; readonly by: UserId; readonly done: PutBack },
  session: ClientSession,
): Promise<boolean> {
  switch (step.what) {
    case 'case': {
      const event = { at: now, by, what: 'urungkan', from: null, to: step.before.state ?? null, note: null };
      const put = await cases(db).updateOne(
        { _id: step.id, version: versionNow(step, done) },
        { $set: step.before, $push: { history: event }, $inc: { version: 1 } },
        { session },
      );
      return put.modifiedCount === 1;
    }
    case 'message': {
      const { id, revision, before } = step;
      const put = await mentions(db).updateOne(
        { _id: id, revision, caseId: null },
        { $set: before },
        { session },
      );
      return put.matchedCount === 1;
    }
    case 'opened': {
      const gone = await cases(db).deleteOne({ _id: step.id, version: 1 }, { session });
      if (gone.deletedCount !== 1) return false;
      const set = { caseId: null, classification: step.before };
      await mentions(db).updateOne({ _id: step.mentionId, caseId: step.id }, { $set: set }, { session });
      return true;
    }
    default:
      return step satisfies never;
  }
}

/**
 * Puts a group back within the transaction.
 * @param at `done`: what was put back before in the same undo
 * @returns the versions now, or null when somebody went on meanwhile: then abort the transaction
 */
export async function undoGroup(
  db: Db,
  group: UndoGroup,
  at: { readonly now: Date; readonly by: UserId; readonly done: PutBack },
  session: ClientSession,
): Promise<PutBack | null> {
  const after = new Map(at.done);
  for (const step of group) {
    if (!(await putBack(db, step, at, session))) return null;
    await forgetFeedback(db, { by: at.by, mentionId: step.mentionId, since: step.since }, session);
    if (step.what === 'case')
      after.set(step.id, { stands: step.version - 1, version: versionNow(step, at.done) + 1 });
  }
  return after;
}
