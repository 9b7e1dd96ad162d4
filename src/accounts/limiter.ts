import type { Redis } from 'ioredis';
import { type IRateLimiterOptions, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';

/**
 * So many points in so many seconds for each key. Redis is disposable: without it the same limits hold within each
 * process.
 */
export function limiter(redis: Redis, keyPrefix: string, points: number, seconds: number): RateLimiterRedis {
  const options: IRateLimiterOptions = { keyPrefix, points, duration: seconds };
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    insuranceLimiter: new RateLimiterMemory(options),
    rejectIfRedisNotReady: true,
  });
}
