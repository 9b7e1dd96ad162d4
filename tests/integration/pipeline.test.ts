import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { approve } from '../../src/approve/decide.ts';
import { release } from '../../src/approve/release.ts';
import { submit } from '../../src/approve/write.ts';
import { fixedClock, MINUTE } from '../../src/core/clock.ts';
import { readConfig } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import type { MentionId, UserId } from '../../src/domain/ids.ts';
import type { User } from '../../src/domain/user.ts';
import { templatesFor, writeDraftAs } from '../../src/joins/drafts.ts';
import { publishDeps } from '../../src/joins/publish.ts';
import { reviewDeps } from '../../src/joins/review.ts';
import { publish } from '../../src/publish/publish.ts';
import { openServices, type Services } from '../../src/services.ts';
import { startXSimulator, type XSimulator } from '../../src/simulators/x/index.ts';
import { auditRecorder } from '../../src/store/audit.ts';
import { cases, findCaseOf } from '../../src/store/cases.ts';
import { listChannels } from '../../src/store/channels.ts';
import { waitingIds } from '../../src/store/mention-work.ts';
import { mentions } from '../../src/store/mentions.ts';
import { findOpenReplyTo, replies } from '../../src/store/replies.ts';
import { classifyMentions } from '../../workers/classify.ts';
import { pollOnce } from '../../workers/poll.ts';
import { startTestServices } from '../support/services.ts';

const writer = { id: 'penulis' as UserId, mayPublish: true };
const other = { id: 'orang.lain' as UserId, mayPublish: true };
const text = '@aduankra_sim lampu penerangan jalan di Papahan mati sejak seminggu, mohon diperbaiki';

interface Office extends AsyncDisposable {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly x: XSimulator;
  readonly services: Services;
  /** One poll and everything that follows from it. */
  work(): Promise<void>;
}

