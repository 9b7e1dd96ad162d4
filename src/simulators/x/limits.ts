import type { Clock } from '../../core/clock.ts';
import { MINUTE } from '../../core/clock.ts';

export type Endpoint = 'mentions' | 'timeline' | 'search' | 'lookup' | 'create' | 'delete' | 'me' | 'token';
export type AuthContext = 'app' | 'user';
export type Limits = Readonly<Record<Endpoint, Readonly<Record<AuthContext, number>>>>;

const windowMs = 15 * MINUTE;

/** Requests per 15 minutes. Source: X rate-limit page, Aug 2026 (pay per use). */
export const publishedLimits: Limits = {
  mentions: { app: 450, user: 300 },
  timeline: { app: 10_000, user: 900 },
  search: { app: 450, user: 300 },
  lookup: { app: 3_500, user: 5_000 },
  create: { app: 100, user: 100 },
  delete: { app: 50, user: 50 },
  me: { app: 75, user: 75 },
  token: { app: 1_000, user: 1_000 },
};

export interface Window {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Date;
  readonly exceeded: boolean;
}

/** Counts requests in windows that open with the first request. */
export function rateWindows(
  clock: Clock,
  limits: Limits,
): (endpoint: Endpoint, context: AuthContext) => Window {
  const open = new Map<string, { used: number; resetAt: Date }>();
  return (endpoint, context) => {
    const key = `${endpoint} ${context}`;
    const now = clock.now();
    let window = open.get(key);
    if (!window || now >= window.resetAt) {
      window = { used: 0, resetAt: new Date(now.getTime() + windowMs) };
      open.set(key, window);
    }
    window.used += 1;
    const limit = limits[endpoint][context];
    return {
      limit,
      remaining: Math.max(0, limit - window.used),
      resetAt: window.resetAt,
      exceeded: window.used > limit,
    };
  };
}

export function rateHeaders({ limit, remaining, resetAt }: Omit<Window, 'exceeded'>): Record<string, string> {
  return {
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String(Math.ceil(resetAt.getTime() / 1_000)),
  };
}
