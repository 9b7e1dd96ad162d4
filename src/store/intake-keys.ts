import { createHash, randomBytes } from 'node:crypto';
import type { ClientSession, Collection, Db, IndexDescription } from 'mongodb';
import type { ChannelId, UserId } from '../domain/ids.ts';

/** What a program of the regency shows when it hands over reports. The key itself is shown once and stored nowhere. */
export interface IntakeKey {
  /** First part of the key, `tk_…`; names it in lists and logs. */
  readonly _id: string;
  /** sha256 of the whole key: 160 random bits need no slow hash. */
  readonly hash: string;
  readonly channelId: ChannelId;
  /** Whose program it is, in words. */
  readonly name: string;
  readonly createdAt: Date;
  readonly by: UserId;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export const intakeKeyIndexes = [
  { key: { hash: 1 }, name: 'by_hash', unique: true },
] satisfies IndexDescription[];

function intakeKeys(db: Db): Collection<IntakeKey> {
  return db.collection<IntakeKey>('intake_keys');
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** @returns the stored key and, only here, the words that the program must show */
export async function addIntakeKey(
  db: Db,
  made: Pick<IntakeKey, 'channelId' | 'name' | 'createdAt' | 'by'>,
  session: ClientSession,
): Promise<{ stored: IntakeKey; key: string }> {
  const _id = `tk_${randomBytes(6).toString('hex')}`;
  const key = `${_id}_${randomBytes(20).toString('base64url')}`;
  const stored: IntakeKey = { _id, hash: hashOf(key), ...made, revokedAt: null, lastUsedAt: null };
  await intakeKeys(db).insertOne(stored, { session });
  return { stored, key };
}

/** The key that a caller shows, unless it was revoked; notes that it was used. */
export function useIntakeKey(db: Db, key: string, now: Date): Promise<IntakeKey | null> {
  return intakeKeys(db).findOneAndUpdate(
    { hash: hashOf(key), revokedAt: null },
    { $set: { lastUsedAt: now } },
    { returnDocument: 'after' },
  );
}

export function listIntakeKeys(db: Db): Promise<IntakeKey[]> {
  return intakeKeys(db).find().sort({ createdAt: 1 }).toArray();
}

/** Holds from the next request on. @returns false when there is no such key, or it is revoked already */
export async function revokeIntakeKey(
  db: Db,
  id: string,
  now: Date,
  session: ClientSession,
): Promise<boolean> {
  const result = await intakeKeys(db).updateOne(
    { _id: id, revokedAt: null },
    { $set: { revokedAt: now } },
    { session },
  );
  return result.modifiedCount === 1;
}
