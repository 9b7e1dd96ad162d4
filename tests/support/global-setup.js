/** Starts the run's own MongoDB and Valkey on free ports. Nothing of the machine's or of `.env` is used (design.md §1.9). */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { tsImport } from 'tsx/esm/api';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Tests set their own clocks, the server's TTL monitor reads the machine's: it took sessions of a test's "today" away
 * once the real day was later. Expiry is asked of our queries, which know the test's time.
 */
async function keepWhatIsOverByTheRealClock(url) {
  const client = await MongoClient.connect(url);
  await client.db('admin').command({ setParameter: 1, ttlMonitorEnabled: false });
  await client.close();
}

export default async function globalSetup() {
  for (const name of Object.keys(process.env)) {
    if (/^(MONGODB_URL|REDIS_URL|TANGGAP_|X_|INSTAGRAM_|FACEBOOK_|WHATSAPP_)/.test(name))
      delete process.env[name];
  }
  mkdirSync(path.join(root, '.services'), { recursive: true });
  const dir = path.join(root, '.services', `test-${process.pid}`);
  const { startServers } = await tsImport('../../src/servers/server-set.ts', import.meta.url);
  const servers = await startServers({ root, dir, say: (line) => process.stderr.write(`${line}\n`) });
  await keepWhatIsOverByTheRealClock(servers.mongoUrl);
  process.env.TANGGAP_TEST_MONGO = servers.mongoUrl;
  process.env.TANGGAP_TEST_REDIS = servers.redisUrl;
  globalThis.stopTestServers = async () => {
    await servers.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
