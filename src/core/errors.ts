/**
 * Errors by what the caller must do. Everything that is not one of these is a bug of ours.
 *
 * - {@link PermanentError}: the same call fails the same way; do not repeat it.
 * - {@link TransientError}: may work later; the queue repeats it with its own back-off.
 * - {@link RateLimitedError}: the platform named the time to come back.
 * - {@link ChannelBrokenError}: the channel needs a person (token, permission, money); stop it and raise one alarm.
 * - {@link RefusedError}: what a person asked for is not allowed or no longer possible; tell that person.
 */
class TanggapError extends Error {
  override name = 'TanggapError';
}

/** Will fail the same way next time: a vanished post, a parameter the platform refuses. Never retried. */
export class PermanentError extends TanggapError {
  override name = 'PermanentError';
}

/** May work next time: a time-out, a 5xx. */
export class TransientError extends TanggapError {
  override name = 'TransientError';
}

/** HTTP 429 or a Meta throttle code. */
export class RateLimitedError extends TransientError {
  override name = 'RateLimitedError';
  /** How long to wait, in milliseconds. */
  readonly retryAfterMs: number;
  constructor(message: string, retryAfterMs: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterMs = retryAfterMs;
  }
}

export type BrokenReason = 'token' | 'permission' | 'money' | 'account';

/** The channel cannot go on without a person. */
export class ChannelBrokenError extends TanggapError {
  override name = 'ChannelBrokenError';
  readonly reason: BrokenReason;
  /** What the platform said, for the channel page. Never holds a token. */
  readonly platformWords: string;
  constructor(message: string, reason: BrokenReason, platformWords: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
    this.platformWords = platformWords;
  }
}

export type RefusalCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'stopped'
  | 'throttled'
  | 'not-possible';

/** A person's request that we turn down. `message` is English for logs, `id` and `en` are for people. */
export class RefusedError extends TanggapError {
  override name = 'RefusedError';
  readonly code: RefusalCode;
  /** The reason in Bahasa Indonesia and in English. */
  readonly words: { readonly id: string; readonly en: string };
  /** What the client needs to show both sides of a conflict. */
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: RefusalCode, words: { id: string; en: string }, details: Record<string, unknown> = {}) {
    super(words.en);
    this.code = code;
    this.words = words;
    this.details = details;
  }
}

/** Turns whatever was thrown into an Error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
