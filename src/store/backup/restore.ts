import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { BSON, type Db, type Document } from 'mongodb';
import { ConfigError, type Mode } from '../../core/config.ts';
import { asError } from '../../core/errors.ts';
import { systemUser } from '../../domain/ids.ts';
import { beginRestore, endRestore } from '../meta.ts';
import { holdAfterRestore } from '../outbox.ts';
import { replies } from '../replies.ts';
import { setStopSwitch } from '../stop-switch.ts';
import { BackupManifest, dumpFile } from './manifest.ts';

const batch = 500;

/**
 * Fills an empty database with a backup. What was on its way out then may have been sent since: it becomes `unknown`, is
 * looked for on the platform and never sent again by machine; all sending stays stopped until a person allows it.
 * Checks every file before the first write.
 * @throws {ConfigError} when the database is not empty, the backup is of the other mode, or a file is not as it was
 */
export async function restoreBackup(db: Db, folder: string, mode: Mode, now: Date): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  if ((await db.listCollections().toArray()).length > 0) {
    throw new ConfigError(
      `Basis data "${db.databaseName}" sudah berisi; pulihkan ke basis data yang kosong. / The database "${db.databaseName}" is not empty; restore into an empty one.`,
    );
  }
  for (const collection of manifest.collections) await check(folder, collection);
  await checkMode(folder, mode);
  await beginRestore(db, now);
  for (const { name } of manifest.collections) {
    let documents: Document[] = [];
    for await (const raw of documentsOf(folder, name)) {
      // Numbers and bytes keep their stored type.
      documents.push(BSON.deserialize(raw, { promoteValues: false, promoteBuffers: false }));
      if (documents.length < batch) continue;
      await db.collection(name).insertMany(documents);
      documents = [];
    }
    if (documents.length > 0) await db.collection(name).insertMany(documents);
  }
  await holdAfterRestore(replies(db), now);
  await setStopSwitch(db, { stopped: true, by: systemUser, at: now });
  await endRestore(db);
  return manifest;
}

async function readManifest(folder: string): Promise<BackupManifest> {
  try {
    return BackupManifest.parse(JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')));
  } catch (error) {
    throw new ConfigError(
      `"${folder}" bukan cadangan yang utuh. / "${folder}" is not a whole backup. (${asError(error).message.slice(0, 200)})`,
    );
  }
}

async function check(folder: string, wanted: BackupManifest['collections'][number]): Promise<void> {
  const hash = createHash('sha256');
  try {
    for await (const raw of documentsOf(folder, wanted.name)) hash.update(raw);
  } catch (error) {
    throw damaged(wanted.name, asError(error).message);
  }
  if (hash.digest('hex') !== wanted.sha256) throw damaged(wanted.name, 'sha256');
}

function damaged(name: string, why: string): ConfigError {
  return new ConfigError(
    `Berkas cadangan ${dumpFile(name)} rusak. / The backup's file ${dumpFile(name)} is damaged. (${why})`,
  );
}

/** Demo and live never mix, nor by a backup. */
async function checkMode(folder: string, mode: Mode): Promise<void> {
  for await (const raw of documentsOf(folder, 'meta')) {
    const found = BSON.deserialize(raw) as { readonly _id: string; readonly mode?: string };
    if (found._id !== 'stamp' || found.mode === mode) continue;
    throw new ConfigError(
      `Cadangan ini berisi data mode ${found.mode}, bukan ${mode}. / This backup is of ${found.mode} mode, not ${mode}.`,
    );
  }
}

/** Each document's bytes: a length (int32, little endian) and that many bytes with it. */
async function* documentsOf(folder: string, name: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  const bytes = createReadStream(path.join(folder, dumpFile(name)));
  const plain = bytes.on('error', (error) => plain.destroy(error)).pipe(createGunzip());
  for await (const chunk of plain) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (rest.length - at >= 4) {
      const size = rest.readInt32LE(at);
      if (size < 5 || size > 17 * 1024 * 1024) throw new Error(`a document of ${size} bytes`);
      if (rest.length - at < size) break;
      yield rest.subarray(at, at + size);
      at += size;
    }
    rest = rest.subarray(at);
  }
  if (rest.length > 0) throw new Error('it ends within a document');
}
