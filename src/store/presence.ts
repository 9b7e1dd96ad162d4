import type { Collection, Db, IndexDescription } from 'mongodb';
import type { UserId } from '../domain/ids.ts';
import type { Presence } from '../domain/presence.ts';

interface PresenceDocument extends Presence {
  /** `<subject> <user>`: one line a person and thing, however many windows he has. */
  readonly _id: string;
}

export const presenceIndexes = [
  { key: { subject: 1 }, name: 'subject' },
  // MongoDB removes what is over (within a minute); the queries below do not wait for that.
  { key: { until: 1 }, name: 'end', expireAfterSeconds: 0 },
] satisfies IndexDescription[];

function presences(db: Db): Collection<PresenceDocument> {
  return db.collection<PresenceDocument>('presence');
}

/** He has it open, or still has. */
export async function notePresence(db: Db, presence: Presence): Promise<void> {
  const { subject, user, ...rest } = presence;
  await presences(db).updateOne(
    { _id: `${subject} ${user}` },
    { $set: rest, $setOnInsert: { subject, user } },
    { upsert: true },
  );
}

/** Who has each of these open now, but for this person himself. */
export async function presentAt(
  db: Db,
  subjects: readonly string[],
  asking: { readonly user: UserId; readonly now: Date },
): Promise<ReadonlyMap<string, readonly Presence[]>> {
  const found = await presences(db)
    .find({ subject: { $in: [...subjects] }, until: { $gt: asking.now }, user: { $ne: asking.user } })
    .sort({ _id: 1 })
    .toArray();
  const bySubject = new Map<string, Presence[]>();
  for (const one of found) bySubject.set(one.subject, [...(bySubject.get(one.subject) ?? []), one]);
  return bySubject;
}

export async function endPresence(db: Db, subject: string, user: UserId): Promise<void> {
  await presences(db).deleteOne({ _id: `${subject} ${user}` });
}
