import type { Services } from '../src/services.ts';

/**
 * Once a night every channel is read without trusting cursors: late comments on old posts, posts indexed late, edits
 * that no platform signals. At 02.30 WIB, when nobody waits.
 */
export async function scheduleDeepSweeps(services: Services): Promise<void> {
  for (const [channelId, queue] of services.queues.poll) {
    await queue.upsertJobScheduler(
      `deep-sweep-${channelId}`,
      { pattern: '30 2 * * *', tz: 'Asia/Jakarta' },
      { name: 'poll', data: { channelId, depth: 'deep' } },
    );
  }
}
