import type { Collection, Db, Document } from 'mongodb';
import type { ThreadFilter, ThreadView } from '../domain/thread-filter.ts';
import { cases } from './cases.ts';
import { mentions } from './mentions.ts';

/**
 * A page of a search looks at so many entries of its rarest word at most. MongoDB cannot join two words of one index: it
 * walks one and fetches every document for the other, 27,000 of them at a million messages (docs/adr/0007).
 */
const entriesAPage = 1_000;

/** Views of what is done with grow with the years; the others are as long as the work that waits. */
const longViews: ReadonlySet<ThreadView> = new Set([
  'semua',
  'aduan',
  'selesai',
  'arsip',
  'tersaring',
  'apresiasi',
]);

/** Any further word can only make a search rarer. */
const wordsTried = 6;

type Period = Pick<ThreadFilter, 'from' | 'before'>;

/** When the entry was written with which a page of this word ends; null: the word has no more. From the index alone. */
async function pageEnd(
  searched: { readonly collection: Collection<Document>; readonly at: 'openedAt' | 'postedAt' },
  word: string,
  { from = new Date(0), before }: Period,
): Promise<Date | null> {
  const { collection, at } = searched;
  const [last] = await collection
    .find({ tokens: word, [at]: { $gte: from, ...(before && { $lt: before }) } })
    .project<Record<typeof at, Date>>({ _id: 0, [at]: 1 })
    .sort({ [at]: -1, _id: -1 })
    .skip(entriesAPage)
    .limit(1)
    .toArray();
  return last?.[at] ?? null;
}

/**
 * How far back this page of a search looks: not before the moment in the answer, which the next page goes on from.
 * @param filter its `before` is where the page before ended
 * @returns null when it looks at everything: a word is rare, the view is short, or nothing is searched
 */
export async function searchWindow(db: Db, { view, words, ...period }: ThreadFilter): Promise<Date | null> {
  if (!words?.length || !longViews.has(view)) return null;
  const searched = [
    { collection: cases(db) as unknown as Collection<Document>, at: 'openedAt' },
    { collection: mentions(db) as unknown as Collection<Document>, at: 'postedAt' },
  ] as const;
  const ends = await Promise.all(
    searched.map(async (one) => {
      const found = await Promise.all(words.slice(0, wordsTried).map((word) => pageEnd(one, word, period)));
      const known = found.filter((end) => end !== null);
      return known.length < found.length ? null : Math.min(...known.map(Number));
    }),
  );
  const newest = Math.max(...ends.map((end) => end ?? 0));
  return newest === 0 ? null : new Date(newest);
}
