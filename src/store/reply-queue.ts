import type { Db, Document } from 'mongodb';
import type { Case } from '../domain/case.ts';
import type { ReplyId } from '../domain/ids.ts';
import type { Reply, ReplyState } from '../domain/reply.ts';
import { type CaseScope, scopeQuery } from './case-list.ts';
import { replies } from './replies.ts';
import type { Place } from './threads.ts';

/** The approval screen's views, each a set of states. */
const queueViews = {
  draf: ['draft'],
  menunggu: ['submitted'],
  dikembalikan: ['changes_requested'],
  disetujui: ['approved'],
  terjadwal: ['released', 'sending', 'unknown'],
  keputusan: ['needs_person'],
  gagal: ['failed'],
  riwayat: ['sent', 'rejected', 'withdrawn'],
} as const satisfies Record<string, readonly ReplyState[]>;
export type QueueView = keyof typeof queueViews;

export interface QueueRow {
  readonly reply: Reply;
  readonly case: Case;
  /** What it is sorted by: the deadline of its case; an emergency stands before all of them. */
  readonly sortAt: Date;
}

/** After every deadline: cases without a clock. */
const noDeadline = new Date('9999-01-01T00:00:00Z');

const ofCase = (scope: CaseScope): Document => ({
  $lookup: {
    from: 'cases',
    localField: 'caseId',
    foreignField: '_id',
    pipeline: [{ $match: scopeQuery(scope) }],
    as: 'case',
  },
});

const sortAt = {
  $cond: [
    { $eq: ['$case.urgency', 'darurat'] },
    { $dateSubtract: { startDate: '$case.openedAt', unit: 'year', amount: 100 } },
    { $ifNull: ['$case.dueAt', noDeadline] },
  ],
};

/**
 * Replies of a view with their case. What still needs work comes by deadline, the soonest first; what is over
 * (`gagal`, `riwayat`) by its last change, the newest first.
 */
export function listQueue(
  db: Db,
  view: QueueView,
  scope: CaseScope,
  { limit, after }: { readonly limit: number; readonly after: Place | null },
): Promise<QueueRow[]> {
  const over = view === 'riwayat' || view === 'gagal';
  const [beyond, order] = over ? (['$lt', -1] as const) : (['$gt', 1] as const);
  const at = over ? 'reply.updatedAt' : 'sortAt';
  const pastCursor = after
    ? [
        {
          $match: {
            $or: [
              { [at]: { [beyond]: after.at } },
              { [at]: after.at, 'reply._id': { [beyond]: after.id as ReplyId } },
            ],
          },
        },
      ]
    : [];
  return replies(db)
    .aggregate<QueueRow>([
      { $match: { state: { $in: [...queueViews[view]] } } },
      // The history grows for ever: it is cut by the index before its cases are looked up.
      ...(over ? [{ $sort: { updatedAt: -1, _id: -1 } }] : []),
      ofCase(scope),
      { $unwind: '$case' },
      { $project: { _id: 0, reply: '$$ROOT', case: '$case', sortAt } },
      { $unset: 'reply.case' },
      ...pastCursor,
      ...(over ? [] : [{ $sort: { sortAt: 1, 'reply._id': order } }]),
      { $limit: limit },
    ])
    .toArray();
}

/** How many replies the person has in each view, each exact to `limit`, which then means "that many or more". */
export async function countQueue(
  db: Db,
  scope: CaseScope,
  limit: number,
): Promise<Readonly<Record<QueueView, number>>> {
  const counted = Object.entries(queueViews).map(async ([view, states]) => {
    const [row] = await replies(db)
      .aggregate<{ n: number }>([
        { $match: { state: { $in: [...states] } } },
        ofCase(scope),
        { $match: { 'case.0': { $exists: true } } },
        { $limit: limit },
        { $count: 'n' },
      ])
      .toArray();
    return [view, row?.n ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(counted)) as Record<QueueView, number>;
}
