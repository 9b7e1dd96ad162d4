import { SECOND } from '../src/core/clock.ts';
import { asError } from '../src/core/errors.ts';
import type { Services } from '../src/services.ts';
import { scheduleDeepSweeps } from './deep-sweep.ts';
import { schedulePolls } from './poll.ts';
import { scheduleRetraining } from './retrain.ts';
import { upkeepSchedules } from './upkeep-schedules.ts';

/** Each process looks this often whether the queue server still knows the schedules. */
const lookEvery = 10 * SECOND;

/** A poll and a deep sweep. */
const schedulesPerChannel = 2;

/** Writes every schedule into the queues. Twice is once; a process of any age may do it. */
async function registerSchedules(services: Services): Promise<void> {
  await schedulePolls(services);
  await scheduleDeepSweeps(services);
  await scheduleRetraining(services);
  for (const { name, every } of upkeepSchedules) {
    await services.queues.upkeep.upsertJobScheduler(
      name,
      'ms' in every ? { every: every.ms } : { pattern: every.cron, tz: 'Asia/Jakarta' },
      { name, data: { task: name } },
    );
  }
}

async function areRegistered({ queues }: Services): Promise<boolean> {
  if ((await queues.upkeep.getJobSchedulersCount()) < upkeepSchedules.length) return false;
  if ((await queues.train.getJobSchedulersCount()) < 1) return false;
  for (const queue of queues.poll.values()) {
    if ((await queue.getJobSchedulersCount()) < schedulesPerChannel) return false;
  }
  return true;
}

/**
 * Writes every schedule into the queues, and again whenever the queue server has lost them: it is disposable, and comes
 * back empty while we run.
 */
export async function keepSchedules(services: Services): Promise<AsyncDisposable> {
  await registerSchedules(services);
  const look = async (): Promise<void> => {
    if (await areRegistered(services)) return;
    await registerSchedules(services);
    services.log.warn('schedules were lost and are written again', {});
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = look().catch((error: unknown) =>
      services.log.debug('queue connection', { error: asError(error) }),
    );
  }, lookEvery);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await looking;
    },
  };
}
