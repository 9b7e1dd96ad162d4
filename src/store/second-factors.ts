import type { ClientSession, Collection, Db } from 'mongodb';
import type { UserId } from '../domain/ids.ts';

/** A person's authenticator: one document a person, beside his account. */
export interface SecondFactor {
  readonly _id: UserId;
  /** The shared secret, AES-256-GCM with a key that is not in the database. */
  readonly sealed: string;
  /** Null: he has not yet shown that his app has it; it is asked of nobody. */
  readonly since: Date | null;
  /** The 30-second step of the last code that was taken: none up to it is taken again. */
  readonly lastStep: number;
  /** Hashes of the codes on paper that are left. */
  readonly recovery: readonly string[];
}

function factors(db: Db): Collection<SecondFactor> {
  return db.collection<SecondFactor>('secondFactors');
}

export function findSecondFactor(db: Db, id: UserId): Promise<SecondFactor | null> {
  return factors(db).findOne({ _id: id });
}

/** Since when each person's login asks for a code; who has no authenticator is not in it. */
export async function factorsInUse(db: Db): Promise<ReadonlyMap<UserId, Date>> {
  const found = await factors(db)
    .find({ since: { $type: 'date' } })
    .project<{ _id: UserId; since: Date }>({ since: 1 })
    .toArray();
  return new Map(found.map(({ _id, since }) => [_id, since]));
}

/** A secret that is not in use yet, in place of an earlier one of that kind. @returns false when one is in use */
export async function proposeSecondFactor(db: Db, id: UserId, sealed: string): Promise<boolean> {
  try {
    await factors(db).updateOne(
      { _id: id, since: null },
      { $set: { sealed, lastStep: 0, recovery: [] } },
      { upsert: true },
    );
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 11_000) return false;
    throw error;
  }
}

/** From now on it is asked. @returns false when it is not the one that was proposed last */
export async function startSecondFactor(
  db: Db,
  seen: Pick<SecondFactor, '_id' | 'sealed'>,
  start: Pick<SecondFactor, 'lastStep' | 'recovery'> & { readonly since: Date },
  session: ClientSession,
): Promise<boolean> {
  const { _id, sealed } = seen;
  const done = await factors(db).updateOne({ _id, sealed, since: null }, { $set: start }, { session });
  return done.modifiedCount === 1;
}

/** Uses up a code and all before it. @returns false when this step was taken already */
export async function takeStep(db: Db, id: UserId, step: number): Promise<boolean> {
  const taken = await factors(db).updateOne(
    { _id: id, lastStep: { $lt: step } },
    { $set: { lastStep: step } },
  );
  return taken.modifiedCount === 1;
}

/** Uses up a code on paper. @returns false when it is none of them (any more) */
export async function takeRecoveryCode(db: Db, id: UserId, hash: string): Promise<boolean> {
  const taken = await factors(db).updateOne({ _id: id, recovery: hash }, { $pull: { recovery: hash } });
  return taken.modifiedCount === 1;
}

/** @returns false when he had none */
export async function removeSecondFactor(db: Db, id: UserId, session: ClientSession): Promise<boolean> {
  return (await factors(db).deleteOne({ _id: id }, { session })).deletedCount === 1;
}
