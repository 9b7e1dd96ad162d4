import { type Collection, type Db, type IndexDescription, MongoServerError } from 'mongodb';
import { ulid } from 'ulid';
import type { Trouble } from '../domain/channel-health.ts';
import type { ChannelId } from '../domain/ids.ts';

/** One trouble of one channel from its beginning to its end: one alarm, however often it is seen. */
export interface Incident {
  readonly _id: string;
  readonly channelId: ChannelId;
  readonly kind: Trouble['kind'];
  readonly words: string;
  readonly todo: string;
  readonly who: string;
  readonly openedAt: Date;
  /** Absent from closed ones, so that the index below holds only open ones. */
  readonly open?: true;
  readonly closedAt: Date | null;
}

export const incidentIndexes = [
  // One alarm per trouble, whichever process sees it first.
  {
    key: { channelId: 1, kind: 1 },
    name: 'one_open_per_trouble',
    unique: true,
    partialFilterExpression: { open: true },
  },
  { key: { openedAt: -1 }, name: 'newest' },
  { key: { channelId: 1, openedAt: -1 }, name: 'channel_newest' },
] satisfies IndexDescription[];

function incidents(db: Db): Collection<Incident> {
  return db.collection<Incident>('incidents');
}

const duplicateKey = 11_000;

/** @returns true when it is news: raise the alarm now, once */
export async function openIncident(
  db: Db,
  channelId: ChannelId,
  trouble: Trouble,
  openedAt: Date,
): Promise<boolean> {
  try {
    const _id = `i-${ulid(openedAt.getTime())}`;
    await incidents(db).insertOne({ _id, channelId, ...trouble, openedAt, open: true, closedAt: null });
    return true;
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== duplicateKey) throw error;
    await incidents(db).updateOne(
      { channelId, kind: trouble.kind, open: true },
      { $set: { words: trouble.words, todo: trouble.todo } },
    );
    return false;
  }
}

/** Ends those of the channel that are not among the troubles any more. @returns how many */
export async function closeIncidents(
  db: Db,
  channelId: ChannelId,
  still: readonly Trouble['kind'][],
  closedAt: Date,
): Promise<number> {
  const result = await incidents(db).updateMany(
    { channelId, open: true, kind: { $nin: [...still] } },
    { $set: { closedAt }, $unset: { open: '' } },
  );
  return result.modifiedCount;
}

/** Those that touch the period, newest first: open ones and those that ended in it. */
export function listIncidents(db: Db, from: Date, to: Date): Promise<Incident[]> {
  return incidents(db)
    .find({ openedAt: { $lt: to }, $or: [{ closedAt: null }, { closedAt: { $gte: from } }] })
    .sort({ openedAt: -1 })
    .limit(500)
    .toArray();
}
