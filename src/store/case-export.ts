import type { Db } from 'mongodb';
import type { Case } from '../domain/case.ts';
import type { MentionId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { ThreadFilter } from '../domain/thread-filter.ts';
import { cases } from './cases.ts';
import { mentions } from './mentions.ts';
import { type Asking, threadQuery } from './thread-query.ts';

/** Cases whose rows are in memory at one time. */
const batchSize = 100;

interface Exported {
  readonly case: Omit<Case, 'notes' | 'history' | 'tokens'>;
  readonly root: Pick<Mention, 'author' | 'text' | 'url'> | null;
}

/**
 * All cases that the inbox's filter finds, newest first, in batches; each batch is read when the one before was taken.
 * Ending early closes the cursor.
 */
export async function* caseBatches(db: Db, filter: ThreadFilter, asking: Asking): AsyncGenerator<Exported[]> {
  const { cases: query } = await threadQuery(db, filter, asking);
  if (query === null) return;
  await using cursor = cases(db)
    .find(query, { projection: { notes: 0, history: 0, tokens: 0 }, batchSize })
    .sort({ openedAt: -1, _id: -1 });
  while (await cursor.hasNext()) {
    const found = cursor.readBufferedDocuments() as Exported['case'][];
    const roots = await rootsOf(db, found);
    yield found.map((one) => ({ case: one, root: roots.get(one.rootMentionId) ?? null }));
  }
}

async function rootsOf(db: Db, found: readonly Exported['case'][]) {
  const roots = await mentions(db)
    .find({ _id: { $in: found.map((one) => one.rootMentionId) } })
    .project<Pick<Mention, '_id' | 'author' | 'text' | 'url'>>({ author: 1, text: 1, url: 1 })
    .toArray();
  return new Map<MentionId, (typeof roots)[number]>(roots.map((mention) => [mention._id, mention]));
}
