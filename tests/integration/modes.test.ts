import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { claimHome, claimRun } from '../../src/cli/home.ts';
import { readConfig } from '../../src/core/config.ts';
import { projectRoot } from '../../src/core/root.ts';
import type { CaseNumber, ChannelId, MentionId } from '../../src/domain/ids.ts';
import { serverStatus, startServers } from '../../src/servers/server-set.ts';
import { readState } from '../../src/servers/state.ts';
import { cases } from '../../src/store/cases.ts';
import { channels } from '../../src/store/channels.ts';
import { openStamped } from '../../src/store/meta.ts';
import { channel } from '../support/builders.ts';
import { aCase } from '../support/reply-builders.ts';
import { startTestServices } from '../support/services.ts';

const now = new Date('2026-11-24T03:00:00Z');
const auditKey = 'a'.repeat(64);
const credentials = { X_ACCESS_TOKEN: 'real', X_ACCOUNT_ID: '1', X_ACCOUNT_HANDLE: 'aduan' };

// Planted: the comparison in claimHome removed → the second call resolves and the test fails.
test('a folder with demo data refuses a live start and says what to do', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'tanggap-'));
  await claimHome(home, 'demo');

  await expect(claimHome(home, 'live')).rejects.toThrow(/DATA SIMULASI[\s\S]*services -- wipe/);
  await expect(claimHome(home, 'demo')).resolves.toBeUndefined();
  await rm(home, { recursive: true });
});

// Planted: whether the other one runs not asked → both claims resolve.
test('a folder is started from once at a time; what a killed start left is taken over', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'tanggap-'));
  const both = await Promise.allSettled([claimRun(home), claimRun(home)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(claimRun(home)).rejects.toThrow(new RegExp(`proses ${process.pid}[\\s\\S]*TANGGAP_HOME`));
  for (const one of both) if (one.status === 'fulfilled') await one.value[Symbol.asyncDispose]();
  for (const gone of [
    `${process.pid} 1 start`,
    `${process.ppid} 1 bukan perintah yang berjalan ini`,
    'rusak',
  ]) {
    await writeFile(path.join(home, 'running'), gone);
    await using again = await claimRun(home);
    expect(again).toBeDefined();
  }
  await rm(home, { recursive: true });
});

// Planted: the catch of server-set.ts left out → mongod runs on.
test('when one server cannot start, the other one that was started for it does not stay', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-'));
  await writeFile(path.join(dir, 'valkey'), 'a file where its folder belongs');
  await expect(startServers({ root: projectRoot, dir, say: () => {} })).rejects.toThrow(/EEXIST/);
  expect((await readState(dir)).mongod).toBeDefined();
  expect(await serverStatus(projectRoot, dir)).toEqual({});
  await rm(dir, { recursive: true });
});

test('a database with demo data refuses a live start, and one of a newer program any', async () => {
  await using services = await startTestServices();
  await openStamped(services.db, 'demo', now);

  await expect(openStamped(services.db, 'live', now)).rejects.toThrow(/data DEMO/);
  await services.db
    .collection<{ _id: string }>('meta')
    .updateOne({ _id: 'stamp' }, { $set: { schemaVersion: 99 } });
  await expect(openStamped(services.db, 'demo', now)).rejects.toThrow(/lebih baru/);
});

