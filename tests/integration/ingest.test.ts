import { expect, test } from '@jest/globals';
import { fixedClock, MINUTE } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import type { MentionId } from '../../src/domain/ids.ts';
import type { FoundPost } from '../../src/domain/mention.ts';
import { type IngestDeps, ingest, type OwnAnswer } from '../../src/ingest/ingest.ts';
import { listMentions } from '../../src/store/mention-list.ts';
import { takeOverdue } from '../../src/store/mention-work.ts';
import { findMention, mentions, storeMentions } from '../../src/store/mentions.ts';
import { listQuarantine, putInQuarantine } from '../../src/store/quarantine.ts';
import { channel, foundPost } from '../support/builders.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

const clock = fixedClock('2026-11-24T03:00:00Z');

function harness({ db }: TestServices) {
  const queued: MentionId[] = [];
  const changed: MentionId[] = [];
  const own: OwnAnswer[] = [];
  const deps: IngestDeps = {
    clock,
    log: silentLog,
    tokens: (text) => text.toLowerCase().split(/\s+/).slice(0, 200),
    store: (found) => storeMentions(mentions(db), found, clock.now()),
    quarantine: (items) => putInQuarantine(db, items, clock.now()),
    onChanged: async (ids) => void changed.push(...ids),
    onOwnAnswers: async (_, answers) => void own.push(...answers),
    enqueueClassify: async (ids) => void queued.push(...ids),
  };
  const take = (posts: FoundPost[], rejected: { nativeId: string; reason: string; raw: unknown }[] = []) =>
    ingest(deps, channel(), { posts, rejected });
  return { deps, take, queued, changed, own, db };
}

const manyPosts = Array.from({ length: 200 }, (_, i) =>
  foundPost({ nativeId: String(1000 + i), text: `aduan ke-${i}` }),
);

// Planted: `_id` made random in toMention → 1,600 stored, this test and the next fail.
test('a page served by eight pollers at once, three times each, is stored once', async () => {
  await using services = await startTestServices();
  const { take } = harness(services);

  const runs = await Promise.all(Array.from({ length: 24 }, () => take(manyPosts)));

  expect(await mentions(services.db).countDocuments()).toBe(200);
  expect(runs.reduce((sum, run) => sum + run.added, 0)).toBe(200);
});

test('pages in any order, overlapping and empty, lose nothing and queue each post once', async () => {
  await using services = await startTestServices();
  const { take, queued } = harness(services);

  await take(manyPosts.slice(120, 200).reverse());
  await take([]);
  await take(manyPosts.slice(40, 140));
  await take(manyPosts.slice(0, 60));

  expect(await mentions(services.db).countDocuments()).toBe(200);
  expect(new Set(queued).size).toBe(200);
  expect(queued).toHaveLength(200);
});

test('an edit keeps the earlier text, asks for a new classification and tells who cares', async () => {
  await using services = await startTestServices();
  const { take, queued, changed } = harness(services);
  const post = foundPost({ nativeId: '5', version: 1, text: 'lampu mati' });
  await take([post]);
  await mentions(services.db).updateOne(
    { nativeId: '5' },
    { $set: { work: { stage: 'done', dueAt: null, tries: 0 } } },
  );

  await take([{ ...post, version: 2, latestNativeId: '6', text: 'lampu mati sejak Senin' }]);
  const stored = await findMention(mentions(services.db), 'x-5' as MentionId);

  expect(stored).toMatchObject({ text: 'lampu mati sejak Senin', latestNativeId: '6', revision: 2 });
  expect(stored?.edits).toMatchObject([{ text: 'lampu mati', version: 1 }]);
  expect(stored?.work.stage).toBe('classify');
  expect(changed).toEqual(['x-5']);
  expect(queued).toEqual(['x-5', 'x-5']);
});

// Planted: the version check removed from storeChanges → the old text comes back.
test('an older version that arrives late changes nothing', async () => {
  await using services = await startTestServices();
  const { take } = harness(services);
  const post = foundPost({ nativeId: '5', version: 2, text: 'baru' });
  await take([post]);

  await take([{ ...post, version: 1, text: 'lama' }]);

  expect((await findMention(mentions(services.db), 'x-5' as MentionId))?.text).toBe('baru');
});

test('what does not parse is quarantined once with its reason, and the rest of the page lives', async () => {
  await using services = await startTestServices();
  const { take } = harness(services);
  const rejected = [
    { nativeId: '9', reason: 'text: expected string', raw: { id: '9', $ne: 1, deep: { __proto__: {} } } },
  ];

  await take([foundPost({ nativeId: '8' })], rejected);
  await take([foundPost({ nativeId: '8' })], rejected);

  expect(await mentions(services.db).countDocuments()).toBe(1);
  expect(await listQuarantine(services.db, 10)).toMatchObject([
    { source: 'x-aduankra_sim', nativeId: '9', reason: 'text: expected string', times: 2 },
  ]);
});

