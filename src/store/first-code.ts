import type { Collection, Db } from 'mongodb';

/** The one-time code for the first superadmin, as its sha256. */
interface FirstCode {
  readonly _id: 'first-code';
  readonly hash: string;
  readonly until: Date;
  readonly taken: boolean;
}

function meta(db: Db): Collection<FirstCode> {
  return db.collection<FirstCode>('meta');
}

export async function keepFirstCode(db: Db, hash: string, until: Date): Promise<void> {
  await meta(db).updateOne({ _id: 'first-code' }, { $set: { hash, until, taken: false } }, { upsert: true });
}

/** Of many at once one gets it. @returns false when it is wrong, over or taken */
export async function takeFirstCode(db: Db, hash: string, now: Date): Promise<boolean> {
  const taken = await meta(db).updateOne(
    { _id: 'first-code', hash, taken: false, until: { $gt: now } },
    { $set: { taken: true } },
  );
  return taken.modifiedCount === 1;
}

export async function freeFirstCode(db: Db, hash: string): Promise<void> {
  await meta(db).updateOne({ _id: 'first-code', hash }, { $set: { taken: false } });
}
