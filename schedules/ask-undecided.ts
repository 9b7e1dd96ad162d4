import { MINUTE } from '../src/core/clock.ts';
import { askUndecidedAgain } from '../src/store/mention-work.ts';
import { activeModel, lastPass, notePass } from '../src/store/models.ts';
import type { Schedule } from './schedule.ts';

/**
 * After another model took over, the messages of "Perlu dicek" are judged again: the sweeper finds them. Each minute, so that
 * the desk does not decide by hand what the new model knows; one small query when nothing changed.
 */
export const askUndecided: Schedule = {
  name: 'ask-undecided',
  every: { ms: MINUTE },
  async run({ database: { db }, clock, log }) {
    const model = (await activeModel(db))?._id ?? null;
    if (model === (await lastPass(db))) return;
    const count = await askUndecidedAgain(db, model, clock.now());
    // Noted last: whoever dies before it asks once more, and finds nothing left to ask.
    await notePass(db, model);
    log.info('undecided messages are judged again', { model, count });
  },
};
