import { MINUTE } from '../src/core/clock.ts';
import { latestTraining } from '../src/store/training-runs.ts';
import type { Schedule } from './schedule.ts';

/**
 * A training that somebody asked for is queued again while no worker has it: the queue was away, or lost its job. Each
 * minute; twice queued it still runs once.
 */
export const sweepTrainings: Schedule = {
  name: 'sweep-trainings',
  every: { ms: MINUTE },
  async run({ database: { db }, clock, queues }) {
    const run = await latestTraining(db, clock.now());
    if (run?.state === 'waiting') await queues.train.add('train', { run: run._id });
  },
};
