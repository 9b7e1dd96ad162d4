import { type CaseState, statesOfAgency } from '../domain/case.ts';
import { forwardStateOf } from '../domain/forward.ts';
import type { UserId } from '../domain/ids.ts';
import type { Presence } from '../domain/presence.ts';
import type { ThreadFilter } from '../domain/thread-filter.ts';
import { linksOfCases } from '../store/answer-links.ts';
import type { CaseScope } from '../store/case-list.ts';
import { presentAt } from '../store/presence.ts';
import { searchWindow } from '../store/search-window.ts';
import type { Asking } from '../store/thread-query.ts';
import { countThreads, listThreads, type Thread } from '../store/threads.ts';
import { userNames } from '../store/users.ts';
import type { Thread as ThreadLine } from './contract/shapes.ts';
import { fromCursor, type PageAsked, pageBy, toCursor } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { threadView } from './views.ts';
import { agencyName, subjectName } from './why.ts';

/** Counts on the screen are exact to here. */
const countTo = 1_000;

export interface ShownCount {
  readonly count: number;
  readonly more: boolean;
}

export function shownCount(count: number): ShownCount {
  return { count: Math.min(count, countTo), more: count > countTo };
}

/** One more than is shown, so that "1.000+" is known. */
export const countLimit = countTo + 1;

/** Of a search for common words: what is in its newest part, and that there may be more. */
export async function countOf({ db }: ApiDeps, filter: ThreadFilter, asking: Asking): Promise<ShownCount> {
  const from = await searchWindow(db, filter);
  const counted = await countThreads(db, from ? { ...filter, from } : filter, asking, countLimit);
  return from ? { ...shownCount(counted), more: true } : shownCount(counted);
}

/** Before every id of the same moment: what is older comes next. */
const beforeEveryId = '!';

interface ThreadPage {
  readonly rows: Thread[];
  readonly nextCursor: string | null;
  /** What is older was not looked at yet; null: the rows are all there are, or as many as were asked for. */
  readonly searchedTo: Date | null;
}

/** A page of the inbox. One of a search may be short, or empty, and still go on. */
export async function threadPage(
  { db }: ApiDeps,
  filter: ThreadFilter,
  asking: Asking,
  page: PageAsked,
): Promise<ThreadPage> {
  const before = fromCursor(page.cursor)?.at ?? filter.before;
  const from = await searchWindow(db, { ...filter, before });
  const looked = from ? { ...filter, from } : filter;
  const found = await pageBy(
    page,
    (at) => listThreads(db, looked, asking, at),
    (thread) => thread,
  );
  if (from === null || found.nextCursor !== null) return { ...found, searchedTo: null };
  return { ...found, nextCursor: toCursor({ at: from, id: beforeEveryId }), searchedTo: from };
}

export function askingFor(deps: ApiDeps, user: { readonly _id: UserId }, scope: CaseScope): Asking {
  return { scope, user: user._id, now: deps.clock.now() };
}

export function presentView(present: readonly Presence[] | undefined) {
  return (present ?? []).map(({ user, name, doing }) => ({ user, name, doing }));
}

/** The lines of a page with what stands beside the text: names, who has it open. */
export async function threadLines(
  deps: ApiDeps,
  threads: readonly Thread[],
  asking: Asking,
): Promise<ThreadLine[]> {
  const assignees = threads.flatMap((thread) => thread.case?.assignee ?? []);
  const waiting = threads.flatMap(({ case: one }) =>
    one && (statesOfAgency as readonly CaseState[]).includes(one.state) ? one._id : [],
  );
  const [present, names, links] = await Promise.all([
    presentAt(
      deps.db,
      threads.map((thread) => thread.id),
      asking,
    ),
    userNames(deps.db, assignees),
    linksOfCases(deps.db, waiting),
  ]);
  return threads.map((thread) => {
    const line = threadView(thread);
    return {
      ...line,
      agencyName: agencyName(deps, line.agency),
      subjectName: subjectName(deps, line.subject),
      assigneeName: line.assignee && (names.get(line.assignee) ?? line.assignee),
      present: presentView(present.get(thread.id)),
      forward: forwardStateOf((thread.case && links.get(thread.case._id)) ?? [], asking.now),
    };
  });
}
