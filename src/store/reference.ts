import type { Collection, Db } from 'mongodb';

/** One of data/*.json as the office edits it: the whole list is one document, so that it changes as one. */
interface ReferenceList {
  readonly _id: string;
  /** JSON text: names in it may be anything. */
  readonly json: string;
}

function reference(db: Db): Collection<ReferenceList> {
  return db.collection<ReferenceList>('reference');
}

/** Keeps what is in the database; what is not there yet comes from the seed. @returns every list by name */
export async function seededReference(
  db: Db,
  seeds: Readonly<Record<string, unknown>>,
): Promise<Map<string, unknown>> {
  await reference(db).bulkWrite(
    Object.entries(seeds).map(([name, value]) => ({
      updateOne: {
        filter: { _id: name },
        update: { $setOnInsert: { json: JSON.stringify(value) } },
        upsert: true,
      },
    })),
  );
  const lists = await reference(db).find().toArray();
  return new Map(lists.map((list) => [list._id, JSON.parse(list.json)]));
}
