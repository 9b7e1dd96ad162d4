import { SECOND } from '../src/core/clock.ts';
import { sendNotices as send } from '../src/forward/send-notices.ts';
import { sendNoticesDeps } from '../src/joins/forward.ts';
import type { Schedule } from './schedule.ts';

const atMost = 100;

/** Mails and WhatsApp messages to people outside. Every five seconds: somebody may be waiting for his code. */
export const sendNotices: Schedule = {
  name: 'send-notices',
  every: { ms: 5 * SECOND },
  async run(services, signal) {
    await send(sendNoticesDeps(services), atMost, signal);
  },
};
