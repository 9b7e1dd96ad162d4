import type { ClientSession, Collection, Db } from 'mongodb';
import { MINUTE, SECOND } from '../core/clock.ts';
import type { BrokenReason } from '../core/errors.ts';
import type { Channel, Cursors } from '../domain/channel.ts';
import type { ChannelId } from '../domain/ids.ts';

export function channels(db: Db): Collection<Channel> {
  return db.collection<Channel>('channels');
}

/**
 * Creates the channel at its first start; later starts change nothing that people or polls have set. What a month may
 * cost comes from the configuration alone, so it is taken over at each start.
 */
export async function ensureChannel(
  db: Db,
  seed: Pick<Channel, '_id' | 'platform' | 'account' | 'agency' | 'sending' | 'startFrom' | 'connectedAt'> & {
    limitMicros: number | null;
  },
): Promise<void> {
  const { _id, limitMicros, ...rest } = seed;
  await channels(db).updateOne(
    { _id },
    {
      $setOnInsert: {
        ...rest,
        state: 'ok',
        broken: null,
        cursors: {},
        breaker: { failures: 0, openUntil: null },
        blockedUntil: null,
        'budget.month': '',
        'budget.spentMicros': 0,
        lastPolledAt: null,
        lastSuccessAt: null,
      },
      $set: { 'budget.limitMicros': limitMicros },
    },
    { upsert: true },
  );
}

/**
 * Migration: channels that are older than this field. Nobody wrote down when they were connected; from `startFrom` on
 * their messages are taken in, so nothing that was written later came before them.
 */
export async function nameConnectedAt(db: Db): Promise<void> {
  await channels(db).updateMany({ connectedAt: { $exists: false } }, [
    { $set: { connectedAt: '$startFrom' } },
  ]);
}

export function findChannel(db: Db, id: ChannelId): Promise<Channel | null> {
  return channels(db).findOne({ _id: id });
}

export function listChannels(db: Db): Promise<Channel[]> {
  return channels(db).find().sort({ _id: 1 }).toArray();
}

/**
 * Moves cursors on. Called only after every post before them is stored. Cursor names hold post ids (digits,
 * underscores), never dots or dollar signs; a connector drops a stream by writing an empty string.
 */
export async function saveCursors(db: Db, id: ChannelId, advance: Cursors): Promise<void> {
  const $set: Record<string, string> = {};
  const $unset: Record<string, ''> = {};
  for (const [name, value] of Object.entries(advance)) {
    if (value === '') $unset[`cursors.${name}`] = '';
    else $set[`cursors.${name}`] = value;
  }
  if (Object.keys($set).length + Object.keys($unset).length === 0) return;
  await channels(db).updateOne({ _id: id }, { $set, $unset });
}

/** Our account's posts until then are all stored. A slower run side by side never takes it back. */
export async function noteOwnSeen(db: Db, id: ChannelId, until: Date): Promise<void> {
  await channels(db).updateOne({ _id: id }, { $max: { ownSeenUntil: until } });
}

/** Adds what calls cost to the month's account (month in UTC, as the platforms bill). */
export async function addCost(db: Db, id: ChannelId, micros: number, now: Date): Promise<void> {
  const month = now.toISOString().slice(0, 7);
  await channels(db).updateOne(
    { _id: id, 'budget.month': { $ne: month } },
    { $set: { 'budget.month': month, 'budget.spentMicros': 0 } },
  );
  if (micros > 0) await channels(db).updateOne({ _id: id }, { $inc: { 'budget.spentMicros': micros } });
}

export async function recordSuccess(
  db: Db,
  id: ChannelId,
  now: Date,
  { blockedUntil, quotaUsed }: { readonly blockedUntil: Date | null; readonly quotaUsed: number | null },
): Promise<void> {
  await channels(db).updateOne(
    { _id: id },
    {
      $set: {
        lastPolledAt: now,
        lastSuccessAt: now,
        blockedUntil,
        breaker: { failures: 0, openUntil: null },
        ...(quotaUsed !== null && { quota: { used: quotaUsed, at: now } }),
      },
    },
  );
}

/** A channel that is never asked brought something, or somebody did. */
export async function noteReceived(db: Db, id: ChannelId, now: Date): Promise<void> {
  await channels(db).updateOne({ _id: id }, { $max: { lastSuccessAt: now } });
}

export async function blockUntil(db: Db, id: ChannelId, until: Date): Promise<void> {
  await channels(db).updateOne({ _id: id }, { $set: { blockedUntil: until } });
}

/**
 * Waits after the first, the second and each further failure in a row. One hiccup costs seconds; an hour of outage costs
 * at most 30 calls, and after a long one we are back within two minutes (faults.md row 13).
 */
const waits = [10 * SECOND, 4 * MINUTE, 2 * MINUTE] as const;

/** Opens the breaker after a failed call. `jitter` (0..1) spreads the first retry, and with it all later ones. */
export async function recordFailure(db: Db, id: ChannelId, now: Date, jitter: number): Promise<void> {
  const before = await channels(db).findOneAndUpdate(
    { _id: id },
    { $inc: { 'breaker.failures': 1 }, $set: { lastPolledAt: now } },
    { returnDocument: 'before' },
  );
  const failures = before?.breaker.failures ?? 0;
  const wait = failures === 0 ? waits[0] * (0.5 + jitter / 2) : failures === 1 ? waits[1] : waits[2];
  await channels(db).updateOne(
    { _id: id },
    { $set: { 'breaker.openUntil': new Date(now.getTime() + wait) } },
  );
}

/** Stops the channel until a person has looked. @returns true when it was not broken before: raise one alarm */
export async function markBroken(
  db: Db,
  id: ChannelId,
  broken: { reason: BrokenReason; platformWords: string },
  now: Date,
): Promise<boolean> {
  const result = await channels(db).updateOne(
    { _id: id, state: { $ne: 'broken' } },
    { $set: { state: 'broken', broken: { ...broken, since: now } } },
  );
  return result.modifiedCount === 1;
}

/** A person pauses the channel or lets it run again (which also forgets what broke it). */
export async function setChannelState(
  db: Db,
  id: ChannelId,
  state: 'ok' | 'paused',
  session?: ClientSession,
): Promise<boolean> {
  const forget =
    state === 'ok' ? { broken: null, breaker: { failures: 0, openUntil: null }, blockedUntil: null } : {};
  const result = await channels(db).updateOne(
    { _id: id },
    { $set: { state, ...forget } },
    session ? { session } : {},
  );
  return result.matchedCount === 1;
}

export async function setSending(
  db: Db,
  id: ChannelId,
  sending: boolean,
  session?: ClientSession,
): Promise<boolean> {
  const result = await channels(db).updateOne({ _id: id }, { $set: { sending } }, session ? { session } : {});
  return result.matchedCount === 1;
}

/** What the platform does not deliver. @returns true when it is not what was known */
export async function noteRefusedFields(db: Db, id: ChannelId, refused: readonly string[]): Promise<boolean> {
  const { modifiedCount } = await channels(db).updateOne(
    { _id: id },
    { $set: { refusedFields: [...refused] } },
  );
  return modifiedCount === 1 && refused.length > 0;
}

export async function noteProbe(db: Db, id: ChannelId, probe: NonNullable<Channel['probe']>): Promise<void> {
  await channels(db).updateOne({ _id: id }, { $set: { probe } });
}
