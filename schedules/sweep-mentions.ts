import { SECOND } from '../src/core/clock.ts';
import { mentions, takeOverdue } from '../src/store/mentions.ts';
import { putInQuarantine } from '../src/store/quarantine.ts';
import { enqueueClassify } from '../workers/classify-jobs.ts';
import type { Schedule } from './schedule.ts';

/** With more jobs than this the workers have enough to do; adding the same work again would only swell the queue. */
const enoughJobs = 1_000;
const takeAtMost = 10_000;

/**
 * Finds mentions whose classification is overdue (queue wiped, worker killed) and queues them again. Twice a minute: the
 * work itself becomes overdue after two minutes.
 */
export const sweepMentions: Schedule = {
  name: 'sweep-mentions',
  every: { ms: 30 * SECOND },
  async run(services) {
    const waiting = await services.queues.classify.getJobCounts('waiting', 'prioritized', 'delayed');
    if (Object.values(waiting).reduce((sum, n) => sum + n, 0) > enoughJobs) return;
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
