import { DAY, HOUR } from '../core/clock.ts';
import { handoverStates, handoverViews } from '../domain/handover.ts';
import type { CaseNumber, UserId } from '../domain/ids.ts';
import { type CaseGroup, countCasesBy } from '../store/case-groups.ts';
import { readStopSwitch } from '../store/stop-switch.ts';
import type { Asking } from '../store/thread-query.ts';
import { listThreads } from '../store/threads.ts';
import { userNames } from '../store/users.ts';
import type { HandoverShape } from './contract/handover.ts';
import type { ApiDeps } from './deps.ts';
import { handoverText } from './handover-text.ts';
import { readQueueCounts } from './reply-review.ts';
import { countOf } from './thread-lists.ts';
import { agencyName } from './why.ts';

/** As many deadlines as are read out. */
const mostDeadlines = 12;
const wibMs = 7 * HOUR;
const nightEnds = 8 * HOUR;

/** The next eight o'clock in WIB: who starts then finds what woke up until then. */
function endOfNight(now: Date): Date {
  const eight = Math.floor((now.getTime() + wibMs - nightEnds) / DAY) * DAY + nightEnds - wibMs;
  return new Date(eight + DAY);
}

type People = HandoverShape['people'];

/** One line a person out of one list of groups a state. Whoever has nothing is left out; nobody comes first. */
function peopleOf(
  byState: readonly (readonly CaseGroup[])[],
  near: readonly CaseGroup[],
  names: ReadonlyMap<string, string>,
): People {
  const keys = new Set(byState.flatMap((groups) => groups.map(({ key }) => key)));
  const countOfKey = (groups: readonly CaseGroup[] | undefined, id: string | null) =>
    groups?.find(({ key }) => key === id)?.count ?? 0;
  const people = [...keys].map((id) => {
    const states = handoverStates.map((state, at) => ({ state, count: countOfKey(byState[at], id) }));
    return {
      id,
      name: id === null ? null : (names.get(id) ?? id),
      states: states.filter(({ count }) => count > 0),
      total: states.reduce((sum, { count }) => sum + count, 0),
      near: countOfKey(near, id),
    };
  });
  return people.sort(
    (a, b) => Number(b.id === null) - Number(a.id === null) || b.near - a.near || b.total - a.total,
  );
}

async function soonestOf(deps: ApiDeps, asking: Asking): Promise<HandoverShape['soonest']> {
  const page = { limit: mostDeadlines, after: null };
  const threads = await listThreads(deps.db, { view: 'hampir-lewat' }, asking, page);
  const found = threads.flatMap(({ case: one }) => one ?? []);
  const names = await userNames(
    deps.db,
    found.flatMap(({ assignee }) => assignee ?? []),
  );
  return found.map(({ _id, agency, dueAt, assignee, secret }) => ({
    number: _id as CaseNumber,
    agencyName: agencyName(deps, agency),
    dueAt: dueAt ?? asking.now,
    assigneeName: assignee && (names.get(assignee) ?? assignee),
    secret,
  }));
}

/** "Serah terima": what of all that this person sees waits, and for whom. Reads; decides and assigns nothing. */
export async function readHandover(deps: ApiDeps, asking: Asking): Promise<HandoverShape> {
  const { db } = deps;
  const tonight = endOfNight(asking.now);
  const [views, byState, near, silent, soonest, waking, replies, stop] = await Promise.all([
    Promise.all(handoverViews.map(async (view) => [view, await countOf(deps, { view }, asking)] as const)),
    Promise.all(
      handoverStates.map((state) => countCasesBy(db, 'assignee', { view: 'aduan', state }, asking)),
    ),
    countCasesBy(db, 'assignee', { view: 'hampir-lewat' }, asking),
    countCasesBy(db, 'agency', { view: 'opd-belum-menjawab' }, asking),
    soonestOf(deps, asking),
    countOf(deps, { view: 'ingatkan-nanti', wakesBefore: tonight }, asking),
    readQueueCounts(deps, asking.scope),
    readStopSwitch(db),
  ]);
  const names = await userNames(
    db,
    byState.flat().flatMap(({ key }) => (key === null ? [] : [key as UserId])),
  );
  const figures = {
    at: asking.now,
    tonight,
    views: Object.fromEntries(views) as HandoverShape['views'],
    people: peopleOf(byState, near, names),
    soonest,
    waking,
    silent: silent.map(({ key, ...row }) => ({ ...row, agency: key, name: agencyName(deps, key) })),
    replies,
    sendingStopped: stop.stopped,
  };
  return { ...figures, text: handoverText(figures, deps.mode === 'demo') };
}
