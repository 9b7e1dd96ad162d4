import type { MentionId } from '../src/domain/ids.ts';
import type { Services } from '../src/services.ts';

/** A job with a hundred ids costs a tenth per mention of what single jobs cost. */
const idsPerJob = 100;

/** Queues mentions for classification. Losing the jobs is harmless: the sweeper finds the work in MongoDB. */
export async function enqueueClassify(services: Services, ids: readonly MentionId[]): Promise<void> {
  if (ids.length === 0) return;
  // By our clock: the sweeper compares it with the oldest one that waits.
  const opts = { timestamp: services.clock.now().getTime() };
  const jobs = [];
  for (let from = 0; from < ids.length; from += idsPerJob) {
    jobs.push({ name: 'classify', data: { mentionIds: ids.slice(from, from + idsPerJob) }, opts });
  }
  await services.queues.classify.addBulk(jobs);
}
