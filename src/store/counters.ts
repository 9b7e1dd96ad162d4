import type { ClientSession, Collection, Db } from 'mongodb';

interface Counter {
  /** For example `cases-2026`. */
  readonly _id: string;
  readonly value: number;
}

export function counters(db: Db): Collection<Counter> {
  return db.collection<Counter>('counters');
}

/**
 * Reserves the next `count` numbers within the transaction; given back when it fails, so that no number is left out.
 * @returns the first of them, from 1
 */
export async function takeNumbers(
  db: Db,
  name: string,
  count: number,
  session: ClientSession,
): Promise<number> {
  const counter = await counters(db).findOneAndUpdate(
    { _id: name },
    { $inc: { value: count } },
    { session, upsert: true, returnDocument: 'after' },
  );
  if (!counter) throw new Error(`The counter ${name} was not written`);
  return counter.value - count + 1;
}
