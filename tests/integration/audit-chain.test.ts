import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fixedClock } from '../../src/core/clock.ts';
import type { UserId } from '../../src/domain/ids.ts';
import { type AuditDocument, audit, auditRecorder, sealAudit, verifyAudit } from '../../src/store/audit.ts';
import { inTransaction } from '../../src/store/database.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

const key = 'a key outside the database';
const sari = 'sari' as UserId;

let services: TestServices;
beforeEach(async () => {
  services = await startTestServices();
});
afterEach(async () => {
  await services[Symbol.asyncDispose]();
});

async function tenEntries(): Promise<AuditDocument[]> {
  const clock = fixedClock('2026-11-02T02:00:00Z');
  const record = auditRecorder(services.db, key);
  for (let at = 0; at < 10; at += 1) {
    clock.advance(1_000);
    await record({
      at: clock.now(),
      by: sari,
      act: 'case.move',
      subject: `KRA-2026-00000${at}`,
      fields: { from: 'baru' },
    });
    if (at === 4) await sealAudit(services.db, key);
  }
  await sealAudit(services.db, key);
  return audit(services.db).find().sort({ 'seal.seq': 1 }).toArray();
}

function nth(entries: readonly AuditDocument[], at: number): AuditDocument {
  const entry = entries[at];
  if (!entry) throw new Error(`no entry ${at}`);
  return entry;
}

test('an untouched chain is whole, and sealing again changes nothing', async () => {
  await tenEntries();
  expect(await verifyAudit(services.db, key)).toEqual({ ok: true, sealed: 10, waiting: 0 });
  expect(await sealAudit(services.db, key)).toMatchObject({ sealed: 0, seq: 10 });
});

test('an entry that was not sealed yet counts as waiting', async () => {
  await tenEntries();
  await auditRecorder(
    services.db,
    key,
  )({ at: new Date(), by: sari, act: 'logout', subject: 'sari', fields: {} });
  expect(await verifyAudit(services.db, key)).toEqual({ ok: true, sealed: 10, waiting: 1 });
});

test('ten sealers at once give each entry one place', async () => {
  const record = auditRecorder(services.db, key);
  for (let at = 0; at < 50; at += 1)
    await record({ at: new Date(), by: sari, act: 'x', subject: String(at), fields: {} });
  await Promise.all(Array.from({ length: 10 }, () => sealAudit(services.db, key)));
  expect(await verifyAudit(services.db, key)).toEqual({ ok: true, sealed: 50, waiting: 0 });
});

test('an entry of a transaction that failed is not there', async () => {
  const record = auditRecorder(services.db, key);
  const failing = inTransaction(services.client)(async (session) => {
    await record({ at: new Date(), by: sari, act: 'x', subject: null, fields: {} }, session);
    throw new Error('planted');
  });
  await expect(failing).rejects.toThrow('planted');
  expect(await audit(services.db).countDocuments()).toBe(0);
});

test('a text does not get into an entry', async () => {
  const record = auditRecorder(services.db, key);
  const withText = {
    at: new Date(),
    by: sari,
    act: 'x',
    subject: null,
    fields: { text: 'Jalan rusak di depan rumah' },
  };
  await expect(record(withText)).rejects.toThrow('ids, hashes and field names only');
});

// Each of these is the planted fault: with the check of its kind taken out of verifyAudit, its test fails.
describe('whoever has the database but not the key is found out when he', () => {
  const tampering: Record<
    string,
    (entries: AuditDocument[]) => Promise<{ seq: number | null; problem: string }>
  > = {
    'changes a field': async (entries) => {
      await audit(services.db).updateOne(
        { _id: nth(entries, 3)._id },
        { $set: { 'fields.from': 'selesai' } },
      );
      return { seq: 4, problem: 'changed' };
    },
    'changes who did it': async (entries) => {
      await audit(services.db).updateOne({ _id: nth(entries, 0)._id }, { $set: { by: 'budi' as UserId } });
      return { seq: 1, problem: 'changed' };
    },
    'deletes an entry in the middle': async (entries) => {
      await audit(services.db).deleteOne({ _id: nth(entries, 5)._id });
      return { seq: 6, problem: 'missing' };
    },
    'deletes the newest entry': async (entries) => {
      await audit(services.db).deleteOne({ _id: nth(entries, 9)._id });
      return { seq: 10, problem: 'missing' };
    },
    'deletes the newest entry and sets the head back': async (entries) => {
      await audit(services.db).deleteOne({ _id: nth(entries, 9)._id });
      await services.db
        .collection('audit_head')
        .updateOne({}, { $set: { seq: 9, last: nth(entries, 8).seal?.mac } });
      return { seq: 9, problem: 'head' };
    },
    'deletes the head': async () => {
      await services.db.collection('audit_head').deleteMany({});
      return { seq: null, problem: 'head' };
    },
    'swaps two entries': async (entries) => {
      const [a, b] = [nth(entries, 2), nth(entries, 3)];
      await audit(services.db).deleteMany({ _id: { $in: [a._id, b._id] } });
      await audit(services.db).insertMany([
        { ...a, seal: b.seal },
        { ...b, seal: a.seal },
      ]);
      return { seq: 3, problem: 'moved' };
    },
    'slips one in without a seal': async (entries) => {
      await audit(services.db).insertOne({ ...nth(entries, 2), _id: 'forged', seal: null });
      return { seq: null, problem: 'foreign' };
    },
    'slips one in, and we seal it': async (entries) => {
      await audit(services.db).insertOne({ ...nth(entries, 2), _id: '00forged', seal: null });
      await sealAudit(services.db, key);
      return { seq: 11, problem: 'changed' };
    },
    'puts one at the end with a place of its own': async (entries) => {
      await audit(services.db).insertOne({ ...nth(entries, 2), _id: 'forged', seal: { seq: 11, mac: 'x' } });
      return { seq: null, problem: 'foreign' };
    },
    'takes the seal off an entry': async (entries) => {
      await audit(services.db).updateOne({ _id: nth(entries, 4)._id }, { $set: { seal: null } });
      return { seq: 5, problem: 'missing' };
    },
  };
  test.each(Object.entries(tampering))('%s', async (_name, tamper) => {
    const found = await tamper(await tenEntries());
    expect(await verifyAudit(services.db, key)).toMatchObject({ ok: false, ...found });
  });
});
