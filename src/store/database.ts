import { type ClientSession, type Db, MongoClient } from 'mongodb';

export interface Database extends AsyncDisposable {
  readonly client: MongoClient;
  readonly db: Db;
}

/** Runs the writes as one. Repeated by the driver on a write conflict, so it must only write through the session. */
export type InTransaction = <Result>(work: (session: ClientSession) => Promise<Result>) => Promise<Result>;

export function inTransaction(client: MongoClient): InTransaction {
  return (work) => client.withSession((session) => session.withTransaction(() => work(session)));
}

/**
 * Opens the database. Every write waits for the majority and the journal: what was acknowledged survives a kill.
 * @param url a replica set; transactions and change streams need one
 */
export async function openDatabase(url: string, name: string): Promise<Database> {
  const client = new MongoClient(url, {
    writeConcern: { w: 'majority', j: true },
    readConcern: { level: 'majority' },
    ignoreUndefined: true,
    serverSelectionTimeoutMS: 10_000,
    maxPoolSize: 30,
  });
  await client.connect();
  return {
    client,
    db: client.db(name),
    [Symbol.asyncDispose]: () => client.close(),
  };
}
