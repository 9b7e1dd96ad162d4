import { DAY } from './clock.ts';

/** A period in days, both included, as WIB counts them (`2026-11-24`). */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The day in WIB. */
export function dayOf(at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Asia/Jakarta' }).format(at);
}

/** The last `days` days up to today. */
export function lastDays(now: Date, days: number): Period {
  return { from: dayOf(new Date(now.getTime() - (days - 1) * DAY)), to: dayOf(now) };
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** From an address; null when it holds no period that makes sense. */
export function readPeriod(from: unknown, to: unknown): Period | null {
  if (typeof from !== 'string' || typeof to !== 'string' || !day.test(from) || !day.test(to)) return null;
  return from <= to ? { from, to } : null;
}
