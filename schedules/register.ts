import type { Services } from '../src/services.ts';
import { scheduleDeepSweeps } from './deep-sweep.ts';
import { schedulePolls } from './poll.ts';
import { upkeepSchedules } from './upkeep-schedules.ts';

/** Writes every schedule into the queues. Twice is once; a process of any age may do it. */
export async function registerSchedules(services: Services): Promise<void> {
  await schedulePolls(services);
  await scheduleDeepSweeps(services);
  for (const { name, every } of upkeepSchedules) {
    await services.queues.upkeep.upsertJobScheduler(
      name,
      'ms' in every ? { every: every.ms } : { pattern: every.cron, tz: 'Asia/Jakarta' },
      { name, data: { task: name } },
    );
  }
}
