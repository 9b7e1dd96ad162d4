import type { ClientSession, Collection, Db, IndexDescription } from 'mongodb';
import type { UserId } from '../domain/ids.ts';
import type { Role, User } from '../domain/user.ts';

/** A person with an account; `_id` is the login name. */
export interface UserDocument extends User {
  /** argon2id in its own text form. */
  readonly passwordHash: string;
  readonly createdAt: Date;
  readonly passwordChangedAt: Date;
  /** Made for the demo: for a visitor or played by the product. Must not exist in live mode. */
  readonly forDemo: boolean;
}

export const userIndexes = [
  // The list of an agency's people; can a draft of it be carried through by two?
  { key: { agency: 1, role: 1 }, name: 'agency_role' },
] satisfies IndexDescription[];

export function users(db: Db): Collection<UserDocument> {
  return db.collection<UserDocument>('users');
}

const withoutPassword = { passwordHash: 0, passwordChangedAt: 0, createdAt: 0, forDemo: 0 } as const;

export async function findUser(db: Db, id: UserId): Promise<User | null> {
  return users(db).findOne<User>({ _id: id }, { projection: withoutPassword });
}

/** With the password's hash, for the login only. */
export function findUserForLogin(db: Db, id: UserId): Promise<UserDocument | null> {
  return users(db).findOne({ _id: id });
}

export function listUsers(db: Db): Promise<User[]> {
  return users(db).find<User>({}, { projection: withoutPassword }).sort({ _id: 1 }).limit(1_000).toArray();
}

/** @returns false when the name is taken */
export async function addUser(db: Db, user: UserDocument, session: ClientSession): Promise<boolean> {
  const added = await users(db).updateOne(
    { _id: user._id },
    { $setOnInsert: user },
    { session, upsert: true },
  );
  return added.upsertedCount === 1;
}

/** What an administrator can change about a person. */
export interface UserChange {
  readonly role?: Role;
  readonly agency?: string | null;
  readonly mayPublish?: boolean;
  readonly disabledAt?: Date;
  readonly passwordHash?: string;
  readonly passwordChangedAt?: Date;
}

/** @returns false when there is no such person */
export async function changeUser(
  db: Db,
  id: UserId,
  change: UserChange,
  session: ClientSession,
): Promise<boolean> {
  const changed = await users(db).updateOne({ _id: id }, { $set: change }, { session });
  return changed.matchedCount === 1;
}

/** Demo people must not exist in live mode: a start error there. */
export function countDemoUsers(db: Db): Promise<number> {
  return users(db).countDocuments({ forDemo: true });
}
