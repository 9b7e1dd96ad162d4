/** The browser's time; the only place that asks for it. */
export function now(): Date {
  return new Date();
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
