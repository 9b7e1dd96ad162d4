import { RefusedError } from '../src/core/errors.ts';
import { systemUser } from '../src/domain/ids.ts';
import { hasNewExamples } from '../src/joins/train.ts';
import { runTraining } from '../src/joins/training-runs.ts';
import type { Handler } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';
import { askTraining } from '../src/store/training-runs.ts';

/** A training that somebody asked for; without one the night's: a new model where there is something new to learn. */
export function trainHandler(services: Services): Handler<'train'> {
  return async ({ run = null }, { signal }) => {
    const id = run ?? (await ofTheNight(services));
    if (id !== null) await runTraining(services, id, signal);
  };
}

async function ofTheNight(services: Services): Promise<string | null> {
  if (!(await hasNewExamples(services))) return null;
  try {
    return (await askTraining(services.database.db, systemUser, services.clock.now()))._id;
  } catch (error) {
    // Somebody trains already: it learns the same.
    if (error instanceof RefusedError) return null;
    throw error;
  }
}
