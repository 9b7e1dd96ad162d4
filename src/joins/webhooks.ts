import type { WebhookDeps } from '../api/deps.ts';
import { SECOND } from '../core/clock.ts';
import { asError } from '../core/errors.ts';
import type { DeliveryId } from '../domain/ids.ts';
import type { Services } from '../services.ts';
import { storeDelivery } from '../store/deliveries.ts';

/** A platform waits for our answer and delivers again after a refusal, so a slow database is told soon. */
const storeWithin = 5 * SECOND;

/** Storing deliveries and queueing their reading. */
export function webhookDeps(services: Services): WebhookDeps {
  const { clock, database, log } = services;
  return {
    doors: services.webhookDoors,
    async store(platform, raw) {
      const stored = storeDelivery(database.db, platform, raw, clock.now());
      const { id, isNew } = await inTime(stored);
      if (!isNew) return;
      // Not awaited for the answer: the sweeper finds what the queue does not take.
      enqueueReceive(services, [id]).catch((error: unknown) =>
        log.warn('queue away, the sweeper will pick the work up', { deliveryId: id, error: asError(error) }),
      );
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
  await services.queues.receive.addBulk(ids.map((deliveryId) => ({ name: 'receive', data: { deliveryId } })));
}
