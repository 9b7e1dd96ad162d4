import { dayOf, type WorkCalendar, workCalendar, workingDaysBetween } from '../../cases/working-days.ts';
import { DAY } from '../../core/clock.ts';
import { type CaseState, finishedStates } from '../../domain/case.ts';

/** From the list that `/names` gives. @param holidays "2026-12-25" */
export function calendarOf(holidays: readonly string[]): WorkCalendar {
  return workCalendar(holidays.map((date) => ({ date })));
}

/** The deadline that somebody still has to meet; null once the case is over. */
export function openDeadline<Moment>({
  dueAt,
  state,
}: {
  readonly dueAt: Moment | null;
  readonly state: CaseState | null;
}): Moment | null {
  return state !== null && (finishedStates as readonly CaseState[]).includes(state) ? null : dueAt;
}

/** How the time to a deadline is told: late, in hours on the last day, else in the office's working days. */
export type TimeLeft =
  | { readonly is: 'late'; readonly byMs: number }
  | { readonly is: 'today'; readonly ms: number }
  | { readonly is: 'days'; readonly workingDays: number };

/** How it should look: the next working day is near. */
export function toneOf(left: TimeLeft): 'late' | 'near' | 'calm' {
  if (left.is === 'late') return 'late';
  return left.is === 'today' || left.workingDays <= 1 ? 'near' : 'calm';
}

/** Today is not counted, the day of the deadline is: on a Friday, Monday is one working day away. */
export function timeLeft(dueAt: Date, now: Date, calendar: WorkCalendar): TimeLeft {
  const left = dueAt.getTime() - now.getTime();
  if (left < 0) return { is: 'late', byMs: -left };
  if (left < DAY) return { is: 'today', ms: left };
  return { is: 'days', workingDays: workingDaysBetween(calendar, dayOf(now), dayOf(dueAt)) };
}
