import type { Db } from 'mongodb';
import type { NewCase } from '../cases/new-case.ts';
import type { Case, CaseState } from '../domain/case.ts';
import { elsewhereOf } from '../domain/elsewhere.ts';
import { systemUser } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { cases } from './cases.ts';
import { casesElsewhere } from './elsewhere.ts';

interface ImportedRow {
  readonly case: NewCase;
  readonly mention: Pick<Mention, '_id'>;
}

/** A row about a case of ours that an officer entered in the portal: it has that number, but another first message. */
export interface EnteredRow {
  readonly case: Case;
  readonly key: string;
  /** What the portal says of it now. */
  readonly state: CaseState;
}

function keyOf(one: NewCase): string {
  return one.imported === null ? '' : elsewhereOf(one.imported.source, one.imported.externalId).key;
}

/** Tells the rows that are cases of their own from those that tell of a case that we entered there. */
export async function sortRows<Row extends ImportedRow>(
  db: Db,
  batch: readonly Row[],
): Promise<{ readonly own: readonly Row[]; readonly entered: readonly EnteredRow[] }> {
  const owners = await casesElsewhere(
    db,
    batch.map((row) => keyOf(row.case)),
  );
  const own: Row[] = [];
  const entered: EnteredRow[] = [];
  for (const row of batch) {
    const key = keyOf(row.case);
    const owner = owners.get(key);
    if (owner === undefined || owner.rootMentionId === row.mention._id) own.push(row);
    else entered.push({ case: owner, key, state: row.case.state });
  }
  return { own, entered };
}

export function saysMore({ case: one, key, state }: EnteredRow): boolean {
  return one.elsewhere?.some((there) => there.key === key && there.state !== state) ?? false;
}

/** Keeps what the portal says of it. The case itself stays as it is: it is handled here. @returns how many it was news for */
export async function noteEntered(db: Db, rows: readonly EnteredRow[], now: Date): Promise<number> {
  const news = rows.filter(saysMore);
  if (news.length === 0) return 0;
  await cases(db).bulkWrite(
    news.map(({ case: one, key, state }) => ({
      updateOne: {
        filter: { _id: one._id, elsewhere: { $elemMatch: { key, state: { $ne: state } } } },
        update: {
          $set: { 'elsewhere.$.state': state },
          $push: {
            history: { at: now, by: systemUser, what: 'status di portal', from: null, to: null, note: state },
          },
          $inc: { version: 1 },
        },
      },
    })),
    { ordered: false },
  );
  return news.length;
}
