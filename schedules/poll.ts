import type { Services } from '../src/services.ts';

/**
 * Every channel, every `pollIntervalMs` (a minute on the real platforms: their limits allow 20 times more, and an answer
 * takes hours). A tick that was missed makes one run, not many: a poll pages from its cursor.
 */
export async function schedulePolls(services: Services): Promise<void> {
  for (const [channelId, queue] of services.queues.poll) {
    await queue.setGlobalConcurrency(1);
    await queue.upsertJobScheduler(
      `poll-${channelId}`,
      { every: services.config.pollIntervalMs },
      { name: 'poll', data: { channelId, depth: 'normal' } },
    );
  }
}
