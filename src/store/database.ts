import { type ClientSession, type Db, MongoClient } from 'mongodb';
import { ConfigError } from '../core/config.ts';
import { asError } from '../core/errors.ts';

export interface Database extends AsyncDisposable {
  readonly client: MongoClient;
  readonly db: Db;
}

/** What the writes of one transaction go through. */
export type Session = ClientSession;

/** Runs the writes as one. Repeated by the driver on a write conflict, so it must only write through the session. */
export type InTransaction = <Result>(work: (session: ClientSession) => Promise<Result>) => Promise<Result>;

export function inTransaction(client: MongoClient): InTransaction {
  return (work) => client.withSession((session) => session.withTransaction(() => work(session)));
}

/** What MongoDB 6.0 calls itself on the wire (`hello.maxWireVersion`). */
const oldestWireVersion = 17;

/** @throws {ConfigError} when nobody answers, when it is no replica set, or when it is too old */
async function connect(client: MongoClient): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    throw new ConfigError(
      `MongoDB tidak menjawab; periksa MONGODB_URL. / MongoDB does not answer; check MONGODB_URL. (${asError(error).message})`,
    );
  }
  const hello = await client.db('admin').command({ hello: 1 });
  if (hello.maxWireVersion < oldestWireVersion)
    throw new ConfigError('MongoDB terlalu lama, perlu ≥ 6.0. / MongoDB is too old, ≥ 6.0 is needed.');
  if (hello.setName === undefined && hello.msg !== 'isdbgrid')
    throw new ConfigError(
      'MONGODB_URL bukan replica set; jalankan mongod dengan --replSet rs0. / MONGODB_URL is not a replica set; run mongod with --replSet rs0.',
    );
}

/**
 * Opens the database. Every write waits for the majority and the journal: what was acknowledged survives a kill.
 * @param url a replica set; transactions and change streams need one
 * @throws {ConfigError} when it cannot be used, in words
 */
export async function openDatabase(url: string, name: string): Promise<Database> {
  const client = new MongoClient(url, {
    writeConcern: { w: 'majority', j: true },
    readConcern: { level: 'majority' },
    ignoreUndefined: true,
    serverSelectionTimeoutMS: 10_000,
    maxPoolSize: 30,
  });
  await connect(client).catch(async (error: unknown) => {
    await client.close();
    throw error;
  });
  return {
    client,
    db: client.db(name),
    [Symbol.asyncDispose]: () => client.close(),
  };
}
