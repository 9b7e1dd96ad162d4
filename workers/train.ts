import { systemUser } from '../src/domain/ids.ts';
import { hasNewExamples, train } from '../src/joins/train.ts';
import type { Handler } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';

/** The night's training: a new model where there is something new to learn, promoted when it is not worse. */
export function trainHandler(services: Services): Handler<'train'> {
  return async (_, { signal }) => {
    if (!(await hasNewExamples(services))) return;
    await train(services, systemUser, { signal });
  };
}
