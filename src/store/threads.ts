import type { Db, Filter } from 'mongodb';
import type { Case } from '../domain/case.ts';
import type { CaseNumber, MentionId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Reply, ReplyState } from '../domain/reply.ts';
import type { ThreadFilter } from '../domain/thread-filter.ts';
import { type CaseScope, scopeQuery } from './case-list.ts';
import { cases } from './cases.ts';
import { mentions } from './mentions.ts';
import { replies } from './replies.ts';
import { type Asking, threadQuery } from './thread-query.ts';

/** The inbox's unit: the case if there is one, else its first message. */
export interface Thread {
  readonly id: string;
  /** What the list is sorted by: when the citizen wrote, or the deadline in the view "Hampir lewat batas". */
  readonly at: Date;
  readonly case: Case | null;
  /** Null when a case's first message is not in the database (an import without texts). */
  readonly mention: Mention | null;
}

/** Sort keys of the last row seen. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

interface PageOf {
  readonly limit: number;
  readonly after: Place | null;
}

/** The parts of a mention that no screen shows. */
const forScreen = { raw: 0, tokens: 0 } as const;

function older(a: Thread, b: Thread): number {
  const newestFirst = b.at.getTime() - a.at.getTime();
  if (newestFirst !== 0) return newestFirst;
  return a.id < b.id ? 1 : -1;
}

async function rootsOf(db: Db, found: readonly Case[]): Promise<Map<MentionId, Mention>> {
  const roots = await mentions(db)
    .find({ _id: { $in: found.map((one) => one.rootMentionId) } }, { projection: forScreen })
    .toArray();
  return new Map(roots.map((mention) => [mention._id, mention]));
}

/** The first message of each of these cases, with the parts that a screen shows. */
async function withRoots(db: Db, found: readonly Case[], order: Order): Promise<Thread[]> {
  const roots = await rootsOf(db, found);
  return found.map((one) => ({
    id: one._id,
    at: (order === 'due' ? one.dueAt : null) ?? one.openedAt,
    case: one,
    mention: roots.get(one.rootMentionId) ?? null,
  }));
}

type Order = 'newest' | 'due';

/** Everything is shown newest first by when the citizen wrote; only deadlines, soonest first. */
function orderOf({ view }: ThreadFilter): Order {
  return view === 'hampir-lewat' ? 'due' : 'newest';
}

export async function listThreads(
  db: Db,
  filter: ThreadFilter,
  asking: Asking,
  page: PageOf,
): Promise<Thread[]> {
  const query = await threadQuery(db, filter, asking);
  const order = orderOf(filter);
  const [ofCases, ofMentions] = await Promise.all([
    query.cases ? caseThreads(db, query.cases, order, page) : [],
    query.mentions ? mentionThreads(db, query.mentions, page) : [],
  ]);
  // Deadlines come from one list, which is in order already.
  return order === 'due' ? ofCases : [...ofCases, ...ofMentions].sort(older).slice(0, page.limit);
}

function beyondCase(order: Order, after: Place | null): Filter<Case> {
  if (!after) return {};
  const [at, id] = [after.at, after.id as CaseNumber];
  if (order === 'due') return { $or: [{ dueAt: { $gt: at } }, { dueAt: at, _id: { $gt: id } }] };
  return { $or: [{ openedAt: { $lt: at } }, { openedAt: at, _id: { $lt: id } }] };
}

async function caseThreads(db: Db, filter: Filter<Case>, order: Order, page: PageOf): Promise<Thread[]> {
  const found = await cases(db)
    .find({ $and: [filter, beyondCase(order, page.after)] })
    .sort(order === 'due' ? { dueAt: 1, _id: 1 } : { openedAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
  return withRoots(db, found, order);
}

async function mentionThreads(db: Db, filter: Filter<Mention>, page: PageOf): Promise<Thread[]> {
  const { limit, after } = page;
  const beyond: Filter<Mention> = after
    ? { $or: [{ postedAt: { $lt: after.at } }, { postedAt: after.at, _id: { $lt: after.id as MentionId } }] }
    : {};
  const found = await mentions(db)
    .find({ $and: [filter, beyond] }, { projection: forScreen })
    .sort({ postedAt: -1, _id: -1 })
    .limit(limit)
    .toArray();
  return found.map((mention) => ({ id: mention._id, at: mention.postedAt, case: null, mention }));
}

/** Exact up to `limit`, which then means "that many or more". The same filter as the list. */
export async function countThreads(
  db: Db,
  filter: ThreadFilter,
  asking: Asking,
  limit: number,
): Promise<number> {
  const query = await threadQuery(db, filter, asking);
  const [ofCases, ofMentions] = await Promise.all([
    query.cases ? cases(db).countDocuments(query.cases, { limit }) : 0,
    query.mentions ? mentions(db).countDocuments(query.mentions, { limit }) : 0,
  ]);
  return Math.min(ofCases + ofMentions, limit);
}

/** Replies with their case, oldest change first: the one that waits longest is on top. */
export async function listRepliesWithCase(
  db: Db,
  filter: {
    readonly state?: ReplyState | undefined;
    readonly caseId?: CaseNumber | undefined;
    readonly scope: CaseScope;
  },
  page: PageOf,
): Promise<{ readonly reply: Reply; readonly case: Case }[]> {
  const { scope, ...query } = filter;
  const { after } = page;
  const beyond: Filter<Reply> = after
    ? {
        $or: [
          { updatedAt: { $gt: after.at } },
          { updatedAt: after.at, _id: { $gt: after.id as Reply['_id'] } },
        ],
      }
    : {};
  return replies(db)
    .aggregate<{ reply: Reply; case: Case }>([
      {
        $match: {
          $and: [
            { ...(query.state && { state: query.state }), ...(query.caseId && { caseId: query.caseId }) },
            beyond,
          ],
        },
      },
      { $sort: { updatedAt: 1, _id: 1 } },
      {
        $lookup: {
          from: 'cases',
          localField: 'caseId',
          foreignField: '_id',
          pipeline: [{ $match: scopeQuery(scope) }],
          as: 'case',
        },
      },
      { $unwind: '$case' },
      { $limit: page.limit },
      { $project: { _id: 0, reply: '$$ROOT', case: '$case' } },
    ])
    .toArray();
}

/** The messages of one case, oldest first. */
export function messagesOf(db: Db, one: Case): Promise<Mention[]> {
  const ids = [...new Set([one.rootMentionId, ...one.mentionIds, ...one.supporterIds])].slice(0, 500);
  return mentions(db)
    .find({ _id: { $in: ids } }, { projection: forScreen })
    .sort({ postedAt: 1, _id: 1 })
    .toArray();
}
