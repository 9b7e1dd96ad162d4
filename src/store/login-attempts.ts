import type { Collection, Db, IndexDescription } from 'mongodb';
import { DAY } from '../core/clock.ts';

/** A place from which a person logged in before. `_id` is a hash of both, so that no address is kept. */
interface KnownPlace {
  readonly _id: string;
  readonly lastAt: Date;
}

/** Forgotten after this many seconds without a login. */
const rememberSeconds = (90 * DAY) / 1_000;

export const knownPlaceIndexes = [
  { key: { lastAt: 1 }, name: 'forgotten', expireAfterSeconds: rememberSeconds },
] satisfies IndexDescription[];

function knownPlaces(db: Db): Collection<KnownPlace> {
  return db.collection<KnownPlace>('known_places');
}

export async function isKnownPlace(db: Db, id: string): Promise<boolean> {
  return (await knownPlaces(db).findOne({ _id: id })) !== null;
}

export async function rememberPlace(db: Db, id: string, now: Date): Promise<void> {
  await knownPlaces(db).updateOne({ _id: id }, { $max: { lastAt: now } }, { upsert: true });
}
