import { SECOND } from '../src/core/clock.ts';
import { enqueueReceive } from '../src/joins/webhooks.ts';
import { takeOverdueDeliveries } from '../src/store/deliveries.ts';
import { putInQuarantine } from '../src/store/quarantine.ts';
import type { Schedule } from './schedule.ts';

const takeAtMost = 1_000;

/**
 * Finds stored deliveries that nobody has read in time (queue wiped, worker killed, the platform asked to wait) and
 * queues them again. Twice a minute: the work itself becomes overdue after two minutes.
 */
export const sweepDeliveries: Schedule = {
  name: 'sweep-deliveries',
  every: { ms: 30 * SECOND },
  async run(services) {
    const { db } = services.database;
    const now = services.clock.now();
    const { again, givenUp } = await takeOverdueDeliveries(db, now, takeAtMost);
    await putInQuarantine(
      db,
      givenUp.map((id) => ({
        source: 'webhook',
        nativeId: id,
        reason: 'Lima kali gagal dibaca / reading it failed five times',
        raw: '',
      })),
      now,
    );
    await enqueueReceive(services, again);
    if (again.length > 0) services.log.info('overdue deliveries queued again', { count: again.length });
  },
};
