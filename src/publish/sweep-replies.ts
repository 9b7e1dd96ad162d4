import { SECOND } from '../core/clock.ts';
import type { Reply } from '../domain/reply.ts';
import type { PublishDeps } from './publish-deps.ts';
import { unknownMove } from './settle.ts';

/** A worker that was answered in time gets this long to write the outcome down. */
const settleTakesMs = 5 * SECOND;

export interface SweepRepliesDeps extends Pick<PublishDeps, 'clock' | 'move' | 'log'> {
  readonly overdueSending: (now: Date, limit: number) => Promise<readonly Reply[]>;
  readonly dueReleased: (now: Date, limit: number) => Promise<readonly Reply[]>;
  /** Adds a job (id and version) for each; one that is queued already may be added again. */
  readonly enqueue: (due: readonly Reply[]) => Promise<void>;
}

/**
 * Rebuilds the work from the database, jobs or no jobs. A reply found in flight past its deadline becomes `unknown`
 * (its worker died or hangs) and is never sent again by machine; one that is released and due gets a job. Run every 30 s.
 */
export async function sweepReplies(
  deps: SweepRepliesDeps,
  limit: number,
): Promise<{ readonly unclear: number; readonly queued: number }> {
  const now = deps.clock.now();
  let unclear = 0;
  for (const reply of await deps.overdueSending(new Date(now.getTime() - settleTakesMs), limit)) {
    const moved = await deps.move(unknownMove(reply, 'pengiriman terputus', now));
    if (!moved) continue;
    unclear += 1;
    deps.log.warn('reply was in flight past its deadline', {
      replyId: reply._id,
      owner: reply.attempt?.owner,
    });
  }
  const due = await deps.dueReleased(now, limit);
  if (due.length > 0) await deps.enqueue(due);
  return { unclear, queued: due.length };
}
