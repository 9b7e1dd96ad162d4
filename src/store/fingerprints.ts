import { Binary, type Collection, type Db, type IndexDescription } from 'mongodb';
import { DAY } from '../core/clock.ts';
import type { MentionId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { COPY, type Fingerprint, fingerprintOf, likenessOf } from '../text/near-duplicates.ts';

/** Copies are looked for this far back: a broadcast text runs for days, a complaint worded alike a year later is news. */
const copiesWithinMs = 30 * DAY;

/** By what the copies of a message are found. Apart from the messages, so that its indexes stay as small as the window. */
interface StoredFingerprint {
  readonly _id: MentionId;
  readonly keys: readonly number[];
  readonly values: Binary;
  /** Platform and author, so that one person's repeats are not taken for many people's copies. */
  readonly by: string;
  readonly postedAt: Date;
}

export const fingerprintIndexes = [
  { key: { keys: 1, postedAt: -1 }, name: 'alike_newest' },
  { key: { postedAt: 1 }, name: 'window', expireAfterSeconds: (copiesWithinMs + DAY) / 1000 },
] satisfies IndexDescription[];

function fingerprints(db: Db): Collection<StoredFingerprint> {
  return db.collection<StoredFingerprint>('fingerprints');
}

export interface Fingerprinted {
  readonly _id: MentionId;
  readonly by: string;
  readonly postedAt: Date;
  readonly print: Fingerprint;
}

export interface Copy {
  readonly _id: MentionId;
  readonly by: string;
  readonly postedAt: Date;
  /** 0..1, at least {@link COPY}. */
  readonly likeness: number;
}

/** @returns null when the message is too short to be recognised */
export function fingerprinted({
  _id,
  platform,
  author,
  postedAt,
  text,
}: Pick<Mention, '_id' | 'platform' | 'author' | 'postedAt' | 'text'>): Fingerprinted | null {
  const print = fingerprintOf(text);
  return print && { _id, by: `${platform} ${author.id ?? ''}`, postedAt, print };
}

/**
 * Safe to run twice; an edited message gets the fingerprint of its new text.
 * @param gone edited messages that are too short now to be recognised
 */
export async function keepFingerprints(
  db: Db,
  batch: readonly Fingerprinted[],
  gone: readonly MentionId[] = [],
): Promise<void> {
  const writes = [
    ...batch.map(({ _id, by, postedAt, print }) => ({
      replaceOne: {
        filter: { _id },
        replacement: { keys: print.keys, values: new Binary(print.values), by, postedAt },
        upsert: true,
      },
    })),
    ...gone.map((_id) => ({ deleteOne: { filter: { _id } } })),
  ];
  if (writes.length > 0) await fingerprints(db).bulkWrite(writes, { ordered: false });
}

/** Of a text that all the country forwards so many are read for one message; nobody counts further. */
const mostRead = 200;

/**
 * The copies of each message within the window before and after it, the likest first, the message itself left out. One
 * query for all.
 */
export async function copiesOf(
  db: Db,
  batch: readonly Fingerprinted[],
): Promise<ReadonlyMap<MentionId, readonly Copy[]>> {
  if (batch.length === 0) return new Map();
  const times = batch.map(({ postedAt }) => postedAt.getTime());
  const period = {
    $gte: new Date(Math.min(...times) - copiesWithinMs),
    $lte: new Date(Math.max(...times) + copiesWithinMs),
  };
  const keys = [...new Set(batch.flatMap(({ print }) => print.keys))];
  const candidates = await fingerprints(db)
    .find({ keys: { $in: keys }, postedAt: period })
    .limit(mostRead * batch.length)
    .toArray();
  const byKey = new Map<number, StoredFingerprint[]>();
  for (const one of candidates) {
    for (const key of one.keys) {
      const others = byKey.get(key);
      if (others) others.push(one);
      else byKey.set(key, [one]);
    }
  }
  return new Map(batch.map((one) => [one._id, copiesAmong(one, byKey)]));
}

function copiesAmong(
  one: Fingerprinted,
  byKey: ReadonlyMap<number, readonly StoredFingerprint[]>,
): readonly Copy[] {
  const others = new Map<MentionId, StoredFingerprint>();
  for (const key of one.print.keys) for (const other of byKey.get(key) ?? []) others.set(other._id, other);
  others.delete(one._id);
  const copies: Copy[] = [];
  for (const { _id, by, postedAt, values } of others.values()) {
    if (Math.abs(postedAt.getTime() - one.postedAt.getTime()) > copiesWithinMs) continue;
    const likeness = likenessOf(one.print.values, values.buffer);
    if (likeness >= COPY) copies.push({ _id, by, postedAt, likeness });
  }
  return copies.sort((a, b) => b.likeness - a.likeness || (a._id < b._id ? -1 : 1));
}
