/** Starts the run's own MongoDB and Valkey on free ports. Nothing of the machine's or of `.env` is used (design.md §1.9). */
import { accessSync, constants, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { tsImport } from 'tsx/esm/api';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * The server as tests need it.
 * - Tests set their own clocks, the server's TTL monitor reads the machine's: it took sessions of a test's "today" away
 *   once the real day was later. Expiry is asked of our queries, which know the test's time.
 * - Each test has a database of its own, of some hundred files. The server keeps the files of a dropped one open for as
 *   long as somebody may read the past, five minutes: after 20,000 of them it had no more to open and aborted.
 */
async function suitForTests(url) {
  const client = await MongoClient.connect(url);
  const admin = client.db('admin');
  await admin.command({ setParameter: 1, ttlMonitorEnabled: false });
  await admin.command({ setParameter: 1, minSnapshotHistoryWindowInSeconds: 20 });
  await client.close();
}

const inMemory = '/dev/shm';
/** A run fills some hundred megabytes. */
const enoughBytes = 4 * 1024 ** 3;
const ours = /^tanggap-test-(\d+)$/;

/** Whether a run with this process number goes on. */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * For the servers' data and all temporary files of this run. Every write of ours waits for the journal, so they lie in
 * memory where there is room. What a killed run left there is taken away.
 */
function dataFolder() {
  const onDisk = path.join(root, '.services', `test-${process.pid}`);
  try {
    accessSync(inMemory, constants.W_OK);
    for (const name of readdirSync(inMemory)) {
      const pid = Number(ours.exec(name)?.[1]);
      if (pid && !isAlive(pid)) rmSync(path.join(inMemory, name), { recursive: true, force: true });
    }
    const { bavail, bsize } = statfsSync(inMemory);
    return Math.min(bavail * bsize, freemem()) < enoughBytes
      ? onDisk
      : path.join(inMemory, `tanggap-test-${process.pid}`);
  } catch {
    return onDisk;
  }
}

export default async function globalSetup() {
  for (const name of Object.keys(process.env)) {
    if (/^(MONGODB_URL|REDIS_URL|TANGGAP_|X_|INSTAGRAM_|FACEBOOK_|WHATSAPP_)/.test(name))
      delete process.env[name];
  }
  mkdirSync(path.join(root, '.services'), { recursive: true });
  const dir = dataFolder();
  process.env.TMPDIR = path.join(dir, 'tmp');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  const { startServers } = await tsImport('../../src/servers/server-set.ts', import.meta.url);
  const servers = await startServers({ root, dir, say: (line) => process.stderr.write(`${line}\n`) });
  await suitForTests(servers.mongoUrl);
  process.env.TANGGAP_TEST_MONGO = servers.mongoUrl;
  process.env.TANGGAP_TEST_REDIS = servers.redisUrl;
  globalThis.stopTestServers = async () => {
    await servers.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
