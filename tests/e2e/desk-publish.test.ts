/** The whole way of one answer through the desk: a real worker sends it to the platform, and its link comes by itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sweepReplies } from '../../schedules/sweep-replies.ts';
import { createUser } from '../../src/accounts/accounts.ts';
import { systemClock } from '../../src/core/clock.ts';
import { readConfig } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import { type ReplyId, systemUser } from '../../src/domain/ids.ts';
import { apiDeps } from '../../src/joins/api.ts';
import { followLeads } from '../../src/joins/follow-leads.ts';
import { openServices, type Services } from '../../src/services.ts';
import { startXSimulator, type XSimulator } from '../../src/simulators/x/index.ts';
import { cases } from '../../src/store/cases.ts';
import { waitingIds } from '../../src/store/mention-work.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { classifyMentions } from '../../workers/classify.ts';
import { pollOnce } from '../../workers/poll.ts';
import { startWorkers } from '../../workers/start.ts';
import { password } from '../support/api.ts';
import { chromiumPath } from '../support/browser.ts';
import { type OpenDesk, openDesk, picture } from '../support/desk-browser.ts';
import { until } from '../support/e2e-until.ts';
import type { TestServices } from '../support/services.ts';

const withBrowser = chromiumPath === null ? describe.skip : describe;

jest.setTimeout(180_000);

/**
 * In the review: the address changes before its page stands there, and the inbox has a field for notes. Beside it the kit
 * keeps a hidden one, in which it measures the height.
 */
const field = '.review textarea:not([aria-hidden])';
const complaint = 'lampu penerangan jalan di Papahan mati sejak seminggu, mohon diperbaiki';

let dir: string;
let x: XSimulator;
let services: Services;
let workers: AsyncDisposable;
let desk: OpenDesk;

/** The product as it runs: its own connectors over a simulator, its workers, its API. */
async function product(office: TestServices, base: string) {
  dir = await mkdtemp(path.join(tmpdir(), 'tanggap-desk-'));
  x = await startXSimulator({ dir, clock: systemClock });
  const { mongoUrl, redisUrl, queuePrefix } = office;
  services = await openServices({
    config: { ...readConfig({}, dir), database: office.db.databaseName, queuePrefix },
    channels: [
      {
        ...{ platform: 'x', account: x.account, agency: null, token: x.token, appId: null, appSecret: null },
        ...{ keywords: [], limitMicros: null, simulator: x.baseUrl.href },
      },
    ],
    ...{ mongoUrl, redisUrl, auditKey: 'b'.repeat(64), secretKey: 'b'.repeat(64) },
    clock: systemClock,
    log: silentLog,
  });
  workers = startWorkers(services);
  const deps = apiDeps(services, [base]);
  for (const [loginName, role] of [
    ['petugas', 'petugas'],
    ['penyetuju', 'penyetuju'],
  ] as const) {
    const person = { loginName, name: `Orang ${loginName}`, role, agency: null, mayPublish: true, password };
    await createUser(deps, person, systemUser);
  }
  return deps;
}

beforeAll(async () => {
  if (chromiumPath === null) return;
  desk = await openDesk(product);
  for (const author of ['warga_satu', 'warga_dua']) x.write({ author, text: `@aduankra_sim ${complaint}` });
  for (const id of services.connectors.keys())
    await pollOnce(services, id, 'normal', AbortSignal.timeout(30_000)).catch(() => null);
  for (;;) {
    const ids = await waitingIds(mentions(services.database.db), 100);
    if (ids.length === 0) break;
    await classifyMentions(services, ids);
  }
});
afterAll(async () => {
  if (chromiumPath === null) return;
  await workers[Symbol.asyncDispose]();
  await services[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
  await x[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

withBrowser('an answer in Chromium', () => {
  test('is written, refused to its author, approved, released, sent by a worker, and its link appears live; who follows it gets a draft', async () => {
    const { db } = services.database;
    const [lead, follower] = await cases(db).find().sort({ _id: 1 }).toArray();
    if (!lead || !follower) throw new Error('the complaints opened no cases');
    await using author = await desk.enter('petugas');
    await author.page.clock.install();
    await author.page.goto(`${desk.base}/meja/kotak-masuk?buka=${lead._id}`);
    await author.page.waitForSelector('text=Pilih semua yang serupa');
    await author.page.keyboard.press('s');
    await author.page.keyboard.press('2');
    await author.page.waitForSelector('.toast >> text=/→ KRA/');
    await author.page.clock.fastForward(8_500);
    await until('one follows the other', 30_000, async () => {
      return (await cases(db).countDocuments({ lead: { $type: 'string' } })) === 1;
    });
    const first = (await cases(db).findOne({ lead: { $type: 'string' } }))?.lead;
    await author.page.goto(`${desk.base}/meja/kotak-masuk?buka=${first}`);
    await author.page.waitForSelector('.detail-pane h2');
    await author.page.keyboard.press('r');
    await author.page.waitForURL('**/persetujuan?buka=*');
    const id = new URL(author.page.url()).searchParams.get('buka') as ReplyId;
    const text = `Terima kasih laporannya. Aduan ${first} kami cek ke lokasi hari ini.`;
    await author.page.fill(field, text);
    await author.page.waitForSelector('text=/Tersimpan pukul/');
    // The draft was a receipt; what stands there now is an answer.
    await author.page.click('button:has-text("Templat")');
    await author.page.click('[role=menuitem] >> text=Tulisan sendiri');
    await author.page.waitForSelector('.chip >> text=Menjawab aduan');
    await author.page.click('button:has-text("Ajukan")');
    await author.page.waitForSelector('.way [aria-current] >> text=Diajukan');

    await using second = await desk.enter('penyetuju', { at: `/persetujuan?buka=${id}` });
    await second.page.waitForSelector('button:has-text("Setujui"):enabled');
    await second.page.keyboard.press('A');
    await second.page.waitForSelector('text=/Terkirim dalam \\d+ detik/');
    // The hold is over at once: the test has thought.
    await replies(db).updateOne({ _id: id, state: 'released' }, { $set: { notBefore: new Date() } });
    await sweepReplies.run(services, AbortSignal.timeout(30_000));

    await author.page.waitForSelector('text=Lihat di platform');
    const sent = await replies(db).findOne({ _id: id });
    expect(await author.page.getAttribute('a:has-text("Lihat di platform")', 'href')).toBe(sent?.sent?.url);
    const onPlatform = x.posts().filter((post) => post.text.includes(text));
    expect(onPlatform.map(({ nativeId }) => nativeId)).toEqual([sent?.sent?.nativeId]);
    await picture(author.page, 'terkirim');

    await followLeads(services);
    const other = [lead._id, follower._id].find((one) => one !== first);
    const copy = await replies(db).findOne({
      caseId: other as never,
      situation: `Mengikuti jawaban ${first}`,
    });
    expect(copy).toMatchObject({ state: 'draft', text: text.replace(String(first), String(other)) });
    expect(copy?.authors).toContain('petugas');
    expect([...author.wrong, ...second.wrong]).toEqual([]);
  });
});
