import { type Db, MongoServerError } from 'mongodb';
import type { Case } from '../domain/case.ts';
import type { CaseScope } from './case-list.ts';
import { scopeQuery } from './case-list.ts';
import { cases } from './cases.ts';

/** The cases that have one of these numbers elsewhere, by the number's key. */
export async function casesElsewhere(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, Case>> {
  const found = await cases(db)
    .find({ 'elsewhere.key': { $in: [...keys] } })
    .toArray();
  return new Map(found.flatMap((one) => (one.elsewhere ?? []).map(({ key }) => [key, one] as const)));
}

/** Whether a write failed because another case has that number. */
export function isTakenNumber(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11_000;
}

const batchSize = 100;

export type WithNumber = Omit<Case, 'notes' | 'history' | 'tokens'>;

/** All cases with a number in this portal, newest first, in batches; ending early closes the cursor. */
export async function* batchesElsewhere(
  db: Db,
  asked: { readonly source: string; readonly from?: Date | undefined; readonly before?: Date | undefined },
  scope: CaseScope,
): AsyncGenerator<WithNumber[]> {
  const period = {
    ...(asked.from && { $gte: asked.from }),
    ...(asked.before && { $lt: asked.before }),
  };
  const query = {
    ...scopeQuery(scope),
    'elsewhere.source': asked.source,
    'elsewhere.key': { $exists: true },
    ...(Object.keys(period).length > 0 && { openedAt: period }),
  };
  await using cursor = cases(db)
    .find(query, { projection: { notes: 0, history: 0, tokens: 0 }, batchSize })
    .sort({ openedAt: -1, _id: -1 });
  while (await cursor.hasNext()) yield cursor.readBufferedDocuments() as WithNumber[];
}

/** Migration: cases that came from a file before numbers elsewhere were kept. */
export async function nameImportedElsewhere(db: Db): Promise<void> {
  const { source, externalId } = { source: '$imported.source', externalId: '$imported.externalId' };
  await db
    .collection('cases')
    .updateMany({ 'imported.source': { $type: 'string' }, elsewhere: { $exists: false } }, [
      {
        $set: {
          elsewhere: [{ key: { $concat: [source, '/', externalId] }, source, externalId, state: null }],
        },
      },
    ]);
}
