import { upkeepSchedules } from '../schedules/upkeep-schedules.ts';
import { PermanentError } from '../src/core/errors.ts';
import type { Handler } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';

/** Runs the recurring job that is named. Several processes may run the same one: each is safe to run twice. */
export function upkeepHandler(services: Services): Handler<'upkeep'> {
  return async ({ task }, { signal }) => {
    const schedule = upkeepSchedules.find((one) => one.name === task);
    if (!schedule) throw new PermanentError(`no schedule is named ${task}`);
    await schedule.run(services, signal);
  };
}
