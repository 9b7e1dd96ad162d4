/** Where the time comes from. Everything that needs it takes a Clock, so that a test can set it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until moved. For tests and replays. */
export function fixedClock(start: string | Date): Clock & { advance(ms: number): void; set(to: Date): void } {
  let current = new Date(start);
  return {
    now: () => new Date(current),
    advance(ms) {
      current = new Date(current.getTime() + ms);
    },
    set(to) {
      current = new Date(to);
    },
  };
}

/** Milliseconds that never jump back, for deadlines within one process. */
export function monotonicNow(): number {
  return performance.now();
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
