import { MINUTE, SECOND } from '../src/core/clock.ts';
import type { Services } from '../src/services.ts';
import { takeOverdue } from '../src/store/mention-work.ts';
import { mentions } from '../src/store/mentions.ts';
import { putInQuarantine } from '../src/store/quarantine.ts';
import { enqueueClassify } from '../workers/classify-jobs.ts';
import type { Schedule } from './schedule.ts';

/** With more jobs than this the workers have enough to do; adding the same work again would only swell the queue. */
const enoughJobs = 1_000;
const takeAtMost = 10_000;
/** A job that has waited longer than this tells that the workers are behind or stopped, not that jobs were lost. */
const behindAfter = 2 * MINUTE;

/** Queueing again what still waits would swell the queue, and count as tries what nobody tried. */
async function areWorkersBehind({ queues, clock }: Services): Promise<boolean> {
  const waiting = await queues.classify.getJobCounts('waiting', 'prioritized', 'delayed');
  if (Object.values(waiting).reduce((sum, n) => sum + n, 0) > enoughJobs) return true;
  const [oldest] = await queues.classify.getJobs(['waiting'], 0, 0, true);
  return oldest !== undefined && clock.now().getTime() - oldest.timestamp > behindAfter;
}

/**
 * Finds mentions whose classification is overdue (queue wiped, worker killed) and queues them again. Twice a minute: the
 * work itself becomes overdue after two minutes.
 */
export const sweepMentions: Schedule = {
  name: 'sweep-mentions',
  every: { ms: 30 * SECOND },
  async run(services) {
    if (await areWorkersBehind(services)) return;
    const { db } = services.database;
    const now = services.clock.now();
    const { again, givenUp } = await takeOverdue(mentions(db), now, takeAtMost);
    await putInQuarantine(
      db,
      givenUp.map((id) => ({
        source: 'classify',
        nativeId: id,
        reason: 'Lima kali gagal diklasifikasi / classification failed five times',
        raw: '',
      })),
      now,
    );
    await enqueueClassify(services, again);
    if (again.length > 0) services.log.info('overdue mentions queued again', { count: again.length });
  },
};
