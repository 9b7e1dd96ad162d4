import { DAY, HOUR } from '../shared/clock.ts';
import { dayOf } from '../shared/period.ts';

/** When the office opens, in WIB. */
const opening = '08:00:00+07:00';

/**
 * The usual times to come back: in two hours, tomorrow and next Monday when the office opens.
 * @returns ISO 8601, the soonest first
 */
export function snoozeTimes(now: Date): string[] {
  const soon = new Date(now.getTime() + 2 * HOUR).toISOString();
  const tomorrow = `${dayOf(new Date(now.getTime() + DAY))}T${opening}`;
  const daysAhead = Array.from({ length: 7 }, (_, n) => new Date(now.getTime() + (n + 1) * DAY));
  const monday = daysAhead.find((day) => new Date(`${dayOf(day)}T00:00:00Z`).getUTCDay() === 1);
  const all = [soon, tomorrow, ...(monday ? [`${dayOf(monday)}T${opening}`] : [])];
  return [...new Set(all)];
}
