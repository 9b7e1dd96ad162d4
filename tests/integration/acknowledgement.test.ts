import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { login } from '../../src/accounts/login.ts';
import { fixedClock, MINUTE } from '../../src/core/clock.ts';
import { readConfig } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import { textHash } from '../../src/domain/acknowledgement.ts';
import type { UserId } from '../../src/domain/ids.ts';
import { acknowledge } from '../../src/joins/acknowledge.ts';
import { publishDeps } from '../../src/joins/publish.ts';
import { publish } from '../../src/publish/publish.ts';
import { openServices, type Services } from '../../src/services.ts';
import { startXSimulator, type XSimulator } from '../../src/simulators/x/index.ts';
import { approveAcknowledgement, findAcknowledgement } from '../../src/store/acknowledgements.ts';
import { cases } from '../../src/store/cases.ts';
import { inTransaction } from '../../src/store/database.ts';
import { waitingIds } from '../../src/store/mention-work.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { classifyMentions } from '../../workers/classify.ts';
import { pollOnce } from '../../workers/poll.ts';
import { addPerson, call, password, startTestApi } from '../support/api.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

const text = 'Terima kasih, laporan Anda tercatat dengan nomor {nomor}. Kami teruskan paling lambat {batas}.';

describe('the text', () => {
  let services: TestServices;
  let api: Awaited<ReturnType<typeof startTestApi>>;
  let second: string;

  beforeAll(async () => {
    services = await startTestServices();
    api = await startTestApi(services);
    const colleague = { _id: 'penyetuju2' as UserId, name: 'Orang Kedua', role: 'penyetuju' as const };
    await addPerson(api.deps, { ...colleague, agency: null, mayPublish: true });
    second = (await login(api.deps, 'penyetuju2', password, '10.0.0.2')).token;
  });
  afterAll(async () => {
    await services[Symbol.asyncDispose]();
  });

  const put = (token: string, body: { version: number; text: string }, audience = 'publik') =>
    call(api.app, `/api/acknowledgements/${audience}`, { token, method: 'PUT', body });
  const approve = (token: string, version: number) =>
    call(api.app, '/api/acknowledgements/publik/approve', { token, body: { version } });
  const now = async () => {
    const one = await findAcknowledgement(services.db, 'publik');
    if (!one) throw new Error('there is no text');
    return one;
  };

  // Seen failing with refuseOwnApproval left out and with `writtenBy` left out of the store's filter.
  test('is in force when two others than its writer approved it, and a new text needs both again', async () => {
    const { penyetuju, petugas } = api.tokens;
    expect((await put(penyetuju, { version: 0, text })).status).toBe(200);
    expect((await approve(penyetuju, 1)).status).toBe(403);
    const seen = await now();
    const byWriter = inTransaction(services.client)((session) =>
      approveAcknowledgement(services.db, seen, 'penyetuju' as UserId, new Date(), session),
    );
    expect(await byWriter).toBeNull();

    expect((await put(petugas, { version: 1, text })).status).toBe(200);
    expect(await (await approve(second, 2)).json()).toMatchObject({ inForce: false });
    expect((await approve(second, 3)).status).toBe(403);
    expect((await approve(penyetuju, 2)).status).toBe(409);
    expect(await (await approve(penyetuju, 3)).json()).toMatchObject({
      inForce: true,
      approvedBy: ['penyetuju2', 'penyetuju'],
    });
    const changed = await put(petugas, { version: 4, text: `${text} Nggih.` });
    expect(await changed.json()).toMatchObject({ inForce: false, approvedBy: [] });
  });

  test.each([
    ['publik', 'Halo {nama}, nomor {nomor}.'],
    ['publik', 'Nomor {nomor}, kode {kode}.'],
    ['pribadi', 'Terima kasih atas laporannya.'],
    ['pribadi', 'Nomor {nomor}, hubungi 0812-0000-0000.'],
  ])('for %s may not be "%s"', async (audience, unfit) => {
    expect((await put(api.tokens.petugas, { version: 0, text: unfit }, audience)).status).toBe(422);
  });
});

