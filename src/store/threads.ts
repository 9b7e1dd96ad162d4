import type { Db, Filter } from 'mongodb';
import type { Case, CaseState } from '../domain/case.ts';
import type { CaseNumber, MentionId, PlatformId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Reply, ReplyState } from '../domain/reply.ts';
import type { CaseScope } from './case-list.ts';
import { cases } from './cases.ts';
import { mentions } from './mentions.ts';
import { replies } from './replies.ts';

export interface ThreadFilter {
  readonly view: 'baru' | 'perlu-dicek' | 'menunggu-persetujuan' | 'semua';
  readonly agency?: string | undefined;
  readonly platform?: PlatformId | undefined;
  readonly scope: CaseScope;
}

/** The inbox's unit: the case if there is one, else its first message. */
export interface Thread {
  readonly id: string;
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

/** At most so many submitted replies make the view "Menunggu persetujuan". */
const longestQueue = 1_000;

function ofAgency(agency: string): Filter<Case> {
  return { $or: [{ agency }, { companion: agency }] };
}

interface CaseFilter {
  readonly state?: CaseState | undefined;
  readonly agency?: string | undefined;
  readonly platform?: PlatformId | undefined;
  readonly scope: CaseScope;
}

function caseQuery(filter: CaseFilter): Filter<Case> {
  const both: Filter<Case>[] = [];
  if (filter.agency) both.push(ofAgency(filter.agency));
  if (filter.scope.agency) both.push(ofAgency(filter.scope.agency));
  if (filter.platform) both.push({ platform: filter.platform });
  if (filter.state) both.push({ state: filter.state });
  if (!filter.scope.secret) both.push({ secret: false });
  return both.length > 0 ? { $and: both } : {};
}

/** @returns null when the view shows no cases */
async function casesOfView(db: Db, filter: ThreadFilter): Promise<Filter<Case> | null> {
  const { view, ...rest } = filter;
  if (view === 'perlu-dicek') return null;
  if (view === 'baru') return caseQuery({ ...rest, state: 'baru' });
  if (view === 'semua') return caseQuery(rest);
  const submitted = await replies(db)
    .find({ state: 'submitted' })
    .project<Pick<Reply, 'caseId'>>({ caseId: 1 })
    .limit(longestQueue)
    .toArray();
  return { $and: [caseQuery(rest), { _id: { $in: submitted.map((reply) => reply.caseId) } }] };
}

/** Messages without a case. @returns null when the view shows none */
function mentionsOfView(filter: ThreadFilter): Filter<Mention> | null {
  if (filter.view !== 'perlu-dicek' && filter.view !== 'semua') return null;
  const both: Filter<Mention>[] = [{ caseId: null, archived: false }];
  if (filter.view === 'perlu-dicek') both.push({ 'classification.decided': false, deletedAt: null });
  for (const agency of [filter.agency, filter.scope.agency]) {
    if (agency)
      both.push({ $or: [{ 'classification.agency': agency }, { 'classification.companion': agency }] });
  }
  if (filter.platform) both.push({ platform: filter.platform });
  // Not classified yet counts as secret.
  if (!filter.scope.secret) both.push({ 'classification.secret': false });
  return { $and: both };
}

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
async function withRoots(db: Db, found: readonly Case[]): Promise<Thread[]> {
  const roots = await rootsOf(db, found);
  return found.map((one) => ({
    id: one._id,
    at: one.openedAt,
    case: one,
    mention: roots.get(one.rootMentionId) ?? null,
  }));
}

/** Newest first by when the citizen wrote. */
export async function listThreads(db: Db, filter: ThreadFilter, page: PageOf): Promise<Thread[]> {
  const [caseFilter, mentionFilter] = [await casesOfView(db, filter), mentionsOfView(filter)];
  const [ofCases, ofMentions] = await Promise.all([
    caseFilter ? caseThreads(db, caseFilter, page) : [],
    mentionFilter ? mentionThreads(db, mentionFilter, page) : [],
  ]);
  return [...ofCases, ...ofMentions].sort(older).slice(0, page.limit);
}

async function caseThreads(db: Db, filter: Filter<Case>, page: PageOf): Promise<Thread[]> {
  const { limit, after } = page;
  const beyond: Filter<Case> = after
    ? { $or: [{ openedAt: { $lt: after.at } }, { openedAt: after.at, _id: { $lt: after.id as CaseNumber } }] }
    : {};
  const found = await cases(db)
    .find({ $and: [filter, beyond] })
    .sort({ openedAt: -1, _id: -1 })
    .limit(limit)
    .toArray();
  return withRoots(db, found);
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
export async function countThreads(db: Db, filter: ThreadFilter, limit: number): Promise<number> {
  const [caseFilter, mentionFilter] = [await casesOfView(db, filter), mentionsOfView(filter)];
  const [ofCases, ofMentions] = await Promise.all([
    caseFilter ? cases(db).countDocuments(caseFilter, { limit }) : 0,
    mentionFilter ? mentions(db).countDocuments(mentionFilter, { limit }) : 0,
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
          pipeline: [{ $match: caseQuery({ scope }) }],
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
