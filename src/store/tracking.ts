import type { Db } from 'mongodb';
import { type Case, finishedStates } from '../domain/case.ts';
import type { CaseNumber, MentionId } from '../domain/ids.ts';
import { cases } from './cases.ts';

/**
 * The case for its citizen: number and code together, and not secret. One question to the unique index whatever is asked,
 * so that a wrong code, an unknown number and a secret case are the same miss.
 */
export function findTracked(db: Db, number: string, code: string): Promise<Case | null> {
  return cases(db).findOne({ trackingCode: code, _id: number as CaseNumber, secret: false });
}

/** The case that a report opened. */
export function findCaseOfReport(db: Db, id: MentionId): Promise<Case | null> {
  return cases(db).findOne({ rootMentionId: id });
}

/** The citizen's word on how it went. The last one stands. @returns false when the case was never answered */
export async function rateCase(
  db: Db,
  id: CaseNumber,
  rating: { readonly stars: number; readonly at: Date },
): Promise<boolean> {
  const result = await cases(db).updateOne(
    { _id: id, answeredAt: { $ne: null } },
    { $set: { 'feedback.rating': rating } },
  );
  return result.matchedCount === 1;
}

/** "Minta dibuka kembali": flags the case for a person. @returns false when it is still open */
export async function askToReopen(
  db: Db,
  id: CaseNumber,
  reopen: { readonly reason: string; readonly at: Date },
): Promise<boolean> {
  const result = await cases(db).updateOne(
    { _id: id, state: { $in: [...finishedStates] } },
    { $set: { 'feedback.reopen': reopen } },
  );
  return result.matchedCount === 1;
}