describe('the receipt of a new case', () => {
  let office: TestServices;
  let dir: string;
  let x: XSimulator;
  let services: Services;
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const message = '@aduankra_sim lampu penerangan jalan di Papahan mati sejak seminggu, mohon diperbaiki';

  const work = async () => {
    for (const id of services.connectors.keys()) {
      await pollOnce(services, id, 'normal', AbortSignal.timeout(30_000));
    }
    const ids = await waitingIds(mentions(services.database.db), 100);
    await classifyMentions(services, ids);
    await classifyMentions(services, ids);
  };
  const inForce = (approvals = ['a', 'b']) =>
    services.database.db.collection<{ _id: string }>('acknowledgements').replaceOne(
      { _id: 'publik' },
      {
        text,
        version: 3,
        writtenBy: 'c',
        writtenAt: clock.now(),
        approvals: approvals.map((by) => ({ by, at: clock.now(), hash: textHash(text) })),
      },
      { upsert: true },
    );
  const receipts = () =>
    replies(services.database.db)
      .find({ acknowledges: { $exists: true } })
      .toArray();

  beforeEach(async () => {
    office = await startTestServices();
    dir = await mkdtemp(path.join(tmpdir(), 'tanggap-ack-'));
    x = await startXSimulator({ dir, clock });
    services = await openServices({
      config: { ...readConfig({}, dir), database: office.db.databaseName, queuePrefix: office.queuePrefix },
      channels: [
        {
          platform: 'x',
          account: x.account,
          agency: null,
          token: x.token,
          appId: null,
          appSecret: null,
          keywords: [],
          limitMicros: null,
          simulator: x.baseUrl.href,
        },
      ],
      mongoUrl: office.mongoUrl,
      redisUrl: office.redisUrl,
      auditKey: 'b'.repeat(64),
      secretKey: 'b'.repeat(64),
      clock,
      log: silentLog,
    });
  });
  const close = async () => {
    await services[Symbol.asyncDispose]();
    await x[Symbol.asyncDispose]();
    await office[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  };

  // Seen failing with the unique index dropped: the second run of the job then made a second receipt.
  test('stands under the message once, answers nothing, and leaves the draft its place', async () => {
    try {
      await inForce();
      const post = x.write({ author: 'warga_sim', text: message });
      await work();
      // A worker that died before it had settled its job does all of it again.
      const { db } = services.database;
      const [one, mention] = await Promise.all([cases(db).findOne(), mentions(db).findOne()]);
      if (!one || !mention) throw new Error('there is no case');
      await acknowledge(services, [{ case: one, mention }]);
      const [receipt, ...more] = await receipts();
      expect(more).toHaveLength(0);
      if (!receipt) throw new Error('there is no receipt');
      expect(receipt).toMatchObject({ state: 'released', open: false });
      expect(await publish(publishDeps(services), receipt._id, receipt.version)).toBe('not-ours');
      clock.advance(MINUTE);
      expect(await publish(publishDeps(services), receipt._id, receipt.version)).toBe('sent');
      await work();
      const under = x.posts().filter((other) => other.parentNativeId === post.nativeId);
      expect(under.map((answer) => answer.text)).toEqual([receipt.text]);
      expect(receipt.text).toContain(receipt.caseId);
      expect(await replies(services.database.db).countDocuments({ state: 'draft', open: true })).toBe(1);
      expect(await cases(db).findOne()).toMatchObject({ state: 'baru' });
    } finally {
      await close();
    }
  });

  // Seen failing with isInForce made to answer true.
  test('does not leave when its text is taken back meanwhile; none is made without two approvals', async () => {
    try {
      await inForce(['a']);
      x.write({ author: 'warga_sim', text: message });
      await work();
      expect(await receipts()).toHaveLength(0);
      await inForce();
      x.write({ author: 'warga_lain', text: '@aduankra_sim jalan di Jaten berlubang parah, mohon ditambal' });
      await work();
      const [receipt] = await receipts();
      if (!receipt) throw new Error('there is no receipt');
      await inForce([]);
      clock.advance(MINUTE);
      expect(await publish(publishDeps(services), receipt._id, receipt.version)).toBe('voided');
      expect((await receipts())[0]).toMatchObject({ state: 'withdrawn' });
      expect(x.ledger.repliesReceived()).toHaveLength(0);
    } finally {
      await close();
    }
  });

  // Seen failing with `one.secret` left out of receiptFor.
  test('is not written in public on a secret case', async () => {
    try {
      await inForce();
      x.write({
        author: 'warga_sim',
        text: '@aduankra_sim anak tetangga saya jadi korban pencabulan, mohon dirahasiakan',
      });
      await work();
      expect(await services.database.db.collection('cases').countDocuments({ secret: true })).toBe(1);
      expect(await receipts()).toHaveLength(0);
    } finally {
      await close();
    }
  });
});
