import type { AnyBulkWriteOperation, ClientSession, Db } from 'mongodb';
import { lateFrom } from '../cases/late-from.ts';
import type { NewCase } from '../cases/new-case.ts';
import type { Case } from '../domain/case.ts';
import { type MentionId, systemUser } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { openCases } from './case-openings.ts';
import { type Cases, cases } from './cases.ts';
import type { InTransaction } from './database.ts';
import { isTakenNumber } from './elsewhere.ts';
import { noteEntered, saysMore, sortRows } from './entered-rows.ts';
import { mentions } from './mentions.ts';

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

/** The messages whose words a file tells otherwise than it did before, as they are stored. */
async function rewordedOf(
  db: Db,
  batch: readonly ImportedCase[],
  session?: ClientSession,
): Promise<ReadonlyMap<MentionId, Pick<Mention, 'text' | 'version'>>> {
  const read = new Map(batch.map(({ mention }) => [mention._id, mention.text]));
  const stored = mentions(db).find({ _id: { $in: [...read.keys()] } }, session && { session });
  const known = await stored
    .project<Pick<Mention, '_id' | 'text' | 'version'>>({ text: 1, version: 1 })
    .toArray();
  return new Map(known.filter(({ _id, text }) => text !== read.get(_id)).map((one) => [one._id, one]));
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
      const stale = (await knownOf(cases(db), batch, session)).filter((known) => {
        const one = read.get(known.rootMentionId);
        return one !== undefined && differs(known, one.case) && !touchedByPeople(known);
      });
      const updates = stale.flatMap((known) => {
        const one = read.get(known.rootMentionId);
        return one ? [update(known, one.case)] : [];
      });
      if (updates.length > 0) await cases(db).bulkWrite(updates, { session });
      const reworded = await rewordedOf(db, batch, session);
      const written = await mentions(db).bulkWrite(
        batch.map(({ mention: { _id, receivedAt, revision, edits, ...rest } }) => {
          const old = reworded.get(_id);
          const edit = old && { text: old.text, version: old.version, replacedAt: now };
          return {
            updateOne: {
              filter: { _id },
              update: {
                $set: { ...rest, caseId: opened.get(_id)?._id ?? null },
                // When it first came; a later file brings it again.
                $setOnInsert: { receivedAt, ...(!edit && { revision, edits }) },
                ...(edit && { $push: { edits: edit }, $inc: { revision: 1 } }),
              },
              upsert: true,
            },
          };
        }),
        { session, ordered: false },
      );
      // Assigned, not counted up: the transaction may run twice.
      outcome.updated = new Set([
        ...stale.map(({ rootMentionId }) => rootMentionId),
        ...reworded.keys(),
      ]).size;
      outcome.added = written.upsertedCount;
    },
  );
  return outcome;
}

/** What storing them would do, as far as it can be told without writing: which are here already. */
export async function countImported(db: Db, batch: readonly ImportedCase[]): Promise<StoredCounts> {
  const { own, entered } = await sortRows(db, batch);
  const known = await knownOf(cases(db), own);
  const read = new Map(own.map((one) => [one.mention._id, one.case]));
  const reworded = await rewordedOf(db, own);
  const changed = known.filter((one) => {
    const now = read.get(one.rootMentionId);
    const isStale = now !== undefined && differs(one, now) && !touchedByPeople(one);
    return isStale || reworded.has(one.rootMentionId);
  }).length;
  const added = own.length - known.length;
  const updated = changed + entered.filter(saysMore).length;
  return { added, updated, unchanged: batch.length - added - updated };
}
