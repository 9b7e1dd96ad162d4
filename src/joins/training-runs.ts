import { asError } from '../core/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { Model, TrainingRun } from '../domain/model.ts';
import type { TrainingControl } from '../learn/train-model.ts';
import type { Services } from '../services.ts';
import { auditRecorder } from '../store/audit.ts';
import {
  askTraining,
  beatTraining,
  endTraining,
  stopTraining,
  takeTraining,
} from '../store/training-runs.ts';
import { train } from './train.ts';

/** How often a training shows how far it is, and asks whether it shall end. */
const beatEveryMs = 1_000;

/**
 * Somebody wants a training now: a worker takes it up, also when the queue is away for the moment (schedules/).
 * @throws {RefusedError} `conflict` while another one waits or runs
 */
export async function startTraining(services: Services, by: UserId): Promise<TrainingRun> {
  const { database, clock, queues, auditKey, log } = services;
  const at = clock.now();
  const run = await askTraining(database.db, by, at);
  await queues.train
    .add('train', { run: run._id })
    .catch((error: unknown) => log.warn('queue away, the sweeper will queue it', { error: asError(error) }));
  const record = auditRecorder(database.db, auditKey);
  await record({ at, by, act: 'model.train', subject: run._id, fields: {} });
  return run;
}

/** @throws {RefusedError} `conflict` when it is over */
export async function endTrainingBy(services: Services, id: string, by: UserId): Promise<void> {
  const { database, clock, auditKey } = services;
  const at = clock.now();
  await stopTraining(database.db, id, by, at);
  const record = auditRecorder(database.db, auditKey);
  await record({ at, by, act: 'model.train-stop', subject: id, fields: {} });
}

/** The training that was asked for, with its progress in the database. Nothing when it is not wanted any more. */
export async function runTraining(services: Services, id: string, signal: AbortSignal): Promise<void> {
  const run = await takeTraining(services.database.db, id, services.clock.now());
  if (run === null) return;
  await followed(services, run, { signal });
}

/**
 * A training of this very process, seen and stopped on the desk like those of a worker.
 * @returns null when somebody stopped it there
 * @throws {RefusedError} `conflict` while another one waits or runs
 * @throws {DOMException} `AbortError` when `control` ended it: nothing was kept
 */
export async function trainHere(
  services: Services,
  by: UserId,
  control: Required<TrainingControl>,
): Promise<Model | null> {
  const { database, clock, auditKey } = services;
  const at = clock.now();
  const run = await askTraining(database.db, by, at, 'running');
  const record = auditRecorder(database.db, auditKey);
  await record({ at, by, act: 'model.train', subject: run._id, fields: {} });
  return followed(services, run, control);
}

/** Trains, shows in the database how far it is, and looks there whether it shall end: null then. */
async function followed(
  services: Services,
  { _id: id, by }: TrainingRun,
  { signal, onProgress }: TrainingControl & Pick<Required<TrainingControl>, 'signal'>,
): Promise<Model | null> {
  const { clock, log } = services;
  const { db } = services.database;
  await services.learning.refresh();
  const stop = new AbortController();
  let share = 0;
  const beat = setInterval(() => {
    beatTraining(db, id, share, clock.now())
      .then((isWanted) => isWanted || stop.abort())
      // The database is away for a moment: the next beat tells.
      .catch((error: unknown) => log.debug('training beat', { error: asError(error) }));
  }, beatEveryMs);
  const end = (state: TrainingRun['state'], model: TrainingRun['model'] = null) =>
    endTraining(db, id, { state, model, endedAt: clock.now() });
  try {
    const model = await train(services, by, {
      signal: AbortSignal.any([signal, stop.signal]),
      onProgress(done) {
        share = done;
        onProgress?.(done);
      },
    });
    await end('done', model._id);
    return model;
  } catch (error) {
    await end(stop.signal.aborted || signal.aborted ? 'stopped' : 'failed');
    if (!stop.signal.aborted) throw error;
    return null;
  } finally {
    clearInterval(beat);
  }
}
