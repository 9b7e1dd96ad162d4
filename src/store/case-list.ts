import type { Filter } from 'mongodb';
import type { Case, CaseKind, CaseState } from '../domain/case.ts';
import type { CaseNumber, MentionId, PlatformId, UserId } from '../domain/ids.ts';
import type { Cases } from './cases.ts';

/** What of all cases a person may see (scopeOf in domain/policies.ts). */
export interface CaseScope {
  /** Only cases that this agency handles or accompanies; null: of all agencies. */
  readonly agency: string | null;
  /** False leaves out secret cases. */
  readonly secret: boolean;
}

export interface CaseFilter {
  readonly states?: readonly CaseState[] | undefined;
  readonly agency?: string | undefined;
  readonly platform?: PlatformId | undefined;
  readonly kind?: CaseKind | undefined;
  readonly subject?: string | undefined;
  readonly assignee?: UserId | undefined;
  readonly dueBefore?: Date | undefined;
  /** Citizen's time of writing: from this one, before that one. */
  readonly openedFrom?: Date | undefined;
  readonly openedBefore?: Date | undefined;
}

/** `newest`: by when the citizen wrote. `due`: soonest deadline first, without cases that have none. */
export type CaseOrder = 'newest' | 'due';

/** Place in a list: the last row's sort keys (`openedAt` or `dueAt`, and the number). */
export interface CaseCursor {
  readonly at: Date;
  readonly id: CaseNumber;
}

/** What the person may see, as a part of any query over cases. */
export function scopeQuery(scope: CaseScope): Filter<Case> {
  return {
    ...(scope.agency !== null && { $or: [{ agency: scope.agency }, { companion: scope.agency }] }),
    ...(!scope.secret && { secret: false }),
  };
}

function toQuery(filter: CaseFilter, scope: CaseScope): Filter<Case>[] {
  const parts: Filter<Case>[] = [scopeQuery(scope)];
  if (filter.states) parts.push({ state: { $in: [...filter.states] } });
  if (filter.agency !== undefined) parts.push({ agency: filter.agency });
  if (filter.platform !== undefined) parts.push({ platform: filter.platform });
  if (filter.kind !== undefined) parts.push({ kind: filter.kind });
  if (filter.subject !== undefined) parts.push({ subject: filter.subject });
  if (filter.assignee !== undefined) parts.push({ assignee: filter.assignee });
  if (filter.dueBefore) parts.push({ dueAt: { $ne: null, $lt: filter.dueBefore } });
  if (filter.openedFrom) parts.push({ openedAt: { $gte: filter.openedFrom } });
  if (filter.openedBefore) parts.push({ openedAt: { $lt: filter.openedBefore } });
  return parts;
}

function afterCursor(order: CaseOrder, { at, id }: CaseCursor): Filter<Case> {
  if (order === 'newest') return { $or: [{ openedAt: { $lt: at } }, { openedAt: at, _id: { $lt: id } }] };
  return { $or: [{ dueAt: { $gt: at } }, { dueAt: at, _id: { $gt: id } }] };
}

/** One page of what the person may see. */
export function listCases(
  cases: Cases,
  filter: CaseFilter,
  scope: CaseScope,
  page: { readonly order: CaseOrder; readonly limit: number; readonly after?: CaseCursor | undefined },
): Promise<Case[]> {
  const parts = toQuery(filter, scope);
  if (page.order === 'due') parts.push({ dueAt: { $ne: null } });
  if (page.after) parts.push(afterCursor(page.order, page.after));
  return cases
    .find({ $and: parts })
    .sort(page.order === 'newest' ? { openedAt: -1, _id: -1 } : { dueAt: 1, _id: 1 })
    .limit(page.limit)
    .toArray();
}

/** At most so many cases are compared with one. */
const mostCompared = 200;

/** Cases of the same subject that citizens opened around the same time, newest first. */
export function casesAround(cases: Cases, one: Case, scope: CaseScope, withinMs: number): Promise<Case[]> {
  const at = one.openedAt.getTime();
  const period = { openedFrom: new Date(at - withinMs), openedBefore: new Date(at + withinMs) };
  if (one.subject === null) return Promise.resolve([]);
  return listCases(cases, { subject: one.subject, ...period }, scope, {
    order: 'newest',
    limit: mostCompared,
  });
}

/** The cases that these messages belong to, as far as the person may see them. */
export function casesOfMessages(
  cases: Cases,
  messages: readonly MentionId[],
  scope: CaseScope,
): Promise<Case[]> {
  if (messages.length === 0) return Promise.resolve([]);
  return cases.find({ $and: [{ mentionIds: { $in: [...messages] } }, scopeQuery(scope)] }).toArray();
}
