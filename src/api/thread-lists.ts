import type { UserId } from '../domain/ids.ts';
import type { Presence } from '../domain/presence.ts';
import type { ThreadFilter } from '../domain/thread-filter.ts';
import type { CaseScope } from '../store/case-list.ts';
import { presentAt } from '../store/presence.ts';
import type { Asking } from '../store/thread-query.ts';
import { countThreads, type Thread } from '../store/threads.ts';
import { userNames } from '../store/users.ts';
import type { Thread as ThreadLine } from './contract/shapes.ts';
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