// Planted: the steps in the order 4, 3, 2, and the stamp written before the step runs → each fails at the version.
test('an older database is brought up step by step, each recorded when it is done; a step that was cut off runs again', async () => {
  await using services = await startTestServices();
  const { db } = services;
  await openStamped(db, 'demo', now);
  const stamp = db.collection<{ _id: string; schemaVersion?: number }>('meta');
  const version = async () => (await stamp.findOne({ _id: 'stamp' }))?.schemaVersion;
  await stamp.updateOne({ _id: 'stamp' }, { $set: { schemaVersion: 1 } });
  const { connectedAt, ...older } = channel();
  const newer = { ...channel(), _id: 'x-lain' as ChannelId };
  await db.collection<{ _id: ChannelId }>('channels').insertMany([older, newer]);
  const fromFile = { ...aCase(), imported: { source: 'sp4n', externalId: '7' } };
  const [_id, rootMentionId] = ['KRA-2026-000900' as CaseNumber, 'x-900' as MentionId];
  const typed = aCase({ _id, rootMentionId, trackingCode: 'T900' });
  const dueAt = new Date('2026-11-20T16:59:59Z');
  const [before, after] = [new Date('2026-11-19T03:00:00Z'), new Date('2026-11-21T03:00:00Z')];
  const ends = [
    { dueAt },
    { dueAt, answeredAt: before },
    { dueAt, answeredAt: after },
    { dueAt, closedAt: before },
    { answeredAt: after },
  ];
  const ended = ends.map((times, index) => {
    const own = { _id: `KRA-2026-00091${index}`, rootMentionId: `x-91${index}`, trackingCode: `T91${index}` };
    return aCase({ ...times, ...(own as Pick<typeof typed, keyof typeof own>) });
  });
  await cases(db).insertMany([fromFile, typed, ...ended].map(({ lateFrom: _, ...one }) => one));
  const old = { _id: 'i-1', words: 'Token habis.', todo: 'Buat baru.', who: 'Petugas aduan' };
  await db.collection<typeof old>('incidents').insertOne(old);

  // A rule that no migration may meet in life; here it cuts the last step off.
  await db.command({ collMod: 'channels', validator: { _id: 'x-lain' } });
  await expect(openStamped(db, 'demo', now)).rejects.toThrow(/validation/);
  expect(await version()).toBe(3);
  const inBoth = {
    words: { id: 'Token habis.', en: 'Token habis.' },
    todo: { id: 'Buat baru.' },
    who: 'petugas',
  };
  expect(await db.collection('incidents').findOne({})).toMatchObject(inBoth);
  const key = 'sp4n/7';
  expect(await cases(db).findOne({ _id: fromFile._id })).toMatchObject({ elsewhere: [{ key, state: null }] });
  await db.command({ collMod: 'channels', validator: {} });
  // Set by a person since: the step is not run a second time, and would leave it.
  await cases(db).updateOne({ _id: fromFile._id }, { $set: { 'elsewhere.0.state': 'proses' } });
  for (let starts = 0; starts < 2; starts += 1) await openStamped(db, 'demo', now);
  expect(await version()).toBe(5);
  const marked = await cases(db)
    .find({ _id: /KRA-2026-00091/ })
    .sort({ _id: 1 })
    .toArray();
  expect(marked.map((one) => one.lateFrom)).toEqual([dueAt, null, dueAt, null, null]);
  expect(await db.collection('incidents').findOne({})).toMatchObject(inBoth);
  expect(await cases(db).findOne({ _id: fromFile._id })).toMatchObject({ elsewhere: [{ state: 'proses' }] });
  expect((await cases(db).findOne({ _id: typed._id }))?.elsewhere).toBeUndefined();
  const connected = (await channels(db).find().sort({ _id: 1 }).toArray()).map((one) => one.connectedAt);
  expect(connected).toEqual([older.startFrom, connectedAt]);
});

test('one real credential makes it live, and live needs its two keys', () => {
  expect(readConfig({}, '/x').mode).toBe('demo');
  const keys = { TANGGAP_AUDIT_KEY: auditKey, TANGGAP_SECRET_KEY: 'b'.repeat(64) };
  expect(readConfig({ ...credentials, ...keys }, '/x').mode).toBe('live');
  expect(() => readConfig({ ...credentials, TANGGAP_AUDIT_KEY: auditKey }, '/x')).toThrow(
    /perlu TANGGAP_SECRET_KEY.*needs TANGGAP_SECRET_KEY/s,
  );
  expect(() => readConfig(credentials, '/x')).toThrow(/TANGGAP_AUDIT_KEY/);
  expect(() => readConfig({ ...credentials, TANGGAP_MODE: 'demo' }, '/x')).toThrow(/bercampur/);
});

test('incomplete credentials and typing errors are named, all at once', () => {
  expect(() => readConfig({ X_ACCESS_TOKEN: 'real' }, '/x')).toThrow(/X_ACCOUNT_ID, X_ACCOUNT_HANDLE/);
  expect(() => readConfig({ ...credentials, X_REFRESH_TOKEN: 'r' }, '/x')).toThrow(
    /X_CLIENT_ID, X_CLIENT_SECRET/,
  );
  expect(() => readConfig({ PORT: 'eighty', REDIS_URL: 'http://x' }, '/x')).toThrow(
    /(PORT[\s\S]*REDIS_URL|REDIS_URL[\s\S]*PORT)/,
  );
});
