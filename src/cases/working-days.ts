import { DAY, HOUR } from '../core/clock.ts';
import type { Holiday } from '../domain/agency.ts';

/** WIB is UTC+7 all year; Indonesia has no daylight saving time. */
const WIB = 7 * HOUR;

/** A calendar day in WIB, counted from 1970-01-01. */
export type Day = number;

export function dayOf(at: Date): Day {
  return Math.floor((at.getTime() + WIB) / DAY);
}

/** Midnight in WIB with which the ISO day begins. */
export function startOfIsoDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - WIB);
}

/** The last millisecond of the day: 23.59.59,999 WIB. */
export function endOfDay(day: Day): Date {
  return new Date((day + 1) * DAY - WIB - 1);
}

/** `2026-11-30`, the date in WIB. */
export function isoDay(day: Day): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export function yearOf(at: Date): number {
  return new Date(at.getTime() + WIB).getUTCFullYear();
}

/** Says which days people work: Monday to Friday without the holidays. */
export interface WorkCalendar {
  /** ISO days. */
  readonly holidays: readonly string[];
  isWorkingDay(day: Day): boolean;
}

export function workCalendar(holidays: readonly Pick<Holiday, 'date'>[]): WorkCalendar {
  const off = new Set(holidays.map((holiday) => holiday.date));
  return {
    holidays: [...off],
    isWorkingDay(day) {
      // 1970-01-01 was a Thursday, so day 2 was the first Saturday.
      const weekend = (day + 5) % 7 <= 1;
      return !weekend && !off.has(isoDay(day));
    },
  };
}

/** No office is closed for longer; beyond it the holiday list is broken. */
const longestClosure = 366;

/**
 * The day on which the given number of working days after `from` is over. `from` itself is not counted, so one working
 * day after a Friday or a Saturday is Monday; zero gives `from` back.
 * @throws {RangeError} when the calendar knows no working day for a whole year
 */
export function addWorkingDays(calendar: WorkCalendar, from: Day, count: number): Day {
  let day = from;
  let closed = 0;
  for (let left = count; left > 0; ) {
    day += 1;
    if (calendar.isWorkingDay(day)) {
      left -= 1;
      closed = 0;
    } else {
      closed += 1;
    }
    if (closed > longestClosure) throw new RangeError('The calendar holds a year without a working day');
  }
  return day;
}

/** How many working days lie after `from`, up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(calendar: WorkCalendar, from: Day, to: Day): number {
  let count = 0;
  for (let day = from + 1; day <= to; day += 1) if (calendar.isWorkingDay(day)) count += 1;
  return count;
}
