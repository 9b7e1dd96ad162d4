import type { Collection, Db, IndexDescription } from 'mongodb';

/** A labelled message out of the office's own files, for every training from now on. */
export interface StoredExample {
  /** Hash of its letters: the same text once, its last label holds. */
  readonly _id: string;
  /** Personal data masked. */
  readonly text: string;
  readonly label: string;
  /** The file it came from. */
  readonly source: string;
  readonly at: Date;
}

export const exampleIndexes = [{ key: { at: -1 }, name: 'newest' }] satisfies IndexDescription[];

function examples(db: Db): Collection<StoredExample> {
  return db.collection<StoredExample>('examples');
}

/** @returns how many are new */
export async function keepExamples(db: Db, batch: readonly StoredExample[]): Promise<number> {
  if (batch.length === 0) return 0;
  const { upsertedCount } = await examples(db).bulkWrite(
    batch.map(({ _id, ...rest }) => ({
      updateOne: { filter: { _id }, update: { $set: rest }, upsert: true },
    })),
    { ordered: false },
  );
  return upsertedCount;
}

/** The newest; more would not fit into a training. */
export function readExamples(db: Db, limit: number): Promise<StoredExample[]> {
  return examples(db).find().sort({ at: -1, _id: 1 }).limit(limit).toArray();
}

export function newestExampleAt(db: Db): Promise<Date | null> {
  return examples(db)
    .findOne({}, { sort: { at: -1 } })
    .then((one) => one?.at ?? null);
}
