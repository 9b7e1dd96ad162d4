import { createHash } from 'node:crypto';
import type { Collection, Db, IndexDescription } from 'mongodb';

/** Something that could not be taken in, kept whole with the reason until a person has looked. */
export interface Quarantined {
  readonly _id: string;
  /** Channel, file or stage that it came from. */
  readonly source: string;
  readonly nativeId: string | null;
  /** In words, for a person. */
  readonly reason: string;
  /** JSON text, cut at 64 kB. */
  readonly raw: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** How often the same thing came. */
  readonly times: number;
}

export const quarantineIndexes = [{ key: { lastAt: -1 }, name: 'newest' }] satisfies IndexDescription[];

function quarantine(db: Db): Collection<Quarantined> {
  return db.collection<Quarantined>('quarantine');
}

export type NewQuarantined = Pick<Quarantined, 'source' | 'nativeId' | 'reason' | 'raw'>;

/** The same thing from the same source is kept once and counted. */
export async function putInQuarantine(db: Db, items: readonly NewQuarantined[], now: Date): Promise<void> {
  if (items.length === 0) return;
  await quarantine(db).bulkWrite(
    items.map((item) => ({
      updateOne: {
        filter: {
          _id: createHash('sha256')
            .update(`${item.source}\n${item.nativeId}\n${item.raw}`)
            .digest('hex')
            .slice(0, 32),
        },
        update: { $setOnInsert: { ...item, firstAt: now }, $set: { lastAt: now }, $inc: { times: 1 } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}

export function listQuarantine(db: Db, limit: number): Promise<Quarantined[]> {
  return quarantine(db).find().sort({ lastAt: -1 }).limit(limit).toArray();
}
