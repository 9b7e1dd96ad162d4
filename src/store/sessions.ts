import type { ClientSession, Collection, Db, IndexDescription } from 'mongodb';
import type { UserId } from '../domain/ids.ts';

/** One login. `_id` is the sha256 of the token, so that a copy of the database opens no session. */
export interface SessionDocument {
  readonly _id: string;
  readonly userId: UserId;
  readonly createdAt: Date;
  /** Over, whatever happens. */
  readonly expiresAt: Date;
  /** Over when nothing happens until then; moved on by use. */
  readonly idleUntil: Date;
}

export const sessionIndexes = [
  // MongoDB removes what is over (within a minute); the query below does not wait for that.
  { key: { expiresAt: 1 }, name: 'absolute_end', expireAfterSeconds: 0 },
  { key: { idleUntil: 1 }, name: 'idle_end', expireAfterSeconds: 0 },
  // Ends all sessions of a person at once.
  { key: { userId: 1 }, name: 'user' },
] satisfies IndexDescription[];

export function sessions(db: Db): Collection<SessionDocument> {
  return db.collection<SessionDocument>('sessions');
}

export async function addSession(db: Db, session: SessionDocument): Promise<void> {
  await sessions(db).insertOne(session);
}

export function findSession(db: Db, id: string, now: Date): Promise<SessionDocument | null> {
  return sessions(db).findOne({ _id: id, expiresAt: { $gt: now }, idleUntil: { $gt: now } });
}

/** Never brings a session back that was ended meanwhile: it only changes what is there. */
export async function keepSession(db: Db, id: string, idleUntil: Date): Promise<void> {
  await sessions(db).updateOne({ _id: id }, { $max: { idleUntil } });
}

export async function endSession(db: Db, id: string): Promise<void> {
  await sessions(db).deleteOne({ _id: id });
}

export async function endSessionsOf(db: Db, userId: UserId, session: ClientSession): Promise<void> {
  await sessions(db).deleteMany({ userId }, { session });
}

/** Open sessions of a person, the newest first. */
export function listSessions(db: Db, userId: UserId, now: Date): Promise<SessionDocument[]> {
  return sessions(db)
    .find({ userId, expiresAt: { $gt: now }, idleUntil: { $gt: now } })
    .sort({ createdAt: -1 })
    .limit(100)
    .toArray();
}

/** @returns false when this person has no such session */
export async function endSessionOf(
  db: Db,
  userId: UserId,
  id: string,
  session: ClientSession,
): Promise<boolean> {
  return (await sessions(db).deleteOne({ _id: id, userId }, { session })).deletedCount === 1;
}

/** Ends all but one; with null, all. */
export async function endOtherSessions(
  db: Db,
  userId: UserId,
  keep: string | null,
  session: ClientSession,
): Promise<void> {
  await sessions(db).deleteMany({ userId, ...(keep !== null && { _id: { $ne: keep } }) }, { session });
}
