import { MINUTE } from '../src/core/clock.ts';
import { watchChannels as watch } from '../src/joins/channel-health.ts';
import type { Schedule } from './schedule.ts';

/** Looks at every channel each half minute: a revoked token must be known within one (faults.md row 12). */
export const watchChannels: Schedule = {
  name: 'watch-channels',
  every: { ms: MINUTE / 2 },
  run: (services) => watch(services),
};
