import { DAY } from '../../core/clock.ts';
import { type ThreadView, threadViews } from '../../domain/thread-filter.ts';
import { countSince } from '../../store/since-last-seen.ts';
import { awaySince } from '../../store/users.ts';
import { correctBy } from '../acts/correct.ts';
import { bulkBy, doneWith, snoozeBy } from '../acts/desk-acts.ts';
import { undoBy } from '../acts/undo.ts';
import { filterOf } from '../asked-filter.ts';
import { type ApiContext, caller } from '../context.ts';
import {
  askingFor,
  countLimit,
  countOf,
  type ShownCount,
  shownCount,
  threadLines,
  threadPage,
} from '../thread-lists.ts';
import { callersScope, os } from './base.ts';

function asking(context: ApiContext) {
  return askingFor(context.deps, caller(context), callersScope(context));
}

export const threads = os.threads.router({
  list: os.threads.list.handler(async ({ context, input }) => {
    const { cursor, limit, ...filter } = input;
    const asked = asking(context);
    const page = await threadPage(context.deps, filterOf(filter), asked, { cursor, limit });
    return { ...page, rows: await threadLines(context.deps, page.rows, asked) };
  }),
  count: os.threads.count.handler(({ context, input }) =>
    countOf(context.deps, filterOf(input), asking(context)),
  ),
  counts: os.threads.counts.handler(async ({ context, input }) => {
    const asked = asking(context);
    const counts = await Promise.all(
      threadViews.map(
        async (view) =>
          [view, await countOf(context.deps, { ...filterOf({ ...input, view }) }, asked)] as const,
      ),
    );
    return Object.fromEntries(counts) as Record<ThreadView, ShownCount>;
  }),
  correct: os.threads.correct.handler(async ({ context, input }) => {
    const { id, version, ...wish } = input;
    return doneWith(context, await correctBy(context, id, version, wish));
  }),
  snooze: os.threads.snooze.handler(async ({ context, input }) =>
    doneWith(context, await snoozeBy(context, input.id, input.until)),
  ),
  bulk: os.threads.bulk.handler(({ context, input }) => bulkBy(context, input.items, input.do)),
  undo: os.threads.undo.handler(({ context, input }) => undoBy(context, input.token)),
  sinceLastSeen: os.threads.sinceLastSeen.handler(async ({ context }) => {
    const { db, clock } = context.deps;
    const since = await awaySince(db, caller(context)._id);
    const from = since ?? new Date(clock.now().getTime() - DAY);
    const { oldestEmergencyAt, ...found } = await countSince(db, from, callersScope(context), countLimit);
    return {
      since,
      oldestEmergencyAt,
      messages: shownCount(found.messages),
      emergencies: shownCount(found.emergencies),
      similar: shownCount(found.similar),
      filtered: shownCount(found.filtered),
      arrivedLate: shownCount(found.arrivedLate),
    };
  }),
});
