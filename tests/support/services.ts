import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Db, MongoClient } from 'mongodb';
import { openDatabase } from '../../src/store/database.ts';
import { ensureSchema } from '../../src/store/schema.ts';

export interface TestServices extends AsyncDisposable {
  readonly client: MongoClient;
  /** A database of this test's own, with all indexes. */
  readonly db: Db;
  readonly mongoUrl: string;
  readonly redisUrl: string;
  readonly redis: Redis;
  /** Prefix for queues of this test's own. */
  readonly queuePrefix: string;
}

function fromGlobalSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run the tests by "npm test"`);
  return value;
}

/** The run's real MongoDB and Valkey, with a database and a queue prefix that nobody else uses. */
export async function startTestServices(): Promise<TestServices> {
  const mongoUrl = fromGlobalSetup('TANGGAP_TEST_MONGO');
  const redisUrl = fromGlobalSetup('TANGGAP_TEST_REDIS');
  const id = randomBytes(6).toString('hex');
  const database = await openDatabase(mongoUrl, `test_${id}`);
  await ensureSchema(database.db);
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  return {
    client: database.client,
    db: database.db,
    mongoUrl,
    redisUrl,
    redis,
    queuePrefix: `t${id}`,
    async [Symbol.asyncDispose]() {
      await database.db.dropDatabase();
      await database[Symbol.asyncDispose]();
      const keys = await redis.keys(`t${id}*`);
      if (keys.length > 0) await redis.del(...keys);
      redis.disconnect();
    },
  };
}
