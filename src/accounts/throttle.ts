import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RateLimiterRedis } from 'rate-limiter-flexible';
import { HOUR, SECOND } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import { limiter } from './limiter.ts';

/** Checked guesses per hour. `stranger` + `known` is the most that one account ever sees: 20. */
const limits = {
  /** From one address, over all accounts. */
  address: 60,
  /** On one account from all addresses it never logged in from, and from any one of them. */
  stranger: 12,
  strangerAddress: 6,
  /** On one account from the places it did log in from: its owner gets in while strangers guess. */
  known: 8,
} as const;

export interface Throttle {
  /**
   * Counts one guess before it is checked.
   * @throws {RefusedError} `throttled`
   */
  count(guess: Guess): Promise<void>;
  /** Gives the guess back: the password was right. */
  forgive(guess: Guess): Promise<void>;
}

interface Guess {
  readonly name: string;
  readonly address: string;
  /** The account logged in from this address before. */
  readonly known: boolean;
}

/** @param key keys in Redis are hashes with it: no names, no addresses */
export function loginThrottle(deps: { redis: Redis; prefix: string; key: string }): Throttle {
  const hashed = (...parts: string[]) =>
    createHmac('sha256', deps.key).update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
  const by = (name: keyof typeof limits) =>
    limiter(deps.redis, `${deps.prefix}:login:${name}`, limits[name], HOUR / SECOND);
  const buckets = {
    address: by('address'),
    stranger: by('stranger'),
    strangerAddress: by('strangerAddress'),
    known: by('known'),
  };
  const taken = (guess: Guess): [RateLimiterRedis, string][] => {
    const address: [RateLimiterRedis, string] = [buckets.address, hashed(guess.address)];
    if (guess.known) return [address, [buckets.known, hashed(guess.name)]];
    return [
      address,
      [buckets.strangerAddress, hashed(guess.name, guess.address)],
      [buckets.stranger, hashed(guess.name)],
    ];
  };
  return {
    async count(guess) {
      for (const [bucket, key] of taken(guess)) {
        try {
          await bucket.consume(key);
        } catch {
          throw new RefusedError('throttled', {
            id: 'Terlalu banyak percobaan masuk. Coba lagi dalam satu jam.',
            en: 'Too many attempts to log in. Try again in an hour.',
          });
        }
      }
    },
    async forgive(guess) {
      for (const [bucket, key] of taken(guess)) await bucket.reward(key);
    },
  };
}
