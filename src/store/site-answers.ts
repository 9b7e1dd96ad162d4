import type { ClientSession, Collection, Db, IndexDescription } from 'mongodb';
import type { MentionId } from '../domain/ids.ts';

/** An answer as it stands on our own tracking page: there from the moment it is in this collection. */
export interface SiteAnswer {
  readonly _id: string;
  /** The citizen's report that it answers. */
  readonly mentionId: MentionId;
  readonly text: string;
  readonly at: Date;
}

export const siteAnswerIndexes = [
  // The tracking page, and the look before and after a send.
  { key: { mentionId: 1, at: 1 }, name: 'report_oldest' },
] satisfies IndexDescription[];

function siteAnswers(db: Db): Collection<SiteAnswer> {
  return db.collection<SiteAnswer>('site_answers');
}

export async function postSiteAnswer(db: Db, answer: SiteAnswer, session: ClientSession): Promise<void> {
  await siteAnswers(db).insertOne({ ...answer }, { session });
}

export function findSiteAnswer(db: Db, id: string): Promise<SiteAnswer | null> {
  return siteAnswers(db).findOne({ _id: id });
}

/** Oldest first. */
export function listSiteAnswers(
  db: Db,
  mentionIds: readonly MentionId[],
  since?: Date,
): Promise<SiteAnswer[]> {
  return siteAnswers(db)
    .find({ mentionId: { $in: [...mentionIds] }, ...(since && { at: { $gte: since } }) })
    .sort({ at: 1 })
    .toArray();
}
