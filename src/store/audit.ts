import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ClientSession, Collection, Db, IndexDescription } from 'mongodb';
import { monotonicFactory } from 'ulid';
import type { UserId } from '../domain/ids.ts';

/** What somebody did, or a security event. Ids, hashes and names of fields; never a text, a name or a token. */
interface AuditEntry {
  readonly at: Date;
  readonly by: UserId;
  /** Noun and verb, for example `reply.approve` or `login.failed`. */
  readonly act: string;
  /** Id of what it was done to; null when there is none. */
  readonly subject: string | null;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/** `mac` proves that we wrote it; `seal` binds it to its place in the chain. */
export interface AuditDocument extends AuditEntry {
  readonly _id: string;
  readonly mac: string;
  readonly seal: { readonly seq: number; readonly mac: string } | null;
}

interface AuditHead {
  readonly _id: 'head';
  readonly seq: number;
  /** Seal of the newest entry in the chain. */
  readonly last: string;
  readonly mac: string;
}

export const auditIndexes = [
  // The chain's order; two sealers can never give the same place twice.
  {
    key: { 'seal.seq': 1 },
    name: 'chain',
    unique: true,
    partialFilterExpression: { 'seal.seq': { $gt: 0 } },
  },
  // What the sealer has still to do.
  { key: { seal: 1, _id: 1 }, name: 'unsealed' },
  // Everything about one case, reply or person.
  { key: { subject: 1, at: -1 }, name: 'subject_newest' },
] satisfies IndexDescription[];

export function audit(db: Db): Collection<AuditDocument> {
  return db.collection<AuditDocument>('audit');
}

function auditHead(db: Db): Collection<AuditHead> {
  return db.collection<AuditHead>('audit_head');
}

function hmac(key: string, parts: readonly unknown[]): string {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function entryMac(key: string, entry: Omit<AuditDocument, 'mac' | 'seal'>): string {
  const fields = Object.entries(entry.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return hmac(key, ['entry', entry._id, entry.at.toISOString(), entry.by, entry.act, entry.subject, fields]);
}

const noText = /^[\p{L}\p{N}_.:@+/=,-]{0,200}$/u;

/** @throws {Error} when a field looks like a text: that is a bug of the caller, and it must not reach the disk */
function refuseTexts(entry: AuditEntry): void {
  for (const value of [entry.by, entry.act, entry.subject, ...Object.entries(entry.fields).flat()]) {
    if (typeof value === 'string' && !noText.test(value)) {
      throw new Error(`An audit entry (${entry.act}) holds ids, hashes and field names only`);
    }
  }
}

/** Two entries of one millisecond keep their order. */
const nextId = monotonicFactory();

/** Writes one entry, in the transaction of the act when there is one. */
export type RecordAudit = (entry: AuditEntry, session?: ClientSession) => Promise<void>;

/** @param key from the configuration, never stored in the database */
export function auditRecorder(db: Db, key: string): RecordAudit {
  return async (entry, session) => {
    refuseTexts(entry);
    const document = { _id: nextId(entry.at.getTime()), ...entry };
    await audit(db).insertOne(
      { ...document, mac: entryMac(key, document), seal: null },
      session ? { session } : {},
    );
  };
}

/** Seals at most this many in one run. */
const sealAtMost = 1_000;

const start = { seq: 0, last: 'start' };

function headMac(key: string, head: { seq: number; last: string }): string {
  return hmac(key, ['head', head.seq, head.last]);
}

/**
 * Links what is not sealed yet to the chain, oldest first. Run every 5 s; safe to run by several processes at once: the
 * head moves in the same transaction, so one of them wins and the others repeat.
 * @returns how many were sealed, and the head to note outside the database (the log)
 */
export async function sealAudit(db: Db, key: string): Promise<{ sealed: number; seq: number; last: string }> {
  return db.client.withSession((session) =>
    session.withTransaction(async () => {
      const head = (await auditHead(db).findOne({ _id: 'head' }, { session })) ?? start;
      const waiting = await audit(db)
        .find({ seal: null }, { session })
        .sort({ _id: 1 })
        .limit(sealAtMost)
        .toArray();
      let { seq, last } = head;
      const writes = waiting.map((entry) => {
        seq += 1;
        last = hmac(key, ['seal', seq, last, entry.mac]);
        const seal = { seq, mac: last };
        return { updateOne: { filter: { _id: entry._id, seal: null }, update: { $set: { seal } } } };
      });
      if (writes.length === 0) return { sealed: 0, seq, last };
      await audit(db).bulkWrite(writes, { session });
      await auditHead(db).updateOne(
        { _id: 'head' },
        { $set: { seq, last, mac: headMac(key, { seq, last }) } },
        { session, upsert: true },
      );
      return { sealed: writes.length, seq, last };
    }),
  );
}

type AuditProblem = 'changed' | 'missing' | 'moved' | 'foreign' | 'head';

export type AuditVerdict =
  | { readonly ok: true; readonly sealed: number; readonly waiting: number }
  | {
      readonly ok: false;
      readonly seq: number | null;
      readonly entryId: string | null;
      readonly problem: AuditProblem;
    };

/** What is wrong with one entry of the chain, given the seal before it; null when nothing is. */
function problemOf(key: string, entry: AuditDocument, seq: number, last: string): AuditProblem | null {
  if (entry.seal === null || entry.seal.seq !== seq) return 'missing';
  if (!same(entry.mac, entryMac(key, entry))) return 'changed';
  return same(entry.seal.mac, hmac(key, ['seal', seq, last, entry.mac])) ? null : 'moved';
}

/**
 * Walks the whole chain. Finds the first entry that was changed, deleted, put elsewhere or slipped in, the newest
 * included. Cannot find the loss of an entry that was not sealed yet (at most 5 s old), nor a database that was put back
 * as a whole to an older state: compare `seq` with the last "audit sealed" line of the log for that.
 */
export async function verifyAudit(db: Db, key: string): Promise<AuditVerdict> {
  const head = await auditHead(db).findOne({ _id: 'head' });
  if (!head && (await headWasTaken(db))) return { ok: false, seq: null, entryId: null, problem: 'head' };
  if (head && !same(head.mac, headMac(key, head)))
    return { ok: false, seq: head.seq, entryId: null, problem: 'head' };
  const upTo = head?.seq ?? 0;
  let { seq, last } = start;
  for await (const entry of audit(db)
    .find({ 'seal.seq': { $gt: 0, $lte: upTo } })
    .sort({ 'seal.seq': 1 })) {
    seq += 1;
    const problem = problemOf(key, entry, seq, last);
    if (problem) return { ok: false, seq, entryId: problem === 'missing' ? null : entry._id, problem };
    last = entry.seal?.mac ?? last;
  }
  if (seq !== upTo) return { ok: false, seq: seq + 1, entryId: null, problem: 'missing' };
  if (head && head.last !== last) return { ok: false, seq, entryId: null, problem: 'head' };
  return verifyWaiting(db, key, upTo);
}

/** Sealed entries without a head: it was deleted (or the very first sealing ended between the two reads). */
async function headWasTaken(db: Db): Promise<boolean> {
  const sealed = await audit(db).findOne({ 'seal.seq': { $gt: 0 } });
  return sealed !== null && (await auditHead(db).findOne({ _id: 'head' })) === null;
}

/** Entries outside the chain: only those of the last seconds, and each written by us. */
async function verifyWaiting(db: Db, key: string, sealed: number): Promise<AuditVerdict> {
  let waiting = 0;
  // Sealed by another process while we walked: those have a place after `sealed` and are checked in the next walk.
  for await (const entry of audit(db).find({ $nor: [{ 'seal.seq': { $gt: 0, $lte: sealed } }] })) {
    waiting += 1;
    if (!same(entry.mac, entryMac(key, entry)))
      return { ok: false, seq: null, entryId: entry._id, problem: 'foreign' };
  }
  return { ok: true, sealed, waiting };
}

/** What was done, the newest first. @param after id of the last row seen */
export function listAudit(
  db: Db,
  filter: {
    readonly by?: UserId | undefined;
    readonly act?: string | undefined;
    readonly subject?: string | undefined;
  },
  page: { readonly limit: number; readonly after: string | null },
): Promise<AuditDocument[]> {
  const { by, act, subject } = filter;
  return audit(db)
    .find({
      ...(by && { by }),
      ...(act && { act }),
      ...(subject && { subject }),
      ...(page.after !== null && { _id: { $lt: page.after } }),
    })
    .sort({ _id: -1 })
    .limit(page.limit)
    .toArray();
}
