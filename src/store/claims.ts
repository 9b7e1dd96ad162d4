import { type Collection, type Db, type IndexDescription, MongoServerError } from 'mongodb';
import type { UserId } from '../domain/ids.ts';

/** Somebody works on it and others wait; over by itself at `until`. */
export interface Claim {
  /** Case number, message id or reply id. */
  readonly _id: string;
  readonly by: UserId;
  readonly name: string;
  readonly until: Date;
}

export const claimIndexes = [
  { key: { until: 1 }, name: 'end', expireAfterSeconds: 0 },
] satisfies IndexDescription[];

function claims(db: Db): Collection<Claim> {
  return db.collection<Claim>('claims');
}

const duplicateKey = 11_000;

/**
 * Takes or prolongs the claim; of two at once one wins.
 * @returns the claim that holds now: the caller's own, or somebody else's
 */
export async function takeClaim(db: Db, wish: Claim, now: Date): Promise<Claim> {
  const { _id, ...rest } = wish;
  try {
    await claims(db).updateOne(
      { _id, $or: [{ by: wish.by }, { until: { $lte: now } }] },
      { $set: rest },
      { upsert: true },
    );
    return wish;
  } catch (error) {
    // The filter did not match, so the upsert met the holder's document.
    if (!(error instanceof MongoServerError) || error.code !== duplicateKey) throw error;
    return (await claims(db).findOne({ _id })) ?? takeClaim(db, wish, now);
  }
}

/** Who else works on it now; null when nobody does. */
export function claimOfAnother(db: Db, subject: string, by: UserId, now: Date): Promise<Claim | null> {
  return claims(db).findOne({ _id: subject, by: { $ne: by }, until: { $gt: now } });
}

/** Gives one's own claim back; another's stays. */
export async function endClaim(db: Db, subject: string, by: UserId): Promise<void> {
  await claims(db).deleteOne({ _id: subject, by });
}
