import type { ClientSession, Collection, Db } from 'mongodb';
import type { UserId } from '../domain/ids.ts';

/** One of data/*.json as the office edits it: the whole list is one document, so that it changes as one. */
interface ReferenceList {
  readonly _id: string;
  /** JSON text: names in it may be anything. */
  readonly json: string;
  /** Absent while nobody edited it in the app. */
  readonly changedBy?: UserId;
  readonly changedAt?: Date;
}

/**
 * Counts the edits of all lists. Each edit writes it, so that two edits at once conflict even where they are of two lists
 * that must fit together; each process asks for it before it works.
 */
interface Revision {
  readonly _id: 'revision';
  readonly revision: number;
}

function reference(db: Db): Collection<ReferenceList> {
  return db.collection<ReferenceList>('reference');
}

function revisions(db: Db): Collection<Revision> {
  return db.collection<Revision>('reference');
}

/** Keeps what is in the database; what is not there yet comes from the seed (JSON texts by name). */
export async function seedReference(db: Db, seeds: ReadonlyMap<string, string>): Promise<void> {
  await reference(db).bulkWrite(
    [...seeds].map(([name, json]) => ({
      updateOne: { filter: { _id: name }, update: { $setOnInsert: { json } }, upsert: true },
    })),
  );
  await revisions(db).updateOne({ _id: 'revision' }, { $setOnInsert: { revision: 0 } }, { upsert: true });
}

/** Puts the seed in place of lists that nobody edited. */
export async function followSeed(db: Db, seeds: ReadonlyMap<string, string>): Promise<void> {
  await reference(db).bulkWrite(
    [...seeds].map(([name, json]) => ({
      updateOne: { filter: { _id: name, changedBy: { $exists: false } }, update: { $set: { json } } },
    })),
  );
}

export interface StoredLists {
  readonly revision: number;
  readonly json: ReadonlyMap<string, string>;
  /** Lists that somebody edited in the app. */
  readonly edited: ReadonlySet<string>;
}

/** Every list with the revision that it has at least. */
export async function readLists(db: Db, session?: ClientSession): Promise<StoredLists> {
  // The revision first: an edit between the two reads is then read again, never missed.
  const revision = await readRevision(db, session);
  const lists = await reference(db)
    .find({ json: { $exists: true } }, session ? { session } : {})
    .toArray();
  return {
    revision,
    json: new Map(lists.map((list) => [list._id, list.json])),
    edited: new Set(lists.filter((list) => list.changedBy !== undefined).map((list) => list._id)),
  };
}

/** Every list's JSON text by name. */
export async function readListTexts(
  db: Db,
  session: ClientSession,
): Promise<Readonly<Record<string, string>>> {
  const { json } = await readLists(db, session);
  return Object.fromEntries(json);
}

export async function readRevision(db: Db, session?: ClientSession): Promise<number> {
  const found = await revisions(db).findOne({ _id: 'revision' }, session ? { session } : {});
  return found?.revision ?? 0;
}

/** Replaces the list and counts the edit. Within the transaction that read it: an edit in between makes it run again. */
export async function writeList(
  db: Db,
  list: { readonly name: string; readonly json: string; readonly by: UserId; readonly at: Date },
  session: ClientSession,
): Promise<void> {
  const { name, json, by, at } = list;
  await revisions(db).updateOne({ _id: 'revision' }, { $inc: { revision: 1 } }, { session });
  await reference(db).updateOne(
    { _id: name },
    { $set: { json, changedBy: by, changedAt: at } },
    { upsert: true, session },
  );
}
