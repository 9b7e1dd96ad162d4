import { type Collection, type Db, type IndexDescription, MongoServerError } from 'mongodb';
import { ulid } from 'ulid';
import { DAY, MINUTE } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { UserId } from '../domain/ids.ts';
import type { ImportRun, RefusedRow } from '../domain/import-run.ts';

/** `open` while it is under way. */
type StoredRun = ImportRun & { readonly open?: true; readonly refused: readonly RefusedRow[] };

/** Its refused rows hold what citizens wrote; who imports has seen to them by then. */
const keptMs = 7 * DAY;

export const importRunIndexes = [
  { key: { startedAt: 1 }, name: 'short_lived', expireAfterSeconds: keptMs / 1_000 },
  // One file of a portal at a time: two would only read each other's rows.
  { key: { portal: 1 }, name: 'one_open', unique: true, partialFilterExpression: { open: true } },
] satisfies IndexDescription[];

/** A running one that gives no sign for so long has died with its server. */
const silentMs = MINUTE;
/** Rows of a run that say why they were refused. With rows of 1,000 letters they stay far below MongoDB's 16 MB. */
export const mostRefused = 5_000;
const mostUnknownStates = 20;

function runs(db: Db): Collection<StoredRun> {
  return db.collection<StoredRun>('import_runs');
}

/** @throws {RefusedError} `conflict` while another file of the portal is read */
export async function beginImportRun(
  db: Db,
  asked: Pick<ImportRun, 'portal' | 'file' | 'step' | 'by'>,
  at: Date,
): Promise<ImportRun> {
  await runs(db).updateMany(
    { open: true, beatAt: { $lt: new Date(at.getTime() - silentMs) } },
    { $set: { state: 'lost', endedAt: at }, $unset: { open: '' } },
  );
  const run: ImportRun = {
    ...{ _id: `ir-${ulid(at.getTime())}`, ...asked, startedAt: at, state: 'running', beatAt: at },
    counts: { read: 0, added: 0, updated: 0, unchanged: 0, refused: 0 },
    ...{ unknownStates: [], stopBy: null, endedAt: null, words: null },
  };
  try {
    await runs(db).insertOne({ ...run, refused: [], open: true });
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== 11_000) throw error;
    throw new RefusedError('conflict', {
      id: 'Berkas lain dari portal ini sedang dibaca. Tunggu sampai selesai, atau hentikan dahulu.',
      en: 'Another file of this portal is being read. Wait for its end, or stop it first.',
    });
  }
  return run;
}

type Found = Pick<ImportRun, 'counts' | 'unknownStates'> & { readonly refused: readonly RefusedRow[] };

function found({ counts, unknownStates, refused }: Found) {
  return {
    $set: { counts, unknownStates: unknownStates.slice(0, mostUnknownStates) },
    $push: { refused: { $each: [...refused], $slice: mostRefused } },
  };
}

/** A sign of life, with what was found since the last one. @returns false when it shall end: somebody said so */
export async function beatImportRun(db: Db, id: string, so: Found, at: Date): Promise<boolean> {
  const { $set, $push } = found(so);
  const run = await runs(db).findOneAndUpdate(
    { _id: id, open: true },
    { $set: { ...$set, beatAt: at }, $push },
    { returnDocument: 'after', projection: { stopBy: 1 } },
  );
  return run !== null && run.stopBy === null;
}

export async function endImportRun(
  db: Db,
  id: string,
  so: Found,
  end: Pick<ImportRun, 'state' | 'words'> & { readonly endedAt: Date },
): Promise<void> {
  const { $set, $push } = found(so);
  await runs(db).updateOne({ _id: id }, { $set: { ...$set, ...end }, $push, $unset: { open: '' } });
}

/** Asks the run to end; what it has stored stays. @throws {RefusedError} `conflict` when it is over */
export async function stopImportRun(db: Db, id: string, by: UserId): Promise<void> {
  const { matchedCount } = await runs(db).updateOne({ _id: id, open: true }, { $set: { stopBy: by } });
  if (matchedCount === 1) return;
  throw new RefusedError('conflict', {
    id: 'Pembacaan berkas ini sudah berakhir.',
    en: 'The reading of this file is over.',
  });
}

/** Of these, a list says line and reason. */
const shownRefusals = 5;

/** Newest first, with the first of their refusals; one that fell silent is told as lost. */
export async function listImportRuns(
  db: Db,
  limit: number,
  now: Date,
): Promise<(ImportRun & { readonly refusals: readonly { line: number; reason: string }[] })[]> {
  const newest = await runs(db)
    .find({}, { projection: { open: 0, refused: { $slice: shownRefusals } } })
    .sort({ startedAt: -1 })
    .limit(limit)
    .toArray();
  return newest.map(({ refused, ...run }) => {
    const isSilent = run.state === 'running' && now.getTime() - run.beatAt.getTime() >= silentMs;
    const refusals = refused.map(([line, reason]) => ({ line, reason }));
    return { ...run, refusals, state: isSilent ? 'lost' : run.state };
  });
}

/** The rows that a run refused, with why. Null: there is no such run. */
export async function refusedRowsOf(db: Db, id: string): Promise<readonly RefusedRow[] | null> {
  const run = await runs(db).findOne({ _id: id }, { projection: { refused: 1 } });
  return run?.refused ?? null;
}
