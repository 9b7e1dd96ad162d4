import type { Db } from 'mongodb';
import type { Case } from '../domain/case.ts';
import type { ThreadFilter } from '../domain/thread-filter.ts';
import { cases } from './cases.ts';
import { type Asking, threadQuery } from './thread-query.ts';

/** How many cases of a filter one person or one agency has. */
export interface CaseGroup {
  /** Null: nobody. */
  readonly key: string | null;
  readonly count: number;
  /** When the one that waits longest was written. */
  readonly oldestAt: Date;
}

/** The cases of the filter, exactly those that the inbox lists under it, counted by who has them; most first. */
export async function countCasesBy(
  db: Db,
  field: keyof Pick<Case, 'assignee' | 'agency'>,
  filter: ThreadFilter,
  asking: Asking,
): Promise<CaseGroup[]> {
  const query = await threadQuery(db, filter, asking);
  if (!query.cases) return [];
  return cases(db)
    .aggregate<CaseGroup>([
      { $match: query.cases },
      { $group: { _id: `$${field}`, count: { $sum: 1 }, oldestAt: { $min: '$openedAt' } } },
      { $sort: { count: -1, _id: 1 } },
      { $project: { _id: 0, key: { $ifNull: ['$_id', null] }, count: 1, oldestAt: 1 } },
    ])
    .toArray();
}
