import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DateTime } from 'luxon';
import { SECOND } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { PortalId } from '../domain/elsewhere.ts';
import { channelId } from '../domain/ids.ts';
import { openRefusedFile } from '../importing/refused-file.ts';
import { ownAccount } from '../platforms/registry.ts';
import type { Services } from '../services.ts';
import { findChannel } from '../store/channels.ts';
import { claimImportFile, endImportFile, freeImportFile } from '../store/import-files.ts';
import { importFile } from './import.ts';
import { portalNamed } from './portals.ts';

const doneFolder = 'selesai';
const failedFolder = 'gagal';
/** What programs call files that are not whole yet, or that stand beside an open one. */
const unfinished = /^[.~]|\.(part|tmp|crdownload|filepart|download)$/i;
/** So long nobody may have written to a file before it counts as whole. A copy over a slow line writes more often. */
const quietMs = 5 * SECOND;

interface Waiting {
  readonly portal: PortalId;
  readonly folder: string;
  readonly name: string;
  /** What was written to after this moment may not be whole. */
  readonly until: number;
}

/** Makes the folders in which the portals' files are put; shows the office where. */
async function makeFolders(dir: string, portals: readonly PortalId[]): Promise<void> {
  for (const portal of portals) {
    for (const inner of [doneFolder, failedFolder])
      await mkdir(path.join(dir, portal, inner), { recursive: true });
  }
}

async function waitingIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !unfinished.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** Another process moved it meanwhile. @throws whatever else went wrong */
function gone(error: unknown): null {
  if ((error as { code?: unknown }).code === 'ENOENT') return null;
  throw error;
}

/** Size and time of the last write: what changes when somebody is still writing. Null: it is gone. */
async function shapeOf(file: string): Promise<{ readonly bytes: number; readonly writtenAt: number } | null> {
  const found = await stat(file).catch(gone);
  return found && { bytes: found.size, writtenAt: found.mtimeMs };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Takes in what lies in the watched folder (`<dir>/<portal>/`). A file is read when nobody has written to it for a while,
 * is taken in once (its bytes are its identity), and then lies in `selesai` or `gagal`, with its refused rows beside it.
 * A file of a paused channel stays where it is.
 * @param quiet how long a file must lie unchanged, in milliseconds; 0 where files are moved in whole
 * @returns how many files were taken in
 */
export async function importWaiting(
  services: Services,
  signal: AbortSignal,
  quiet: number = quietMs,
): Promise<number> {
  const { config, database, clock } = services;
  const { importDir } = config;
  if (importDir === null) return 0;
  const portals = config.ownChannels.flatMap((one) => (one === 'website' ? [] : [portalNamed(one)]));
  await makeFolders(importDir, portals);
  let taken = 0;
  for (const portal of portals) {
    const channel = await findChannel(database.db, channelId(portal, ownAccount.name));
    if (channel?.state !== 'ok') continue;
    const folder = path.join(importDir, portal);
    const until = clock.now().getTime() - quiet;
    for (const name of await waitingIn(folder)) {
      if (!signal.aborted && (await takeOne(services, { portal, folder, name, until }, signal))) taken += 1;
    }
  }
  return taken;
}

/** @returns whether it was taken in now */
async function takeOne(
  services: Services,
  { portal, folder, name, until }: Waiting,
  signal: AbortSignal,
): Promise<boolean> {
  const { db } = services.database;
  const file = path.join(folder, name);
  const before = await shapeOf(file);
  if (before === null || before.bytes === 0 || before.writtenAt > until) return false;
  const sha256 = await sha256Of(file).catch(gone);
  if (sha256 === null) return false;
  const _id = `${portal}-${sha256}`;
  const claim = await claimImportFile(db, { _id, portal, name }, services.clock.now());
  if (claim === 'busy') return false;
  const stamp = DateTime.fromJSDate(services.clock.now(), { zone: 'Asia/Jakarta' }).toFormat(
    'yyyyMMdd-HHmmss',
  );
  const kept = `${stamp}-${sha256.slice(0, 6)}-${name}`;
  const move = (inner: string) => rename(file, path.join(folder, inner, kept)).catch(gone);
  if (claim === 'done') {
    await move(doneFolder);
    return false;
  }
  const refused = path.join(folder, doneFolder, `${kept}.ditolak.csv`);
  try {
    const counts = await readInto(services, { portal, file, refused, signal });
    const after = await shapeOf(file);
    await endImportFile(db, _id, { counts }, services.clock.now());
    if (counts.refused === 0) await rm(refused);
    // Somebody went on writing: what lies there now is another file, and its turn comes.
    if (after?.bytes === before.bytes && after.writtenAt === before.writtenAt) await move(doneFolder);
    services.log.info('import file taken in', { portal, file: name, ...counts });
    return true;
  } catch (error) {
    await rm(refused, { force: true });
    if (!(error instanceof RefusedError)) {
      await freeImportFile(db, _id, services.clock.now());
      throw error;
    }
    await endImportFile(db, _id, { reason: error.words.id }, services.clock.now());
    await writeFile(
      path.join(folder, failedFolder, `${kept}.alasan.txt`),
      `${error.words.id}\n${error.words.en}\n`,
    );
    await move(failedFolder);
    services.log.warn('import file cannot be read', { portal, file: name, reason: error.words.en });
    return false;
  }
}

async function readInto(
  services: Services,
  { portal, file, refused, signal }: { portal: PortalId; file: string; refused: string; signal: AbortSignal },
) {
  await using rows = openRefusedFile(refused);
  const options = { source: portal, portal, dryRun: false, onRefused: rows.add, signal };
  const { refusals: _, ...counts } = await importFile(services, file, options);
  return counts;
}
