import { type ClientSession, type Db, MongoServerError } from 'mongodb';
import { lateFrom } from '../cases/late-from.ts';
import type { NewCase } from '../cases/new-case.ts';
import { caseNumber, newTrackingCode } from '../cases/number.ts';
import { yearOf } from '../cases/working-days.ts';
import type { Case } from '../domain/case.ts';
import type { MentionId } from '../domain/ids.ts';
import { cases } from './cases.ts';
import { takeNumbers } from './counters.ts';
import type { InTransaction } from './database.ts';

/** Each case, by the message that opened it. */
export type OpenedCases = ReadonlyMap<MentionId, Case>;

/** One transaction stays well under MongoDB's limits and holds the counter for a few milliseconds only. */
const mostAtOnce = 100;

const duplicateKey = 11_000;

/**
 * Opens up to 100 cases in one transaction with their numbers, which are given by the year (WIB) in which the citizen
 * wrote. Safe to run twice and side by side: a message that has its case keeps the number.
 * @param within further writes of the same transaction
 */
export async function openCases(
  inTransaction: InTransaction,
  db: Db,
  batch: readonly NewCase[],
  within?: (opened: OpenedCases, session: ClientSession) => Promise<void>,
): Promise<OpenedCases> {
  if (batch.length > mostAtOnce) throw new RangeError(`At most ${mostAtOnce} cases can be opened at once`);
  const open = () =>
    inTransaction(async (session) => {
      const opened = await insertMissing(db, batch, session);
      await within?.(opened, session);
      return opened;
    });
  try {
    return await open();
  } catch (error) {
    // Another process opened one of them between our snapshot and our insert: the second run sees it.
    if (error instanceof MongoServerError && error.code === duplicateKey) return open();
    throw error;
  }
}

async function insertMissing(
  db: Db,
  batch: readonly NewCase[],
  session: ClientSession,
): Promise<OpenedCases> {
  const known = await cases(db)
    .find({ rootMentionId: { $in: batch.map((one) => one.rootMentionId) } }, { session })
    .toArray();
  const opened = new Map(known.map((one) => [one.rootMentionId, one]));

  const missing = new Map(
    batch.filter((one) => !opened.has(one.rootMentionId)).map((one) => [one.rootMentionId, one]),
  );
  const documents: Case[] = [];
  for (const year of new Set([...missing.values()].map((one) => yearOf(one.openedAt)))) {
    const ofYear = [...missing.values()].filter((one) => yearOf(one.openedAt) === year);
    const first = await takeNumbers(db, `cases-${year}`, ofYear.length, session);
    for (const [index, one] of ofYear.entries()) {
      documents.push({
        _id: caseNumber(year, first + index),
        trackingCode: newTrackingCode(),
        version: 1,
        ...one,
        lateFrom: lateFrom(one),
      });
    }
  }
  if (documents.length > 0) await cases(db).insertMany(documents, { session });
  for (const one of documents) opened.set(one.rootMentionId, one);
  return opened;
}
