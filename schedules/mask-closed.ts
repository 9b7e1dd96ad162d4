import { MINUTE } from '../src/core/clock.ts';
import { maskClosedPayloads } from '../src/store/raw-payloads.ts';
import type { Schedule } from './schedule.ts';

/** Cases in one run: some seconds of work. */
const atOnce = 500;

/** Personal data leaves the raw payloads once their case is closed. Nobody waits for it, so every ten minutes do. */
export const maskClosed: Schedule = {
  name: 'mask-closed',
  every: { ms: 10 * MINUTE },
  async run({ database, log }, signal) {
    for (;;) {
      const done = await maskClosedPayloads(database.db, atOnce);
      if (done.messages > 0) log.info('raw payloads of closed cases masked', done);
      if (done.cases < atOnce || signal.aborted) return;
    }
  },
};
