import { Binary, type Collection, type Db, type IndexDescription } from 'mongodb';
import { DAY } from '../core/clock.ts';
import type { MentionId } from '../domain/ids.ts';

/** How long a citizen's photo is kept. Longer than the longest clock (60 working days) with an answer and a reopening. */
const photoKeptMs = 180 * DAY;

/**
 * A photo of our own form, made anew (src/children). One document of at most a few megabytes: it is there whole or not at
 * all, and goes by itself when its time is over, which files cut into pieces (GridFS) do not.
 */
interface Photo {
  /** The report's id and the photo's place: the same form sent twice stores it once. */
  readonly _id: string;
  readonly mentionId: MentionId;
  readonly type: 'image/jpeg';
  readonly bytes: Binary;
  readonly expiresAt: Date;
}

export const photoIndexes = [
  { key: { expiresAt: 1 }, name: 'expired', expireAfterSeconds: 0 },
] satisfies IndexDescription[];

function photos(db: Db): Collection<Photo> {
  return db.collection<Photo>('photos');
}

/** @param place 0 for the first @returns the photo's id */
export async function keepPhoto(
  db: Db,
  photo: { readonly mentionId: MentionId; readonly place: number; readonly bytes: Uint8Array },
  now: Date,
): Promise<string> {
  const { mentionId, place, bytes } = photo;
  const _id = `${mentionId}-${place}`;
  const expiresAt = new Date(now.getTime() + photoKeptMs);
  await photos(db).updateOne(
    { _id },
    { $setOnInsert: { mentionId, type: 'image/jpeg', bytes: new Binary(bytes), expiresAt } },
    { upsert: true },
  );
  return _id;
}

/** Null when it is gone, or its time is over. */
export async function readPhoto(
  db: Db,
  id: string,
  now: Date,
): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null> {
  const photo = await photos(db).findOne({ _id: id, expiresAt: { $gt: now } });
  return photo && { type: photo.type, bytes: photo.bytes.buffer };
}
