import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import { limiter } from '../../accounts/limiter.ts';
import { RefusedError } from '../../core/errors.ts';

/** What strangers may do on our public pages: so many in so many seconds, for one address and for all together. */
const limits = {
  /** A family behind one address may report a flood; a script may not fill the desk. */
  report: { each: [10, 3_600], all: [600, 3_600] },
  /** Looks that found nothing: who guesses codes stops here. */
  miss: { each: [12, 600], all: [3_000, 600] },
  /** Codes sent to an address of mail, which is somebody else's mailbox. */
  code: { each: [5, 3_600], all: [300, 3_600] },
  /** Reports of one program by its key; its address does not matter. */
  intake: { each: [600, 600], all: [6_000, 600] },
} as const satisfies Record<string, Record<'each' | 'all', readonly [number, number]>>;

type PublicAct = keyof typeof limits;

export interface PublicLimits {
  /** Counts one. @throws {RefusedError} `throttled` */
  count(act: PublicAct, who: string): Promise<void>;
}

/** @param key keys in Redis are hashes with it: no addresses */
export function publicLimits(deps: { redis: Redis; prefix: string; key: string }): PublicLimits {
  const open = (act: PublicAct, part: 'each' | 'all') => {
    const [points, seconds] = limits[act][part];
    return limiter(deps.redis, `${deps.prefix}:public:${act}:${part}`, points, seconds);
  };
  const buckets = new Map(
    (Object.keys(limits) as PublicAct[]).map((act) => [act, [open(act, 'each'), open(act, 'all')] as const]),
  );
  return {
    async count(act, who) {
      const [each, all] = buckets.get(act) ?? [];
      const key = createHmac('sha256', deps.key).update(`${act} ${who}`).digest('base64url').slice(0, 22);
      try {
        await each?.consume(key);
        await all?.consume('all');
      } catch {
        throw new RefusedError('throttled', {
          id: 'Terlalu banyak permintaan dari jaringan Anda. Silakan coba lagi nanti.',
          en: 'Too many requests from your network. Please try again later.',
        });
      }
    },
  };
}
