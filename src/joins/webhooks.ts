import type { WebhookDeps } from '../api/deps.ts';
import { SECOND } from '../core/clock.ts';
import { asError } from '../core/errors.ts';
import { inGroups } from '../core/in-groups.ts';
import type { DeliveryId } from '../domain/ids.ts';
import type { Services } from '../services.ts';
import { type Knock, storeDeliveries } from '../store/deliveries.ts';

/** A platform waits for our answer and delivers again after a refusal, so a slow database is told soon. */
const storeWithin = 5 * SECOND;
/** Deliveries written as one. */
const mostTogether = 100;
/** What waits for a slow database, in bytes: more is refused, and the platform keeps it for us. */
const mostWaiting = 64 * 1024 * 1024;

/** Storing deliveries and queueing their reading. */
export function webhookDeps(services: Services): WebhookDeps {
  const { clock, database, log } = services;
  const storeGroup = async (knocks: readonly Knock[]) => {
    const stored = await storeDeliveries(database.db, knocks);
    const ids = stored.filter(({ isNew }) => isNew).map(({ id }) => id);
    // Not awaited for the answer: the sweeper finds what the queue does not take.
    enqueueReceive(services, ids).catch((error: unknown) =>
      log.warn('queue away, the sweeper will pick the work up', { deliveryIds: ids, error: asError(error) }),
    );
    return stored;
  };
  const store = inGroups(storeGroup, {
    most: mostTogether,
    weigh: ({ raw }) => raw.length,
    heaviest: mostWaiting,
  });
  return {
    doors: services.webhookDoors,
    async store(platform, raw) {
      await inTime(store({ platform, raw, at: clock.now() }));
    },
  };
}

/** @throws {Error} when it takes too long; what is written after that is the same delivery when it comes again */
function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the database did not answer in time')), storeWithin).unref();
  });
  return Promise.race([work, late]);
}

/** Queues deliveries. Losing the jobs is harmless: the sweeper finds the work in MongoDB. */
export async function enqueueReceive(services: Services, ids: readonly DeliveryId[]): Promise<void> {
  if (ids.length === 0) return;
  await services.queues.receive.addBulk(ids.map((deliveryId) => ({ name: 'receive', data: { deliveryId } })));
}
