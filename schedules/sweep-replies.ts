import { SECOND } from '../src/core/clock.ts';
import { publishDeps } from '../src/joins/publish.ts';
import { reconcileDue } from '../src/publish/reconcile.ts';
import { sweepReplies as sweep } from '../src/publish/sweep-replies.ts';
import { dueLooks, dueReleased, overdueSending } from '../src/store/outbox.ts';
import { replies } from '../src/store/replies.ts';
import { enqueuePublish } from '../workers/publish.ts';
import type { Schedule } from './schedule.ts';

const atMost = 500;

/**
 * Rebuilds the sending work from MongoDB and looks for replies of which it is unclear whether they arrived. Every ten
 * seconds: a reply whose hold is over should not wait much longer for it.
 */
export const sweepReplies: Schedule = {
  name: 'sweep-replies',
  every: { ms: 10 * SECOND },
  async run(services) {
    const all = replies(services.database.db);
    const deps = {
      ...publishDeps(services),
      dueLooks: (now: Date, limit: number) => dueLooks(all, now, limit),
      dueReleased: (now: Date, limit: number) => dueReleased(all, now, limit),
      overdueSending: (now: Date, limit: number) => overdueSending(all, now, limit),
      enqueue: (due: Parameters<typeof enqueuePublish>[1]) => enqueuePublish(services, due),
    };
    await sweep(deps, atMost);
    await reconcileDue(deps, atMost);
  },
};
