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
  /** His last act of which we know, to the minute. */
  readonly lastActiveAt?: Date;
  /** The last act before the present login: "Sejak Anda terakhir masuk". */
  readonly awaySince?: Date | null;
  /** Who set his password last instead of him, and when. */
  readonly reset?: { readonly by: UserId; readonly at: Date };
}

export const userIndexes = [
  // The list of an agency's people; can a draft of it be carried through by two?
  { key: { agency: 1, role: 1 }, name: 'agency_role' },
] satisfies IndexDescription[];

export function users(db: Db): Collection<UserDocument> {
  return db.collection<UserDocument>('users');
}

/** Only what a User has. */
const asUser = {
  name: 1,
  role: 1,
  agency: 1,
  mayPublish: 1,
  demo: 1,
  disabledAt: 1,
  mustChangePassword: 1,
} as const;

export async function findUser(db: Db, id: UserId): Promise<User | null> {
  return users(db).findOne<User>({ _id: id }, { projection: asUser });
}

/** With the password's hash, for the login only. */
export function findUserForLogin(db: Db, id: UserId): Promise<UserDocument | null> {
  return users(db).findOne({ _id: id });
}

export function listUsers(db: Db): Promise<User[]> {
  return users(db).find<User>({}, { projection: asUser }).sort({ _id: 1 }).limit(1_000).toArray();
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
  readonly mustChangePassword?: boolean;
  readonly reset?: { readonly by: UserId; readonly at: Date };
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

/** Display names of these people by login name. */
export async function userNames(db: Db, ids: readonly UserId[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await users(db)
    .find({ _id: { $in: [...new Set(ids)] } })
    .project<Pick<User, '_id' | 'name'>>({ name: 1 })
    .toArray();
  return new Map(found.map(({ _id, name }) => [_id, name]));
}

/** He is at work. */
export async function noteActive(db: Db, id: UserId, now: Date): Promise<void> {
  await users(db).updateOne({ _id: id }, { $max: { lastActiveAt: now } });
}

/** He logs in: what was his last act becomes the end of his absence. */
export async function noteLogin(db: Db, id: UserId, now: Date): Promise<void> {
  await users(db).updateOne({ _id: id }, [
    { $set: { awaySince: { $ifNull: ['$lastActiveAt', null] }, lastActiveAt: now } },
  ]);
}

export async function awaySince(db: Db, id: UserId): Promise<Date | null> {
  const found = await users(db).findOne({ _id: id }, { projection: { awaySince: 1 } });
  return found?.awaySince ?? null;
}

/** Whoever is called so: by login name, or by display name whatever the case of its letters. */
export async function findUserByName(db: Db, name: string): Promise<UserId | null> {
  const found = await users(db).findOne(
    { $or: [{ _id: name as UserId }, { name }] },
    { projection: { _id: 1 }, collation: { locale: 'id', strength: 2 } },
  );
  return found?._id ?? null;
}

/** Of these people, whose password somebody else set since then, and who. */
export async function findResets(
  db: Db,
  ids: readonly UserId[],
  since: Date,
): Promise<ReadonlyMap<UserId, UserId>> {
  const found = await users(db)
    .find({ _id: { $in: [...ids] }, 'reset.at': { $gt: since } })
    .project<Pick<UserDocument, '_id' | 'reset'>>({ reset: 1 })
    .toArray();
  return new Map(found.flatMap(({ _id, reset }) => (reset ? [[_id, reset.by] as const] : [])));
}

export function countSuperadmins(db: Db): Promise<number> {
  return users(db).countDocuments({ role: 'superadmin' }, { limit: 1 });
}
