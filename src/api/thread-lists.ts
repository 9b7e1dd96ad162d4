import { startOfIsoDay } from '../cases/working-days.ts';
import { DAY } from '../core/clock.ts';
import type { UserId } from '../domain/ids.ts';
import type { Presence } from '../domain/presence.ts';
import type { ThreadFilter } from '../domain/thread-filter.ts';
import type { CaseScope } from '../store/case-list.ts';
import { presentAt } from '../store/presence.ts';
import type { Asking } from '../store/thread-query.ts';
import { countThreads, type Thread } from '../store/threads.ts';
import { userNames } from '../store/users.ts';
import { searchTokens } from '../text/search-tokens.ts';
import type { ThreadFilter as AskedFilter } from './contract/inbox.ts';
import type { Thread as ThreadLine } from './contract/shapes.ts';
import type { ApiDeps } from './deps.ts';
import { threadView } from './views.ts';
import { agencyName, subjectName } from './why.ts';

/** Counts on the screen are exact to here. */
const countTo = 1_000;

const aNumber = /^[a-z]{2,5}-\d{4}-\d{6}$/i;

/** The words of a search box: a case number stands for itself. */
function wordsOf(q: string | undefined): readonly string[] | undefined {
  const typed = q?.trim() ?? '';
  if (typed === '') return undefined;
  if (aNumber.test(typed)) return [typed.toUpperCase()];
  const words = searchTokens(typed);
  // Nothing to look for in "!!!": nothing is found, rather than everything.
  return words.length > 0 ? words : ['\u0000'];
}

/** A filter as a person or a link says it, as the store understands it: days in WIB become moments. */
export function filterOf(asked: AskedFilter): ThreadFilter {
  const { q, from, to, assignee, ...rest } = asked;
  return {
    ...rest,
    assignee: assignee as UserId | undefined,
    from: from === undefined ? undefined : startOfIsoDay(from),
    before: to === undefined ? undefined : new Date(startOfIsoDay(to).getTime() + DAY),
    words: wordsOf(q),
  };
}

export interface ShownCount {
  readonly count: number;
  readonly more: boolean;
}

export function shownCount(count: number): ShownCount {
  return { count: Math.min(count, countTo), more: count > countTo };
}

/** One more than is shown, so that "1.000+" is known. */
export const countLimit = countTo + 1;

export async function countOf(deps: ApiDeps, filter: ThreadFilter, asking: Asking): Promise<ShownCount> {
  return shownCount(await countThreads(deps.db, filter, asking, countLimit));
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
  const [present, names] = await Promise.all([
    presentAt(
      deps.db,
      threads.map((thread) => thread.id),
      asking,
    ),
    userNames(deps.db, assignees),
  ]);
  return threads.map((thread) => {
    const line = threadView(thread);
    return {
      ...line,
      agencyName: agencyName(deps, line.agency),
      subjectName: subjectName(deps, line.subject),
      assigneeName: line.assignee && (names.get(line.assignee) ?? line.assignee),
      present: presentView(present.get(thread.id)),
    };
  });
}
