import { createHash } from 'node:crypto';
import { Binary, type Collection, type Db, type IndexDescription } from 'mongodb';
import { MINUTE } from '../core/clock.ts';
import type { DeliveryId, PlatformId } from '../domain/ids.ts';

/** What a platform sent to our webhook, byte for byte: stored before it is answered, read afterwards. */
interface Delivery {
  readonly _id: DeliveryId;
  readonly platform: PlatformId;
  readonly raw: Binary;
  readonly receivedAt: Date;
  /** How often the same bytes came: platforms deliver at least once. */
  readonly times: number;
  readonly work: {
    readonly stage: 'receive' | 'done' | 'quarantined';
    readonly dueAt: Date | null;
    readonly tries: number;
  };
  readonly doneAt: Date | null;
}

export const deliveryIndexes = [
  // The sweeper: deliveries that nobody has read in time.
  { key: { 'work.dueAt': 1 }, name: 'overdue_work', partialFilterExpression: { 'work.stage': 'receive' } },
  // What was read is in mentions and replies; the bytes hold personal data and go after a week.
  { key: { doneAt: 1 }, name: 'kept_a_week', expireAfterSeconds: 7 * 24 * 3600 },
] satisfies IndexDescription[];

function deliveries(db: Db): Collection<Delivery> {
  return db.collection<Delivery>('deliveries');
}

/** How long the queue has before the sweeper steps in, and how often it does. In milliseconds. */
const readWithinMs = 2 * MINUTE;
const maxTries = 5;

/** The same bytes of the same platform are one delivery, however often they come. */
function deliveryId(platform: PlatformId, raw: Uint8Array): DeliveryId {
  return createHash('sha256').update(`${platform}\n`).update(raw).digest('hex') as DeliveryId;
}

/** What came to the door, and when. */
export interface Knock {
  readonly platform: PlatformId;
  readonly raw: Uint8Array;
  readonly at: Date;
}

/** Stores the bytes of all of them. @returns for each its id, and whether its bytes are new; in the same order */
export async function storeDeliveries(
  db: Db,
  knocks: readonly Knock[],
): Promise<{ readonly id: DeliveryId; readonly isNew: boolean }[]> {
  const ids = knocks.map(({ platform, raw }) => deliveryId(platform, raw));
  const { upsertedIds } = await deliveries(db).bulkWrite(
    knocks.map(({ platform, raw, at }, place) => ({
      updateOne: {
        filter: { _id: ids[place] as DeliveryId },
        update: {
          $setOnInsert: {
            platform,
            raw: new Binary(raw),
            receivedAt: at,
            work: { stage: 'receive', dueAt: new Date(at.getTime() + readWithinMs), tries: 0 },
            doneAt: null,
          },
          $inc: { times: 1 },
        },
        upsert: true,
      },
    })),
    { ordered: false },
  );
  return ids.map((id, place) => ({ id, isNew: place in upsertedIds }));
}

/** The text of a delivery that waits to be read; null when it was read already. */
export async function findWaitingDelivery(
  db: Db,
  id: DeliveryId,
): Promise<{ readonly platform: PlatformId; readonly text: string; readonly receivedAt: Date } | null> {
  const found = await deliveries(db).findOne({ _id: id, 'work.stage': 'receive' });
  if (!found) return null;
  const { platform, raw, receivedAt } = found;
  return { platform, text: Buffer.from(raw.buffer).toString('utf8'), receivedAt };
}

export async function settleDelivery(
  db: Db,
  id: DeliveryId,
  stage: 'done' | 'quarantined',
  now: Date,
): Promise<void> {
  await deliveries(db).updateOne(
    { _id: id, 'work.stage': 'receive' },
    { $set: { 'work.stage': stage, 'work.dueAt': null, ...(stage === 'done' && { doneAt: now }) } },
  );
}

/** The platform asked us to wait: read then, without counting a try. */
export async function postponeDelivery(db: Db, id: DeliveryId, until: Date): Promise<void> {
  await deliveries(db).updateOne({ _id: id, 'work.stage': 'receive' }, { $set: { 'work.dueAt': until } });
}

/**
 * Takes deliveries that are overdue and moves their due time on, so that a second sweeper takes others.
 * @returns ids to queue again, and ids that were tried too often: a person must look at them
 */
export async function takeOverdueDeliveries(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ readonly again: readonly DeliveryId[]; readonly givenUp: readonly DeliveryId[] }> {
  const overdue = await deliveries(db)
    .find({ 'work.stage': 'receive', 'work.dueAt': { $lt: now } })
    .sort({ 'work.dueAt': 1 })
    .limit(limit)
    .project<Pick<Delivery, '_id' | 'work'>>({ work: 1 })
    .toArray();
  const again = overdue.filter(({ work }) => work.tries < maxTries).map(({ _id }) => _id);
  const givenUp = overdue.filter(({ work }) => work.tries >= maxTries).map(({ _id }) => _id);
  if (again.length > 0) {
    await deliveries(db).updateMany(
      { _id: { $in: again }, 'work.stage': 'receive' },
      { $set: { 'work.dueAt': new Date(now.getTime() + readWithinMs) }, $inc: { 'work.tries': 1 } },
    );
  }
  for (const id of givenUp) await settleDelivery(db, id, 'quarantined', now);
  return { again, givenUp };
}

/** Deliveries that nobody has read yet, oldest first, for a run without queues. */
export async function waitingDeliveries(db: Db, limit: number): Promise<DeliveryId[]> {
  const waiting = await deliveries(db)
    .find({ 'work.stage': 'receive' })
    .sort({ 'work.dueAt': 1 })
    .limit(limit)
    .project<Pick<Delivery, '_id'>>({ _id: 1 })
    .toArray();
  return waiting.map(({ _id }) => _id);
}
