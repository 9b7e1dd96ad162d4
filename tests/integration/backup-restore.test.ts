import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Db, Document } from 'mongodb';
import { publish } from '../../src/publish/publish.ts';
import { restoreBackup } from '../../src/store/backup/restore.ts';
import { takeBackup } from '../../src/store/backup/take-backup.ts';
import { beginRestore, openStamped } from '../../src/store/meta.ts';
import { dueLooks, dueReleased } from '../../src/store/outbox.ts';
import { findReply, replies } from '../../src/store/replies.ts';
import { readStopSwitch } from '../../src/store/stop-switch.ts';
import { openReplyDesk, type ReplyDesk } from '../support/reply-desk.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

let services: TestServices;
let desk: ReplyDesk;
let folder: string;
let empty: Db;

beforeAll(async () => {
  services = await startTestServices();
  desk = await openReplyDesk(services);
  folder = mkdtempSync(path.join(tmpdir(), 'tanggap-backup-'));
  empty = services.client.db(`${services.db.databaseName}_again`);
  await openStamped(services.db, 'demo', desk.clock.now());
});
afterAll(async () => {
  await empty.dropDatabase();
  await services[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => empty.dropDatabase());

const back = (name: string) => path.join(folder, name);
const take = (name: string) => takeBackup(services, back(name), desk.clock.now());
const bring = (name: string, mode: 'demo' | 'live' = 'demo') =>
  restoreBackup(empty, back(name), mode, desk.clock.now());

/** Every document with the types that it is stored with. */
async function everything(db: Db, leftOut: readonly string[]): Promise<Record<string, Document[]>> {
  const names = (await db.listCollections().toArray()).map(({ name }) => name);
  const kept = names.filter((name) => !leftOut.includes(name)).sort();
  const found = await Promise.all(
    kept.map(async (name) => {
      const documents = await db.collection(name).find({}, { promoteValues: false }).toArray();
      return [name, documents.sort((a, b) => (String(a._id) < String(b._id) ? -1 : 1))] as const;
    }),
  );
  return Object.fromEntries(found.filter(([, documents]) => documents.length > 0));
}

test('what is brought back is what was there, with its types, and without the logins', async () => {
  await desk.put('b1', { state: 'sent' });
  await services.db.collection<Document>('sessions').insertOne({ userId: 'u', expiresAt: new Date() });
  await services.db.collection<Document>('counters').insertOne({ n: 7, long: 2 ** 40, half: 0.5 });
  await take('whole');
  await bring('whole');
  const leftOut = ['sessions', 'meta'];
  expect(await everything(empty, leftOut)).toEqual(await everything(services.db, leftOut));
  expect(await empty.collection('sessions').countDocuments()).toBe(0);
});

// Seen failing: without the read concern in dump (the client's wins over the session's), cases and replies of different moments.
test('a backup shows one moment while people write', async () => {
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n += 1) {
      await services.client.withSession((session) =>
        session.withTransaction(async () => {
          await services.db.collection<Document>('a_first').insertOne({ n }, { session });
          await services.db.collection<Document>('z_last').insertOne({ n }, { session });
        }),
      );
    }
  })();
  for (let round = 0; round < 5; round += 1) {
    const { collections } = await take(`moment-${round}`);
    const count = (name: string) => collections.find((one) => one.name === name)?.documents;
    expect(count('a_first')).toBe(count('z_last'));
  }
  writing = false;
  await writer;
});

// Seen failing: with holdAfterRestore left out, the reply is released and goes out a second time.
test('what was on its way is looked for, never sent again, and all sending stays stopped', async () => {
  const reply = await desk.put('b2', { state: 'released', notBefore: desk.clock.now() });
  await take('on-its-way');
  await bring('on-its-way');
  const now = desk.clock.now();
  expect(await dueReleased(replies(empty), now, 10)).toEqual([]);
  expect((await dueLooks(replies(empty), now, 10)).map(({ _id }) => _id)).toEqual([reply._id]);
  expect((await readStopSwitch(empty)).stopped).toBe(true);
  const held = await findReply(replies(empty), reply._id);
  expect(held).toMatchObject({ state: 'unknown', version: reply.version + 1 });
  await publish(
    { ...desk.publish, findReply: (id) => findReply(replies(empty), id) },
    reply._id,
    reply.version + 1,
  );
  expect(desk.platform.posts).toEqual([]);
});

test('a damaged file, the other mode and a database in use are refused before anything is written', async () => {
  await take('bad');
  await expect(bring('bad', 'live')).rejects.toThrow('mode demo');
  await expect(restoreBackup(services.db, back('bad'), 'demo', desk.clock.now())).rejects.toThrow('kosong');
  appendFileSync(path.join(back('bad'), 'replies.bson.gz'), 'x');
  await expect(bring('bad')).rejects.toThrow('replies.bson.gz');
  expect(await empty.listCollections().toArray()).toEqual([]);
  expect(existsSync(back('bad.part'))).toBe(false);
});

// Seen failing: with refuseHalfRestored left out, the program starts on half of the data.
test('a restore that was cut off keeps everybody out', async () => {
  await beginRestore(empty, desk.clock.now());
  await expect(openStamped(empty, 'demo', desk.clock.now())).rejects.toThrow('belum selesai');
});