test('hostile texts are stored or quarantined, never lost, and a second poll of them is no edit', async () => {
  await using services = await startTestServices();
  const { take, changed } = harness(services);
  let deep: unknown = 'x';
  for (let i = 0; i < 10_000; i += 1) deep = [deep];
  const posts = [
    foundPost({ nativeId: '1', text: 'setengah \ud83d pasangan' }),
    foundPost({ nativeId: '2', text: 'nol \0 bita' }),
    foundPost({ nativeId: '3', text: '\u202Ekanan ke kiri\u200B', raw: { $where: '1', 'a.b': 2 } }),
    foundPost({ nativeId: '4', text: 'x'.repeat(10_000_000) }),
    foundPost({ nativeId: '5', text: 'dalam', raw: deep }),
    foundPost({ nativeId: '6', text: '' }),
  ];

  await take(posts);
  const again = await take(posts);

  expect(await mentions(services.db).countDocuments()).toBe(5);
  expect(await listQuarantine(services.db, 10)).toHaveLength(1);
  expect(again.changed).toBe(0);
  expect(changed).toEqual([]);
});

test('posts older than startFrom become archive without work', async () => {
  await using services = await startTestServices();
  const { take, queued } = harness(services);

  await take([
    foundPost({ nativeId: '1', postedAt: new Date('2026-10-31T23:59:59Z') }),
    foundPost({ nativeId: '2' }),
  ]);

  const archived = await findMention(mentions(services.db), 'x-1' as MentionId);
  expect(archived).toMatchObject({ archived: true, work: { stage: 'done', dueAt: null } });
  expect(queued).toEqual(['x-2']);
});

test('own posts are never mentions; those that answer somebody are handed on', async () => {
  await using services = await startTestServices();
  const { take, own } = harness(services);

  await take([
    foundPost({ nativeId: '1', byUs: true }),
    foundPost({ nativeId: '2', byUs: true, parentNativeId: '7', text: 'sudah kami perbaiki' }),
  ]);

  expect(await mentions(services.db).countDocuments()).toBe(0);
  expect(own).toMatchObject([{ id: 'x-2', parentId: 'x-7' }]);
});

test('with the queue away posts are stored all the same, and the sweeper finds the work after two minutes', async () => {
  await using services = await startTestServices();
  const { deps } = harness(services);
  const away = { ...deps, enqueueClassify: () => Promise.reject(new Error('queue away')) };

  await ingest(away, channel(), { posts: manyPosts.slice(0, 3), rejected: [] });
  const early = await takeOverdue(mentions(services.db), clock.now(), 10);
  const later = new Date(clock.now().getTime() + 2 * MINUTE + 1);
  const [first, second] = await Promise.all([
    takeOverdue(mentions(services.db), later, 10),
    takeOverdue(mentions(services.db), new Date(later.getTime() + 1), 10),
  ]);
  const third = await takeOverdue(mentions(services.db), new Date(later.getTime() + 2), 10);

  expect(early.again).toEqual([]);
  expect(first.again.length + second.again.length).toBeGreaterThanOrEqual(3);
  expect(third.again).toEqual([]);
});

test('work that was tried five times ends in quarantine instead of going round again', async () => {
  await using services = await startTestServices();
  const { take } = harness(services);
  await take([foundPost({ nativeId: '1' })]);
  let now = clock.now().getTime();

  for (let i = 0; i < 5; i += 1) {
    now += 3 * MINUTE;
    expect((await takeOverdue(mentions(services.db), new Date(now), 10)).again).toEqual(['x-1']);
  }
  const last = await takeOverdue(mentions(services.db), new Date(now + 3 * MINUTE), 10);

  expect(last).toEqual({ again: [], givenUp: ['x-1'] });
  expect((await findMention(mentions(services.db), 'x-1' as MentionId))?.work.stage).toBe('quarantined');
});

// Planted: the filter `{ $ne: true }` instead of `false` → the unclassified message is listed.
test('a message that is not classified yet counts as secret in lists', async () => {
  await using services = await startTestServices();
  const { take } = harness(services);
  await take([foundPost({ nativeId: '1' }), foundPost({ nativeId: '2' })]);
  await mentions(services.db).updateOne({ nativeId: '2' }, [{ $set: { classification: { secret: false } } }]);

  const open = await listMentions(mentions(services.db), { withSecret: false }, { limit: 10 });
  const all = await listMentions(mentions(services.db), { withSecret: true }, { limit: 10 });

  expect(open.map((mention) => mention._id)).toEqual(['x-2']);
  expect(all).toHaveLength(2);
});
