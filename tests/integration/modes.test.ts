import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { claimHome } from '../../src/cli/home.ts';
import { readConfig } from '../../src/core/config.ts';
import { openStamped } from '../../src/store/meta.ts';
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

test('a database with demo data refuses a live start, and one of a newer program any', async () => {
  await using services = await startTestServices();
  await openStamped(services.db, 'demo', now);

  await expect(openStamped(services.db, 'live', now)).rejects.toThrow(/data DEMO/);
  await services.db
    .collection<{ _id: string }>('meta')
    .updateOne({ _id: 'stamp' }, { $set: { schemaVersion: 99 } });
  await expect(openStamped(services.db, 'demo', now)).rejects.toThrow(/lebih baru/);
});

test('troubles of an older program get words for both languages at the next start', async () => {
  await using services = await startTestServices();
  const { db } = services;
  await openStamped(db, 'demo', now);
  const old = { _id: 'i-1', words: 'Token habis.', todo: 'Buat baru.', who: 'Petugas aduan' };
  await db.collection<typeof old>('incidents').insertOne(old);
  await db.collection<{ _id: string }>('meta').updateOne({ _id: 'stamp' }, { $set: { schemaVersion: 2 } });
  await openStamped(db, 'demo', now);
  expect(await db.collection('incidents').findOne({})).toMatchObject({
    words: { id: 'Token habis.', en: 'Token habis.' },
    todo: { id: 'Buat baru.' },
    who: 'petugas',
  });
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
