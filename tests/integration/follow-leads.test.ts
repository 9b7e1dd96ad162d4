import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { approve, reject } from '../../src/approve/decide.ts';
import { submit } from '../../src/approve/write.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { Case } from '../../src/domain/case.ts';
import { type CaseNumber, type MentionId, systemUser } from '../../src/domain/ids.ts';
import type { Mention } from '../../src/domain/mention.ts';
import { readTemplateBook } from '../../src/draft/template-book.ts';
import { followLeads } from '../../src/joins/follow-leads.ts';
import { cases, findCase } from '../../src/store/cases.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { aMention } from '../support/api.ts';
import { aCase, aReply, aTarget, budi, citizenText, fakePlatform, sari } from '../support/reply-builders.ts';
import { openReplyDesk, type ReplyDesk } from '../support/reply-desk.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

const templates = readTemplateBook(JSON.parse(readFileSync('data/templates.json', 'utf8')));
const clock = fixedClock('2026-11-02T04:00:00Z');
const number = (n: number) => `KRA-2026-${String(n).padStart(6, '0')}` as CaseNumber;

let services: TestServices;
let desk: ReplyDesk;
beforeAll(async () => {
  services = await startTestServices();
});
afterAll(async () => {
  await services[Symbol.asyncDispose]();
});
beforeEach(async () => {
  for (const name of ['cases', 'mentions', 'replies']) await services.db.collection(name).deleteMany({});
  desk = await openReplyDesk(services);
});

function follow(): Promise<void> {
  const platform = fakePlatform(clock.now);
  const connectors = new Map([[platform.channelId, platform]]);
  const database = { db: services.db, client: services.client, [Symbol.asyncDispose]: async () => {} };
  return followLeads({ database, clock, connectors, templates });
}

async function open(n: number, one: Partial<Case> = {}, message: Partial<Mention> = {}): Promise<void> {
  const root = `x-${n}` as MentionId;
  const author = { id: `9${n}`, handle: `warga_${n}`, name: `Warga ${'ABCDEFGH'[n] ?? ''}nu` };
  await mentions(services.db).insertOne(
    aMention(String(n), {
      channelId: 'x-aduankra' as never,
      text: citizenText,
      author,
      caseId: number(n),
      ...message,
    }),
  );
  await cases(services.db).insertOne(
    aCase({ _id: number(n), trackingCode: `T${n}`, rootMentionId: root, mentionIds: [root], ...one }),
  );
}

/** Case 1 answered by sari's text, approved by budi. */
async function answeredLead(followers: readonly number[]): Promise<void> {
  const answered = { state: 'dijawab', answeredAt: clock.now(), answeredBy: 'tanggap' } as const;
  await open(1, { ...answered, followers: followers.map(number) });
  await replies(services.db).insertOne(
    aReply('1', {
      state: 'sent',
      open: false,
      target: aTarget('1'),
      text: `Halo Kak Warga Bnu, aduan ${number(1)} sudah kami tangani: lampu diganti pagi ini.`,
      sent: { nativeId: 'own-1', url: null, at: clock.now(), by: 'answer' },
    }),
  );
}

const draftsOf = (n: number) =>
  replies(services.db)
    .find({ caseId: number(n) })
    .toArray();

// Planted: with `authors: [systemUser]` in follow-leads.ts sari approves her own text, and this fails.
test('each follower gets a draft of the same answer in his own name and number; its writer may not approve it', async () => {
  await answeredLead([2, 3]);
  await open(2, { lead: number(1) });
  await open(3, { lead: number(1), state: 'proses' });
  await Promise.all([follow(), follow()]);
  await follow();
  for (const n of [2, 3]) {
    const [draft, ...more] = await draftsOf(n);
    if (!draft) throw new Error('no draft');
    expect(more).toEqual([]);
    expect(draft).toMatchObject({ state: 'draft', authors: [sari], target: { mentionId: `x-${n}` } });
    expect(draft.text).toContain(`Kak Warga ${'ABCDEFGH'[n]}nu, aduan ${number(n)} sudah`);
    const { reply } = await submit(desk.review, draft._id, draft.version, { id: sari, mayPublish: true });
    await expect(
      approve(desk.review, reply._id, reply.version, { id: sari, mayPublish: true }),
    ).rejects.toThrow(/own reply/);
    const approved = await approve(desk.review, reply._id, reply.version, { id: budi, mayPublish: true });
    expect(approved.state).toBe('approved');
  }
});

test('nothing before the lead is answered, and nothing across the border of secrecy', async () => {
  await open(1);
  await open(2, { lead: number(1) });
  await follow();
  expect(await draftsOf(2)).toEqual([]);
  await services.db.collection('cases').deleteMany({});
  await services.db.collection('mentions').deleteMany({});
  await answeredLead([2]);
  await open(2, { lead: number(1), secret: true });
  await follow();
  expect(await draftsOf(2)).toEqual([]);
});

// Planted: without isSameCitizen he gets a draft of an answer that he has, and this fails.
test('a citizen who has that answer already is not answered twice: his case is moved along', async () => {
  const same = { id: '91', handle: 'warga_1', name: 'Warga Bnu' };
  await answeredLead([2, 3, 4]);
  await open(2, { lead: number(1) }, { author: same });
  const other = { id: '93', handle: 'warga_3', name: 'Warga Dnu' };
  await open(3, { lead: number(1) }, { author: other });
  await open(4, { lead: number(1) }, { author: other });
  await follow();
  await follow();
  expect(await draftsOf(2)).toEqual([]);
  expect(await findCase(cases(services.db), number(2))).toMatchObject({
    state: 'dijawab',
    answeredBy: 'tanggap',
    history: [{ what: 'jawab', note: `bersama ${number(1)}`, by: systemUser }],
  });
  expect([(await draftsOf(3)).length, (await draftsOf(4)).length]).toEqual([1, 0]);
});

test('an untouched first draft makes room; what a person works on, or rejected, stays as it is', async () => {
  await answeredLead([2, 3]);
  await open(2, { lead: number(1) });
  await open(3, { lead: number(1) });
  await replies(services.db).insertMany([
    aReply('2', { caseId: number(2), authors: [systemUser], text: 'Tanda terima.' }),
    aReply('3', { caseId: number(3), authors: [sari], state: 'submitted', text: 'Tulisan Sari.' }),
  ]);
  await follow();
  expect((await draftsOf(2)).map(({ state }) => state).sort()).toEqual(['draft', 'withdrawn']);
  expect((await draftsOf(3)).map(({ state, text }) => [state, text])).toEqual([
    ['submitted', 'Tulisan Sari.'],
  ]);

  const draft = (await draftsOf(2)).find(({ state }) => state === 'draft');
  if (!draft) throw new Error('no draft');
  const { reply } = await submit(desk.review, draft._id, draft.version, { id: sari, mayPublish: true });
  await reject(desk.review, reply._id, reply.version, { id: budi, mayPublish: true }, 'Beda titik.');
  await follow();
  expect(await replies(services.db).countDocuments({ caseId: number(2), open: true })).toBe(0);
});
