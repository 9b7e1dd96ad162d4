import { type Collection, type Db, type IndexDescription, MongoServerError } from 'mongodb';
import { MINUTE } from '../core/clock.ts';
import type { PlatformId } from '../domain/ids.ts';
import type { ImportCounts } from '../domain/import-run.ts';

/** A file of the watched folder. The same bytes for the same portal are one file, whatever they are called. */
export interface ImportFile {
  /** `<portal>-<sha256>` */
  readonly _id: string;
  readonly portal: PlatformId;
  readonly name: string;
  readonly state: 'reading' | 'done' | 'failed';
  /** Nobody else reads it before then; a reader that died is followed by another one after it. */
  readonly claimedUntil: Date;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly counts: ImportCounts | null;
  /** Why it could not be read at all, in words for the office. */
  readonly reason: string | null;
}

export const importFileIndexes = [
  { key: { startedAt: -1 }, name: 'newest' },
] satisfies readonly IndexDescription[];

/** Longer than the longest file takes; a reader that was killed leaves its file alone for so long. */
const claimMs = 15 * MINUTE;
const duplicateKey = 11_000;

function importFiles(db: Db): Collection<ImportFile> {
  return db.collection<ImportFile>('import_files');
}

/**
 * Takes a file for this process to read.
 * @returns `mine` · `done`: it was taken in before · `busy`: another process reads it, or it has just failed
 */
export async function claimImportFile(
  db: Db,
  file: Pick<ImportFile, '_id' | 'portal' | 'name'>,
  now: Date,
): Promise<'mine' | 'done' | 'busy'> {
  const { _id, ...named } = file;
  const claimedUntil = new Date(now.getTime() + claimMs);
  try {
    await importFiles(db).updateOne(
      { _id, state: { $ne: 'done' }, claimedUntil: { $lte: now } },
      {
        $set: {
          ...named,
          state: 'reading',
          claimedUntil,
          startedAt: now,
          endedAt: null,
          counts: null,
          reason: null,
        },
      },
      { upsert: true },
    );
    return 'mine';
  } catch (error) {
    // There is one that this process may not take.
    if (!(error instanceof MongoServerError) || error.code !== duplicateKey) throw error;
  }
  const known = await importFiles(db).findOne({ _id });
  return known?.state === 'done' ? 'done' : 'busy';
}

/** @param end counts when it was taken in; the reason when it could not be read */
export async function endImportFile(
  db: Db,
  _id: string,
  end: { readonly counts: ImportCounts } | { readonly reason: string },
  now: Date,
): Promise<void> {
  const state = 'counts' in end ? 'done' : 'failed';
  await importFiles(db).updateOne({ _id }, { $set: { ...end, state, endedAt: now } });
}

/** The reader stops before the end: the next one may begin at once. */
export async function freeImportFile(db: Db, _id: string, now: Date): Promise<void> {
  await importFiles(db).updateOne({ _id, state: 'reading' }, { $set: { claimedUntil: now } });
}

/** Newest first. */
export function listImportFiles(db: Db, limit: number): Promise<ImportFile[]> {
  return importFiles(db).find().sort({ startedAt: -1 }).limit(limit).toArray();
}
