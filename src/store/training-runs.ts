import { type Collection, type Db, type IndexDescription, MongoServerError } from 'mongodb';
import { ulid } from 'ulid';
import { MINUTE } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { TrainingRun } from '../domain/model.ts';

/** `open` while it waits or runs. */
type StoredRun = TrainingRun & { readonly open?: true };

export const trainingRunIndexes = [
  { key: { askedAt: -1 }, name: 'newest' },
  // One training at a time, whatever runs side by side.
  { key: { open: 1 }, name: 'one_open', unique: true, partialFilterExpression: { open: true } },
] satisfies IndexDescription[];

/** A running one that gives no sign for so long has died. */
const silentMs = 2 * MINUTE;

function runs(db: Db): Collection<StoredRun> {
  return db.collection<StoredRun>('training_runs');
}

function underWay(): RefusedError {
  return new RefusedError('conflict', {
    id: 'Pelatihan sedang berjalan. Tunggu sampai selesai, atau hentikan dahulu.',
    en: 'A training is under way. Wait for its end, or stop it first.',
  });
}

/**
 * Notes the wish for a training; `running`: whoever asks trains himself, no worker shall take it.
 * @throws {RefusedError} `conflict` while another one waits or runs
 */
export async function askTraining(
  db: Db,
  by: UserId,
  at: Date,
  state: 'waiting' | 'running' = 'waiting',
): Promise<TrainingRun> {
  await runs(db).updateMany(
    { open: true, state: 'running', beatAt: { $lt: new Date(at.getTime() - silentMs) } },
    { $set: { state: 'lost', endedAt: at }, $unset: { open: '' } },
  );
  const run: TrainingRun = {
    ...{ _id: `mt-${ulid(at.getTime())}`, by, askedAt: at, state, share: 0 },
    ...{ beatAt: at, stopBy: null, endedAt: null, model: null },
  };
  try {
    await runs(db).insertOne({ ...run, open: true });
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11_000) throw underWay();
    throw error;
  }
  return run;
}

/** The run is ours from now on. @returns null when it is somebody else's, or no longer wanted */
export function takeTraining(db: Db, id: string, at: Date): Promise<TrainingRun | null> {
  return runs(db).findOneAndUpdate(
    { _id: id, state: 'waiting' },
    { $set: { state: 'running', beatAt: at } },
    { returnDocument: 'after' },
  );
}

/** A sign of life. @returns false when it shall end: somebody said so, or it was given up for lost */
export async function beatTraining(db: Db, id: string, share: number, at: Date): Promise<boolean> {
  const run = await runs(db).findOneAndUpdate(
    { _id: id, state: 'running' },
    { $set: { share, beatAt: at } },
    { returnDocument: 'after' },
  );
  return run !== null && run.stopBy === null;
}

export async function endTraining(
  db: Db,
  id: string,
  end: Pick<TrainingRun, 'state' | 'model'> & { readonly endedAt: Date },
): Promise<void> {
  await runs(db).updateOne({ _id: id, open: true }, { $set: end, $unset: { open: '' } });
}

/** Asks the run to end; one that did not begin yet has ended. @throws {RefusedError} `conflict` when it is over */
export async function stopTraining(db: Db, id: string, by: UserId, at: Date): Promise<void> {
  const waiting = await runs(db).updateOne(
    { _id: id, state: 'waiting' },
    { $set: { state: 'stopped', stopBy: by, endedAt: at }, $unset: { open: '' } },
  );
  if (waiting.modifiedCount === 1) return;
  const running = await runs(db).updateOne({ _id: id, state: 'running' }, { $set: { stopBy: by } });
  if (running.matchedCount === 1) return;
  throw new RefusedError('conflict', {
    id: 'Pelatihan ini sudah berakhir.',
    en: 'This training is over.',
  });
}

/** The newest run; one that fell silent is told as lost. */
export async function latestTraining(db: Db, now: Date): Promise<TrainingRun | null> {
  const run = await runs(db).findOne({}, { sort: { askedAt: -1 }, projection: { open: 0 } });
  if (run?.state !== 'running' || now.getTime() - run.beatAt.getTime() < silentMs) return run;
  return { ...run, state: 'lost' };
}
