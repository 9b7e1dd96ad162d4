import type { Collection, Db, IndexDescription } from 'mongodb';
import type { UserId } from '../domain/ids.ts';

/** A leader's report as it was shown: never written again, so that it can be shown again with the same figures. */
export interface StoredReport<Figures> {
  /** `L-20261124-1400-7f3a`: day and time in WIB, so that it can be said on the telephone. */
  readonly _id: string;
  readonly at: Date;
  readonly by: UserId;
  readonly figures: Figures;
  /** The message as it was; names of agencies may change later. */
  readonly text: string;
}

export const reportIndexes = [{ key: { at: -1 }, name: 'newest' }] satisfies IndexDescription[];

function reports<Figures>(db: Db): Collection<StoredReport<Figures>> {
  return db.collection<StoredReport<Figures>>('reports');
}

export async function keepReport<Figures>(db: Db, report: StoredReport<Figures>): Promise<void> {
  await reports<Figures>(db).insertOne(report as never);
}

export function findReport<Figures>(db: Db, id: string): Promise<StoredReport<Figures> | null> {
  return reports<Figures>(db).findOne({ _id: id } as never) as Promise<StoredReport<Figures> | null>;
}

/** The newest first, without their figures. */
export function listReports(
  db: Db,
  limit: number,
): Promise<Pick<StoredReport<unknown>, '_id' | 'at' | 'by'>[]> {
  return reports(db)
    .find({})
    .sort({ at: -1 })
    .limit(limit)
    .project<Pick<StoredReport<unknown>, '_id' | 'at' | 'by'>>({ at: 1, by: 1 })
    .toArray();
}
