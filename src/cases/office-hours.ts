import { HOUR, MINUTE } from '../core/clock.ts';
import { dayOf, endOfDay, type WorkCalendar } from './working-days.ts';

/** When the office is open on a working day, in minutes of the WIB day. */
export interface OfficeHours {
  readonly from: number;
  readonly to: number;
}

function startOfDay(at: Date): number {
  return endOfDay(dayOf(at) - 1).getTime() + 1;
}

export function isOfficeTime(calendar: WorkCalendar, hours: OfficeHours, at: Date): boolean {
  if (!calendar.isWorkingDay(dayOf(at))) return false;
  const minute = (at.getTime() - startOfDay(at)) / MINUTE;
  return minute >= hours.from && minute < hours.to;
}

/**
 * The moment from which a message disturbs nobody: now, or the end of the quiet hours that are on. They may reach over
 * midnight; the same minute twice means none.
 */
export function afterQuiet(quiet: OfficeHours, at: Date): Date {
  const today = startOfDay(at);
  const minute = (at.getTime() - today) / MINUTE;
  const { from, to } = quiet;
  const isQuiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return at;
  return new Date(today + (minute < to ? to : to + 24 * 60) * MINUTE);
}

/** Hours during which the office was open between the two moments; 0 when `to` is not later. */
export function officeHoursBetween(calendar: WorkCalendar, hours: OfficeHours, from: Date, to: Date): number {
  let open = 0;
  for (let day = dayOf(from); day <= dayOf(to); day += 1) {
    if (!calendar.isWorkingDay(day)) continue;
    const start = endOfDay(day - 1).getTime() + 1;
    const opens = Math.max(start + hours.from * MINUTE, from.getTime());
    const closes = Math.min(start + hours.to * MINUTE, to.getTime());
    open += Math.max(0, closes - opens);
  }
  return open / HOUR;
}
