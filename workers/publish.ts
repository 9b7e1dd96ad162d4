import type { Reply } from '../src/domain/reply.ts';
import { publishDeps } from '../src/joins/publish.ts';
import { publish } from '../src/publish/publish.ts';
import type { Handler } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';

/** One released reply → the platform, at most once. A job too many is harmless: the claim in the database decides. */
export function publishHandler(services: Services): Handler<'publish'> {
  const deps = publishDeps(services);
  return async ({ replyId, version }, { log }) => {
    const published = await publish(deps, replyId, version);
    if (published !== 'not-ours') log.info('reply handled', { replyId, published });
  };
}

/** A job for each reply, run when its hold is over. Losing it is harmless: the sweeper finds the reply in MongoDB. */
export async function enqueuePublish(services: Services, due: readonly Reply[]): Promise<void> {
  const now = services.clock.now().getTime();
  for (const reply of due) {
    const queue = services.queues.publish.get(reply.target.channelId);
    await queue?.add(
      'publish',
      { replyId: reply._id, version: reply.version },
      // The version makes another try another job; an id that is still queued adds nothing.
      {
        jobId: `${reply._id}-${reply.version}`,
        delay: Math.max(0, (reply.notBefore?.getTime() ?? now) - now),
        removeOnComplete: true,
        removeOnFail: true,
      },
    );
  }
}
