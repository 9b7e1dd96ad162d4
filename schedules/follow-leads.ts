import { SECOND } from '../src/core/clock.ts';
import { followLeads as follow } from '../src/joins/follow-leads.ts';
import type { Schedule } from './schedule.ts';

/**
 * Brings the answer of a case to those that follow it, as drafts. Every ten seconds: whoever answered seven citizens at
 * once wants to see the other six at once.
 */
export const followLeads: Schedule = {
  name: 'follow-leads',
  every: { ms: 10 * SECOND },
  run: (services) => follow(services),
};
