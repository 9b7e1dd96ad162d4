import { z } from 'zod';
import { MINUTE } from '../../core/clock.ts';

/**
 * How much of Meta's allowance is used, from `X-App-Usage` and `X-Business-Use-Case-Usage`. Both count percent of a
 * rolling window; the headers appear only after enough calls. Source: Graph API, "Rate limits".
 */
export interface Usage {
  /** The highest of all percentages; 0 when no header came. */
  readonly percent: number;
  /** Meta's own estimate until calls work again, in milliseconds; 0 when it names none. */
  readonly regainMs: number;
}

export const noUsage: Usage = { percent: 0, regainMs: 0 };

const Counts = z.object({
  call_count: z.number().default(0),
  total_time: z.number().default(0),
  total_cputime: z.number().default(0),
  /** Minutes. */
  estimated_time_to_regain_access: z.number().default(0),
});
const AppUsage = Counts;
const BusinessUsage = z.record(z.string(), z.array(Counts));

/** From here on the polls are spread out; throttled at 100. Source: Graph API, "Rate limits" (advice, not a limit). */
const SLOW_FROM_PERCENT = 75;
const SLOWEST_MS = 10 * MINUTE;
/** When Meta throttles and names no time: its windows are an hour long, and calls made meanwhile lengthen them. */
const UNNAMED_WAIT_MS = 15 * MINUTE;

export function readUsage(headers: Readonly<Record<string, unknown>>): Usage {
  const app = AppUsage.safeParse(fromHeader(headers['x-app-usage']));
  const business = BusinessUsage.safeParse(fromHeader(headers['x-business-use-case-usage']));
  const counts = [
    ...(app.success ? [app.data] : []),
    ...(business.success ? Object.values(business.data).flat() : []),
  ];
  return {
    percent: Math.max(0, ...counts.flatMap((each) => [each.call_count, each.total_time, each.total_cputime])),
    regainMs: Math.max(0, ...counts.map((each) => each.estimated_time_to_regain_access)) * MINUTE,
  };
}

/** How long to stay away after a throttle error, in milliseconds. */
export function throttleWaitMs(usage: Usage): number {
  return usage.regainMs > 0 ? usage.regainMs : UNNAMED_WAIT_MS;
}

/** Pause before the next poll: none under 75 %, growing to 10 minutes, the whole wait when nothing is left. */
export function pauseMs(usage: Usage): number {
  if (isUsedUp(usage)) return throttleWaitMs(usage);
  if (usage.percent < SLOW_FROM_PERCENT) return 0;
  return Math.ceil(((usage.percent - SLOW_FROM_PERCENT + 1) / (100 - SLOW_FROM_PERCENT)) * SLOWEST_MS);
}

export function isUsedUp(usage: Usage): boolean {
  return usage.percent >= 100;
}

function fromHeader(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > 20_000) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
