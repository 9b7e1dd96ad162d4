import type { AnyBulkWriteOperation, ClientSession, Db } from 'mongodb';
import { lateFrom } from '../cases/late-from.ts';
import type { NewCase } from '../cases/new-case.ts';
import type { Case } from '../domain/case.ts';
import { systemUser } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { openCases } from './case-openings.ts';
import { type Cases, cases } from './cases.ts';
import type { InTransaction } from './database.ts';
import { isTakenNumber } from './elsewhere.ts';
import { noteEntered, saysMore, sortRows } from './entered-rows.ts';
import { rewordedOf, writeMessages } from './imported-messages.ts';

/** A case from a file with the message that opened it. */
export interface ImportedCase {
  readonly case: NewCase;
  readonly mention: Mention;
}

/** What a file may change on a case that came from it before. */
const fromFile = [
  'platform',
  'channelId',
  'kind',
  'subject',
  'agency',
  'authority',
  'place',
  'state',
  'openedAt',
  'dueAt',
  'answeredAt',
  'answeredBy',
  'closedAt',
  'secret',
  'imported',
] as const satisfies readonly (keyof NewCase)[];

function pickFromFile(one: NewCase | Case): Pick<NewCase, (typeof fromFile)[number]> {
  return Object.fromEntries(fromFile.map((field) => [field, one[field]])) as Pick<
    NewCase,
    (typeof fromFile)[number]
  >;
}

function differs(known: Case, read: NewCase): boolean {
  return JSON.stringify(pickFromFile(known)) !== JSON.stringify(pickFromFile(read));
}

/** A case that a person has worked on since is no longer the file's to change. */
function touchedByPeople(known: Case): boolean {
  return known.history.some((event) => event.by !== systemUser);
}

function update(known: Case, read: NewCase): AnyBulkWriteOperation<Case> {
  const again = { ...read.history[0], what: 'impor ulang', from: known.state };
  return {
    updateOne: {
      filter: { _id: known._id, version: known.version },
      update: {
        $set: {
          ...pickFromFile(read),
          lateFrom: lateFrom(read),
          ...(read.tokens && { tokens: read.tokens }),
        },
        $push: { history: again as Case['history'][number] },
        $inc: { version: 1 },
      },
    },
  };
}

function knownOf(cases: Cases, batch: readonly ImportedCase[], session?: ClientSession): Promise<Case[]> {
  return cases
    .find({ rootMentionId: { $in: batch.map(({ mention }) => mention._id) } }, session && { session })
    .toArray();
}

export interface StoredCounts {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
}

/**
 * Stores up to 100 cases from a file with their messages, in one transaction. A case that came before is updated where
 * the file says something else, unless a person has worked on it since. A row with the number of a case that an officer
 * entered in the portal opens none: what the portal says of it is kept on that case.
 */
export async function storeImported(
  inTransaction: InTransaction,
  db: Db,
  batch: readonly ImportedCase[],
  now: Date,
): Promise<StoredCounts> {
  const store = async (): Promise<StoredCounts> => {
    const { own, entered } = await sortRows(db, batch);
    const { added, updated } = await storeOwn(inTransaction, db, own, now);
    const noted = await noteEntered(db, entered, now);
    return { added, updated: updated + noted, unchanged: batch.length - added - updated - noted };
  };
  try {
    return await store();
  } catch (error) {
    // Somebody wrote one of these numbers on a case of his between our look and our insert: now it is seen.
    if (isTakenNumber(error)) return store();
    throw error;
  }
}

async function storeOwn(
  inTransaction: InTransaction,
  db: Db,
  batch: readonly ImportedCase[],
  now: Date,
): Promise<{ added: number; updated: number }> {
  const outcome = { added: 0, updated: 0 };
  if (batch.length === 0) return outcome;
  await openCases(
    inTransaction,
    db,
    batch.map((one) => one.case),
    async (opened, session) => {
      const read = new Map(batch.map((one) => [one.mention._id, one]));
      const known = await knownOf(cases(db), batch, session);
      const touched = new Set(known.filter(touchedByPeople).map((one) => one.rootMentionId));
      const stale = known.filter((one) => {
        const now = read.get(one.rootMentionId);
        return now !== undefined && differs(one, now.case) && !touched.has(one.rootMentionId);
      });
      const updates = stale.flatMap((one) => {
        const now = read.get(one.rootMentionId);
        return now ? [update(one, now.case)] : [];
      });
      if (updates.length > 0) await cases(db).bulkWrite(updates, { session });
      const messages = batch.map(({ mention }) => mention);
      const reworded = await rewordedOf(db, messages, session);
      const changed = new Set([...stale.map(({ rootMentionId }) => rootMentionId), ...reworded.keys()]);
      const caseIds = new Map([...opened].map(([id, one]) => [id, one._id]));
      // Assigned, not counted up: the transaction may run twice.
      outcome.added = await writeMessages(
        db,
        messages,
        { caseIds, changed, reworded, touched, now },
        session,
      );
      outcome.updated = changed.size;
    },
  );
  return outcome;
}

/** What storing them would do, as far as it can be told without writing: which are here already. */
export async function countImported(db: Db, batch: readonly ImportedCase[]): Promise<StoredCounts> {
  const { own, entered } = await sortRows(db, batch);
  const known = await knownOf(cases(db), own);
  const read = new Map(own.map((one) => [one.mention._id, one.case]));
  const reworded = await rewordedOf(
    db,
    own.map(({ mention }) => mention),
  );
  const changed = known.filter((one) => {
    const now = read.get(one.rootMentionId);
    const isStale = now !== undefined && differs(one, now) && !touchedByPeople(one);
    return isStale || reworded.has(one.rootMentionId);
  }).length;
  const added = own.length - known.length;
  const updated = changed + entered.filter(saysMore).length;
  return { added, updated, unchanged: batch.length - added - updated };
}
