import {
  type ClientSession,
  type Collection,
  type Db,
  type IndexDescription,
  MongoServerError,
} from 'mongodb';
import { ulid } from 'ulid';
import type { Trouble } from '../domain/channel-health.ts';
import type { ChannelId } from '../domain/ids.ts';

/** One trouble of one channel from its beginning to its end: one alarm, however often it is seen. */
export interface Incident {
  readonly _id: string;
  readonly channelId: ChannelId;
  readonly kind: Trouble['kind'];
  readonly words: Trouble['words'];
  readonly todo: Trouble['todo'];
  readonly who: Trouble['who'];
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

/** Its words as they are now, when it is open already. @returns false when it is not */
export async function renewIncident(db: Db, channelId: ChannelId, trouble: Trouble): Promise<boolean> {
  const { kind, words, todo } = trouble;
  const { matchedCount } = await incidents(db).updateOne(
    { channelId, kind, open: true },
    { $set: { words, todo } },
  );
  return matchedCount === 1;
}

/** @throws {MongoServerError} 11000 when another process opened it first: see {@link isOpenAlready} */
export async function openIncident(
  db: Db,
  channelId: ChannelId,
  trouble: Trouble,
  openedAt: Date,
  session: ClientSession,
): Promise<Incident> {
  const _id = `i-${ulid(openedAt.getTime())}`;
  const incident: Incident = { _id, channelId, ...trouble, openedAt, open: true, closedAt: null };
  await incidents(db).insertOne(incident, { session });
  return incident;
}

export function isOpenAlready(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11_000;
}

/** The channel's open ones that are not among its troubles any more. */
export function endedIncidents(
  db: Db,
  channelId: ChannelId,
  still: readonly Trouble['kind'][],
): Promise<Incident[]> {
  return incidents(db)
    .find({ channelId, open: true, kind: { $nin: [...still] } })
    .toArray();
}

/** For one caller only. @returns false when another one closed it */
export async function closeIncident(
  db: Db,
  id: Incident['_id'],
  closedAt: Date,
  session: ClientSession,
): Promise<boolean> {
  const result = await incidents(db).updateOne(
    { _id: id, open: true },
    { $set: { closedAt }, $unset: { open: '' } },
    { session },
  );
  return result.modifiedCount === 1;
}

export function findIncident(db: Db, id: Incident['_id']): Promise<Incident | null> {
  return incidents(db).findOne({ _id: id });
}

/** Those that touch the period, newest first: open ones and those that ended in it. */
export function listIncidents(db: Db, from: Date, to: Date): Promise<Incident[]> {
  return incidents(db)
    .find({ openedAt: { $lt: to }, $or: [{ closedAt: null }, { closedAt: { $gte: from } }] })
    .sort({ openedAt: -1 })
    .limit(500)
    .toArray();
}

/** Migration: troubles had Indonesian words only, and the name of a role. */
export async function sayIncidentsInBoth(db: Db): Promise<void> {
  await db.collection('incidents').updateMany({ words: { $type: 'string' } }, [
    {
      $set: {
        words: { id: '$words', en: '$words' },
        todo: { id: '$todo', en: '$todo' },
        who: { $cond: [{ $eq: ['$who', 'Petugas aduan'] }, 'petugas', 'superadmin'] },
      },
    },
  ]);
}
