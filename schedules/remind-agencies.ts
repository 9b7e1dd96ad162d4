import { MINUTE } from '../src/core/clock.ts';
import { remind } from '../src/forward/remind.ts';
import { remindDeps } from '../src/joins/remind.ts';
import type { Schedule } from './schedule.ts';

/** Reminders and the escalation chain, and emergencies to the duty officers. Every minute, for the emergencies. */
export const remindAgencies: Schedule = {
  name: 'remind-agencies',
  every: { ms: MINUTE },
  async run(services) {
    const steps = await remind(remindDeps(services));
    if (steps > 0) services.log.info('agencies reminded', { steps });
  },
};
