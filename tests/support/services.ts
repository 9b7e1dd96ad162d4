import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Db, MongoClient } from 'mongodb';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { ensureSchema } from '../../src/store/schema.ts';

export interface TestServices extends AsyncDisposable {
  readonly client: MongoClient;
  /** A database of this test's own, empty, with all indexes. */
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

/** Names of databases that earlier tests of the run left behind, empty. A list in Valkey: both of jest's workers share it. */
const left = 'databases-left-by-tests';
/** What holds more is dropped: that is quicker than to empty it. */
const mostToEmpty = 5_000;

async function documentsIn(db: Db): Promise<number> {
  return Number((await db.command({ dbStats: 1 })).objects);
}

/** Opens an empty database with all indexes. To make the indexes takes longer than most tests, so one is used again. */
async function openTestDatabase(mongoUrl: string, redis: Redis): Promise<Database> {
  const known = await redis.lpop(left);
  const database = await openDatabase(mongoUrl, known ?? `test_${randomBytes(6).toString('hex')}`);
  if (known !== null && (await documentsIn(database.db)) > 0) {
    // Somebody wrote into it after its test had ended: it is nobody's any more.
    await database[Symbol.asyncDispose]();
    return openTestDatabase(mongoUrl, redis);
  }
  await ensureSchema(database.db);
  return database;
}

/** Empties the database for the next test. */
async function leaveTestDatabase({ db, client }: Database, redis: Redis): Promise<void> {
  const again = (await documentsIn(db)) <= mostToEmpty;
  if (again) {
    const names = await db.listCollections({ name: /^(?!system\.)/ }, { nameOnly: true }).toArray();
    await Promise.all(names.map(({ name }) => db.collection(name).deleteMany({})));
  } else {
    await db.dropDatabase();
  }
  await client.close();
  if (again) await redis.lpush(left, db.databaseName);
}

async function leaveValkey(redis: Redis, queuePrefix: string): Promise<void> {
  const keys = await redis.keys(`${queuePrefix}*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
}

/** Whatever the test did to its cases, each one's mark of lateness must be what its times say. Planted: left out where cases are opened. */
async function refuseWrongLateness(db: Db): Promise<void> {
  const endedAt = { $ifNull: ['$answeredAt', '$closedAt'] };
  const inTime = { $and: [{ $gt: [endedAt, null] }, { $lte: [endedAt, '$dueAt'] }] };
  const says = { $cond: [inTime, null, { $ifNull: ['$dueAt', null] }] };
  const [wrong] = await db
    .collection('cases')
    .find({ $expr: { $ne: [{ $ifNull: ['$lateFrom', null] }, says] } })
    .toArray();
  if (wrong) throw new Error(`The lateness of ${String(wrong._id)} does not follow its times`);
}

/** The run's real MongoDB and Valkey, with a database and a queue prefix that nobody else uses. */
export async function startTestServices(): Promise<TestServices> {
  const mongoUrl = fromGlobalSetup('TANGGAP_TEST_MONGO');
  const redisUrl = fromGlobalSetup('TANGGAP_TEST_REDIS');
  const queuePrefix = `t${randomBytes(6).toString('hex')}`;
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const database = await openTestDatabase(mongoUrl, redis);
  return {
    client: database.client,
    db: database.db,
    mongoUrl,
    redisUrl,
    redis,
    queuePrefix,
    async [Symbol.asyncDispose]() {
      try {
        await refuseWrongLateness(database.db);
      } finally {
        await leaveTestDatabase(database, redis);
        await leaveValkey(redis, queuePrefix);
      }
    },
  };
}
