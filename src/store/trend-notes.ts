import type { Collection, Db, IndexDescription } from 'mongodb';
import type { UserId } from '../domain/ids.ts';

/** What somebody wrote about a rise: the numbers as he saw them, and where its members are. */
export interface TrendNote {
  readonly _id: string;
  readonly at: Date;
  readonly by: UserId;
  /** Null: not decided, or not known. */
  readonly subject: string | null;
  readonly kecamatan: string | null;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Cases of that time, without secret ones. */
  readonly in: number;
  readonly text: string;
}

export const trendNoteIndexes = [{ key: { at: -1 }, name: 'newest' }] satisfies IndexDescription[];

function trendNotes(db: Db): Collection<TrendNote> {
  return db.collection<TrendNote>('trend_notes');
}

export async function addTrendNote(db: Db, note: TrendNote): Promise<void> {
  await trendNotes(db).insertOne(note);
}

export function listTrendNotes(db: Db, limit: number): Promise<TrendNote[]> {
  return trendNotes(db).find({}).sort({ at: -1 }).limit(limit).toArray();
}
