import { ApiRequestError, ApiResponseError } from 'twitter-api-v2';
import { type Clock, DAY, MINUTE, SECOND } from '../../core/clock.ts';
import { ChannelBrokenError, PermanentError, RateLimitedError, TransientError } from '../../core/errors.ts';
import { ErrorBody } from './schema.ts';

/** X's refusal in its own words; `kind` is the last segment of its problem type (hosts and prefixes drift). */
export interface Refusal {
  readonly status: number;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  /** For people, without anything secret. */
  readonly words: string;
  /** Parameters that X named as wrong. */
  readonly parameters: readonly string[];
  readonly headers: Readonly<Record<string, unknown>>;
}

/** @returns null when the error is no answer of X */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof ApiResponseError)) return null;
  const body = ErrorBody.parse(error.data);
  const title = body.title ?? '';
  const detail = body.detail ?? body.errors?.[0]?.message ?? '';
  return {
    status: error.code,
    kind: (body.type ?? '').split('/').at(-1) ?? '',
    title,
    detail,
    words: `HTTP ${error.code} ${[title, detail].filter((part) => part !== '').join(': ')}`
      .trim()
      .slice(0, 300),
    parameters: (body.errors ?? []).flatMap((one) => Object.keys(one.parameters ?? {})),
    headers: error.headers,
  };
}

/** A since_id that is too old: the platform wants a larger one, or none. */
export function isStaleCursor(refusal: Refusal | null): boolean {
  return refusal?.status === 400 && refusal.parameters.includes('since_id');
}

/** Without a reset time, one of X's windows. */
const unknownWindowMs = 15 * MINUTE;
/** A used-up month is asked again after a day: somebody may have raised the cap. */
const longestWaitMs = DAY;

/** How long a 429 says to wait. A used-up monthly cap is told apart: its rate headers look healthy. */
export function waitMs(refusal: Refusal, clock: Clock): number {
  const now = clock.now();
  if (refusal.kind === 'usage-capped' || refusal.title === 'UsageCapExceeded') {
    const nextMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
    return Math.min(nextMonth - now.getTime(), longestWaitMs);
  }
  const resetS = Number(refusal.headers['x-rate-limit-reset']);
  if (!Number.isFinite(resetS) || resetS <= 0) return unknownWindowMs;
  return Math.min(Math.max(resetS * SECOND - now.getTime(), SECOND), longestWaitMs);
}

/** What a failed read means for the caller. The cause carries no request, because that holds the token. */
export function readError(error: unknown, clock: Clock): Error {
  if (error instanceof ChannelBrokenError || error instanceof TransientError) return error;
  const refusal = refusalOf(error);
  if (!refusal) return new TransientError('x: no readable answer', { cause: new Error(networkCode(error)) });
  const { status, words } = refusal;
  const cause = new Error(words);
  switch (status) {
    case 401:
      return new ChannelBrokenError('x: token refused', 'token', words, { cause });
    case 402:
      return new ChannelBrokenError('x: out of credits', 'money', words, { cause });
    case 403:
      return new ChannelBrokenError(
        'x: not allowed',
        /suspended/i.test(words) ? 'account' : 'permission',
        words,
        { cause },
      );
    case 429:
      return new RateLimitedError('x: rate limited', waitMs(refusal, clock), { cause });
    default:
      return status >= 500
        ? new TransientError('x: server error', { cause })
        : new PermanentError('x: request refused', { cause });
  }
}

/** The system's code of a network error, for example `ECONNREFUSED`; else its message. */
export function networkCode(error: unknown): string {
  // twitter-api-v2 keeps the cause of an ApiRequestError in a place that its own getter misses.
  const hidden: unknown =
    error instanceof ApiRequestError
      ? (error as unknown as { _options?: { error?: unknown } })._options?.error
      : undefined;
  const root: unknown = hidden ?? error;
  if (typeof root !== 'object' || root === null) return String(root);
  if ('code' in root && typeof root.code === 'string') return root.code;
  return 'message' in root ? String(root.message) : 'unknown error';
}
