import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientSession, Db } from 'mongodb';
import type { Database } from '../database.ts';
import { type BackupManifest, dumpFile } from './manifest.ts';

/** Of the moment: logins and who looks at what. A login that was ended since must not come back with a restore. */
const notKept = new Set(['sessions', 'presence', 'claims']);

/**
 * Writes all collections as they were at one moment while everything goes on, into a folder that appears when it is whole.
 * MongoDB keeps a moment for five minutes (`minSnapshotHistoryWindowInSeconds`); raise that for more than some million
 * messages.
 * @param folder must not be there yet
 */
export async function takeBackup(
  { client, db }: Database,
  folder: string,
  now: Date,
): Promise<BackupManifest> {
  const unfinished = `${folder}.part`;
  await mkdir(unfinished);
  const names = (await db.listCollections({ type: 'collection' }).toArray())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.') && !notKept.has(name))
    .sort();
  const collections: BackupManifest['collections'] = [];
  await client.withSession({ snapshot: true }, async (session) => {
    for (const name of names) {
      const file = path.join(unfinished, dumpFile(name));
      collections.push({ name, ...(await dump(db, name, file, session)) });
    }
  });
  const manifest = { takenAt: now.toISOString(), database: db.databaseName, collections };
  await writeFile(path.join(unfinished, 'manifest.json'), JSON.stringify(manifest, null, 2));
  await rename(unfinished, folder);
  return manifest;
}

async function dump(
  db: Db,
  name: string,
  file: string,
  session: ClientSession,
): Promise<{ documents: number; sha256: string }> {
  const hash = createHash('sha256');
  let documents = 0;
  // Named here: the client's own read concern would win over the session's.
  const bytes = db
    .collection(name, { readConcern: { level: 'snapshot' } })
    .find({}, { raw: true, session, batchSize: 500 });
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const document of bytes) {
      const raw = document as unknown as Buffer;
      hash.update(raw);
      documents += 1;
      yield raw;
    }
  }
  await pipeline(counted, createGzip(), createWriteStream(file, { mode: 0o600 }));
  return { documents, sha256: hash.digest('hex') };
}