/** The whole product over one simulated X, real MongoDB and real Valkey; time is ours. */
async function openOffice(): Promise<Office> {
  const test = await startTestServices();
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-x-'));
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const x = await startXSimulator({ dir, clock });
  const config = { ...readConfig({}, dir), database: test.db.databaseName, queuePrefix: test.queuePrefix };
  const services = await openServices({
    config,
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
    mongoUrl: test.mongoUrl,
    redisUrl: test.redisUrl,
    secretKey: 'd'.repeat(64),
    auditKey: 'b'.repeat(64),
    clock,
    log: silentLog,
  });
  return {
    clock,
    x,
    services,
    async work() {
      for (const id of services.connectors.keys()) {
        await pollOnce(services, id, 'normal', AbortSignal.timeout(30_000));
      }
      const ids = await waitingIds(mentions(services.database.db), 100);
      await classifyMentions(services, ids);
      // A second run of the same job changes nothing.
      await classifyMentions(services, ids);
    },
    async [Symbol.asyncDispose]() {
      await services[Symbol.asyncDispose]();
      await x[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Submitted by one person, approved and released by another, its hold over. */
async function releaseDraft({ services, clock }: Office, mentionId: MentionId) {
  const deps = reviewDeps(services, auditRecorder(services.database.db, services.auditKey));
  const draft = await findOpenReplyTo(replies(services.database.db), mentionId);
  if (!draft) throw new Error('there is no draft');
  const { reply: submitted } = await submit(deps, draft._id, draft.version, writer);
  const approved = await approve(deps, submitted._id, submitted.version, other);
  const released = await release(deps, approved._id, approved.version, other);
  clock.advance(MINUTE);
  return released;
}

test('a citizen writes on X, the case is opened with a draft, and the approved answer stands there once', async () => {
  await using office = await openOffice();
  const { services, x } = office;
  const post = x.write({ author: 'warga_sim', text });
  await office.work();
  const id = `x-${post.nativeId}` as MentionId;
  const one = await findCaseOf(cases(services.database.db), id);
  expect(one).toMatchObject({ agency: 'DISHUB', subject: 'penerangan_jalan', state: 'baru' });

  const released = await releaseDraft(office, id);
  const deps = publishDeps(services);
  const results = await Promise.all([
    publish(deps, released._id, released.version),
    publish(deps, released._id, released.version),
  ]);
  await office.work();

  expect(results.filter((result) => result === 'sent')).toHaveLength(1);
  // A mention, a reply, and that reply read again. Planted: the registry passes no `spent` → 6,000.
  const channel = (await listChannels(services.database.db)).find(({ platform }) => platform === 'x');
  expect(channel?.budget).toMatchObject({ month: '2026-11', spentMicros: 16_000 });
  const answers = x.posts().filter((other) => other.parentNativeId === post.nativeId);
  expect(answers.map((answer) => answer.text)).toEqual([released.text]);
  expect(await cases(services.database.db).countDocuments()).toBe(1);
});

// Planted: `known.note` left out of workers/classify.ts → the follow-up opens a case of its own.
test('messages of one citizen that are classified in one job stand in one case', async () => {
  await using office = await openOffice();
  const { services, x } = office;
  const post = x.write({ author: 'warga_sim', text });
  const followUp = x.write({
    author: 'warga_sim',
    text: '@aduankra_sim lampunya masih mati, mohon segera diperbaiki.',
    parentNativeId: post.nativeId,
  });
  const again = x.write({ author: 'warga_sim', text });
  await office.work();

  const found = await cases(services.database.db).find().toArray();
  expect(found).toHaveLength(1);
  expect([...(found[0]?.mentionIds ?? [])].sort()).toEqual(
    [post, followUp, again].map(({ nativeId }) => `x-${nativeId}`).sort(),
  );
});

test('a draft asked for twice with one key is one draft, in the words of the template that fits', async () => {
  await using office = await openOffice();
  const { services, x } = office;
  const { db } = services.database;
  const post = x.write({ author: 'warga_sim', text });
  await office.work();
  const id = `x-${post.nativeId}` as MentionId;
  const one = await findCaseOf(cases(db), id);
  if (!one) throw new Error('there is no case');
  const filled = await templatesFor(services, one);
  expect(filled[0]).toMatchObject({ fits: true, id: 'terima-aduan' });
  expect(filled[0]?.text).toContain(one._id);

  const audit = auditRecorder(db, services.auditKey);
  const person = { _id: writer.id, demo: false } as User;
  const ask = (key: string | null) =>
    writeDraftAs(services, audit, person, { case: one, text: null, templateId: 'minta-lokasi', key });
  await expect(ask('kunci-satu')).rejects.toMatchObject({ code: 'conflict' });
  await replies(db).updateOne({ 'target.mentionId': id }, { $set: { open: false, state: 'withdrawn' } });
  const [first, again] = [await ask('kunci-satu'), await ask('kunci-satu')];
  expect(again._id).toBe(first._id);
  await expect(ask('kunci-dua')).rejects.toMatchObject({ code: 'conflict' });
  await expect(ask(null)).rejects.toMatchObject({ code: 'conflict' });
  expect(await replies(db).countDocuments({ open: true })).toBe(1);
});

// Planted: lookBeforeSending made to answer "clear" → one post of ours stands under the message.
test.each(['answered by hand', 'deleted'] as const)(
  'a message that was %s after the approval gets no post of ours',
  async (what) => {
    await using office = await openOffice();
    const { services, x } = office;
    const post = x.write({ author: 'warga_sim', text });
    await office.work();
    const released = await releaseDraft(office, `x-${post.nativeId}` as MentionId);

    if (what === 'deleted') x.delete(post.nativeId);
    else x.writeAsOffice({ text: 'Sudah kami tangani, terima kasih.', parentNativeId: post.nativeId });
    const result = await publish(publishDeps(services), released._id, released.version);

    expect(result).toBe('voided');
    expect(x.ledger.repliesReceived()).toHaveLength(0);
  },
);
