import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DAY, fixedClock, HOUR, MINUTE, SECOND } from '../../src/core/clock.ts';
import { ChannelBrokenError, type RateLimitedError } from '../../src/core/errors.ts';
import type { Cursors } from '../../src/domain/channel.ts';
import { channelId, mentionId } from '../../src/domain/ids.ts';
import type { FoundPost } from '../../src/domain/mention.ts';
import type { ReplyTarget } from '../../src/domain/reply.ts';
import type { TokenStore, Tokens } from '../../src/domain/tokens.ts';
import type { Page } from '../../src/platforms/connector.ts';
import { refreshedAccess } from '../../src/platforms/x/access.ts';
import { type XConnectorOptions, xConnector } from '../../src/platforms/x/index.ts';
import { startXSimulator, type XSimulatorOptions } from '../../src/simulators/x/index.ts';

const start = '2026-11-24T03:00:00Z';
const never = new AbortController().signal;

async function setUp(options: Partial<XConnectorOptions> = {}, simulated: Partial<XSimulatorOptions> = {}) {
  const clock = fixedClock(start);
  const dir = await mkdtemp(join(tmpdir(), 'x-con-'));
  const simulator = await startXSimulator({ dir, clock, ...simulated });
  const connector = xConnector({
    channelId: channelId('x', 'aduankra_sim'),
    account: { id: simulator.account.id, handle: simulator.account.name },
    accessToken: async () => simulator.token,
    clock,
    simulator: simulator.baseUrl,
    ...options,
  });
  const poll = async (cursors: Cursors = {}, depth: 'normal' | 'deep' = 'normal') => {
    const pages: Page[] = [];
    const startFrom = new Date(Date.parse(start) - 20 * DAY);
    for await (const page of connector.poll(cursors, { signal: never, depth, startFrom })) pages.push(page);
    const posts = pages.flatMap((page) => page.posts);
    return {
      pages,
      posts,
      found: new Map(posts.map((post) => [post.nativeId, post])),
      cursors: pages.at(-1)?.advance ?? cursors,
      gaps: pages.flatMap((page) => page.gap ?? []),
      micros: pages.reduce((sum, page) => sum + page.cost.micros, 0),
    };
  };
  const at = (ms: number) => new Date(Date.parse(start) + ms);
  return {
    clock,
    simulator,
    connector,
    poll,
    at,
    write: (
      text: string,
      more: { at?: Date; author?: string; parentNativeId?: string; quotedNativeId?: string } = {},
    ) => simulator.write({ author: 'warga_sim', text, ...more }),
    async [Symbol.asyncDispose]() {
      await simulator[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
    },
  };
}

function targetOf(post: FoundPost): ReplyTarget {
  return {
    platform: 'x',
    channelId: channelId('x', 'aduankra_sim'),
    mentionId: mentionId('x', post.nativeId),
    nativeId: post.latestNativeId,
    threadNativeId: post.threadNativeId,
    parentNativeId: post.parentNativeId,
    reach: post.reach,
    hidden: false,
    textHash: '',
  };
}

// Planted: since_id = the cursor itself → the late post is never found, this test fails.
test('a mention that X shows late, up to 15 minutes behind the newest one, is still found', async () => {
  await using x = await setUp();
  x.write('@aduankra_sim satu');
  const { cursors } = await x.poll();
  const late = x.write('@aduankra_sim terlambat', { at: x.at(-14 * MINUTE) });
  expect((await x.poll(cursors)).found.has(late.nativeId)).toBe(true);
});

test('a since_id that X finds too old is dropped, and the poll pages back by time', async () => {
  await using x = await setUp();
  x.write('@aduankra_sim satu');
  const { cursors } = await x.poll();
  x.clock.advance(2 * HOUR);
  const next = x.write('@aduankra_sim dua');
  const stale = {
    errors: [{ parameters: { since_id: ['1'] }, message: "'since_id' must be a tweet id created after …" }],
    title: 'Invalid Request',
    type: 'https://api.twitter.com/2/problems/invalid-request',
  };
  x.simulator.faults.add({ match: { path: /mentions$/ }, do: { kind: 'status', status: 400, body: stale } });
  const { found, cursors: moved } = await x.poll(cursors);
  expect(found.has(next.nativeId)).toBe(true);
  expect(moved.mentions).toBe(next.nativeId);
  const [, second] = x.simulator.ledger.requests({ path: /mentions$/ }).slice(-2);
  expect(second?.query).toContain('start_time=2026-11-24T02%3A45%3A00Z');
  expect(second?.query).not.toContain('since_id');
});

test('more than 800 new mentions are told as a gap, in words', async () => {
  await using x = await setUp();
  for (let i = 0; i < 830; i += 1) x.write(`@aduankra_sim ${i}`, { at: x.at(-i * SECOND) });
  const { found, gaps } = await x.poll();
  expect(found.size).toBe(800);
  expect(gaps).toEqual([expect.stringContaining('800')]);
});

test('the first poll goes back to startFrom and no further', async () => {
  await using x = await setUp();
  x.write('@aduankra_sim lama', { at: x.at(-21 * DAY) });
  const young = x.write('@aduankra_sim muda', { at: x.at(-19 * DAY) });
  expect([...(await x.poll()).found.keys()]).toEqual([young.nativeId]);
});

test('threads, quotes, pictures and edits are told', async () => {
  await using x = await setUp();
  const own = x.simulator.writeAsOffice({ text: 'Sugeng enjang <3' });
  const quoting = x.write('lihat', { quotedNativeId: own.nativeId });
  const under = x.write('nggih', { parentNativeId: own.nativeId });
  const named = x.simulator.write({
    author: 'foto_sim',
    text: '@aduankra_sim',
    media: ['https://pic.example/1.jpg'],
  });
  x.clock.advance(MINUTE);
  x.simulator.edit(named.nativeId, '@aduankra_sim rusak');
  const { found, posts } = await x.poll();
  expect(found.get(quoting.nativeId)).toMatchObject({
    reach: 'mention',
    quoted: { nativeId: own.nativeId, text: 'Sugeng enjang <3' },
    url: `https://x.com/warga_sim/status/${quoting.nativeId}`,
  });
  expect(found.get(under.nativeId)).toMatchObject({
    parentNativeId: own.nativeId,
    threadNativeId: own.nativeId,
    ownPost: { nativeId: own.nativeId, text: 'Sugeng enjang <3' },
  });
  const edited = found.get(named.nativeId);
  expect(edited).toMatchObject({
    version: 2,
    text: '@aduankra_sim rusak',
    media: [{ type: 'photo', url: 'https://pic.example/1.jpg' }],
  });
  expect(edited?.latestNativeId).not.toBe(named.nativeId);
  expect(posts.filter((post) => post.byUs).map((post) => post.nativeId)).toEqual([own.nativeId]);
});

test('a reply names the newest version of an edited post, and a look under it finds replies to any version', async () => {
  await using x = await setUp();
  const { nativeId } = x.write('@aduankra_sim satu');
  const before = (await x.poll()).found.get(nativeId);
  if (!before) throw new Error('not found');
  x.simulator.writeAsOffice({ text: 'jawaban lama', parentNativeId: nativeId });
  x.clock.advance(MINUTE);
  x.simulator.edit(nativeId, '@aduankra_sim dua');
  const after = (await x.poll()).found.get(nativeId);
  if (!after) throw new Error('not found');
  expect(
    await x.connector.reply({ reference: 'r-1~1', target: targetOf(after), text: 'jawaban baru' }, never),
  ).toMatchObject({
    kind: 'accepted',
  });
  const { replies } = await x.connector.ownReplies(targetOf(after), x.at(-HOUR), never);
  expect(replies.map((reply) => reply.text).sort()).toEqual(['jawaban baru', 'jawaban lama']);
});

describe('keyword search', () => {
  const keywords = ['jalan rusak', 'lampu'];

  test('finds posts that do not name us, which can be answered by hand only; X itself refuses them', async () => {
    await using x = await setUp({ search: { keywords, mayRun: () => true } });
    const plain = x.write('Jalan rusak di Gaum');
    const named = x.write('@aduankra_sim lampu mati');
    const { found, cursors } = await x.poll();
    const post = found.get(plain.nativeId);
    expect(post?.reach).toBe('search');
    expect(found.get(named.nativeId)?.reach).toBe('mention');
    expect(cursors).toMatchObject({ search: plain.nativeId, mentions: named.nativeId });
    if (!post) throw new Error('not found');
    expect(x.connector.capability(targetOf(post))).toMatchObject({
      by: 'hand',
      reason: { id: expect.any(String) },
    });
    expect(
      await x.connector.reply({ reference: 'r-1~1', target: targetOf(post), text: 'a' }, never),
    ).toMatchObject({
      kind: 'never',
    });
  });

  test('a find that quotes us counts as a mention', async () => {
    await using x = await setUp({ search: { keywords, mayRun: () => true } });
    const own = x.simulator.writeAsOffice({ text: 'Info' });
    const quoting = x.write('lampu piye', { quotedNativeId: own.nativeId });
    const { posts } = await x.poll();
    expect(posts.filter((post) => post.nativeId === quoting.nativeId).map((post) => post.reach)).toEqual([
      'mention',
      'mention',
    ]);
  });

  test('after eight days away it starts where X still reaches, and says what may be missing', async () => {
    await using x = await setUp({ search: { keywords, mayRun: () => true } });
    x.write('lampu mati');
    const { cursors } = await x.poll();
    x.clock.advance(8 * DAY);
    const next = x.write('lampu mati lagi');
    const { found, gaps } = await x.poll(cursors);
    expect(found.has(next.nativeId)).toBe(true);
    expect(gaps).toEqual([expect.stringContaining('(search)')]);
  });

  test('is left out when the budget says no, and costs nothing then', async () => {
    await using x = await setUp({ search: { keywords, mayRun: () => false } });
    x.write('lampu mati');
    await x.poll();
    expect(x.simulator.ledger.requests({ path: '/2/tweets/search' })).toEqual([]);
  });
});

test('money: each post costs once a day, a mention a fifth of what another post costs', async () => {
  await using x = await setUp();
  x.write('@aduankra_sim a');
  x.write('@aduankra_sim b');
  x.simulator.writeAsOffice({ text: 'c' });
  const { micros, cursors } = await x.poll();
  expect(micros).toBe(2 * 1_000 + 5_000);
  expect((await x.poll(cursors)).micros).toBe(0);
});

test('money: a reply costs a cent, with a link twenty, a refused one nothing; looks cost each post once a day', async () => {
  const spent: number[] = [];
  await using x = await setUp({ spent: async (micros) => void spent.push(micros) });
  const { nativeId } = x.write('@aduankra_sim a');
  const post = (await x.poll()).found.get(nativeId);
  if (!post) throw new Error('not found');
  const target = targetOf(post);
  await x.connector.reply({ reference: 'r-1~1', target, text: 'nggih' }, never);
  await x.connector.reply({ reference: 'r-1~1', target, text: 'lapor di laporgub.jatengprov.go.id' }, never);
  // Two own replies are read; the citizen's post was paid for by the poll.
  await x.connector.ownReplies(target, x.at(-HOUR), never);
  await x.connector.inspect(target, never);
  await x.connector.probe(never);
  x.simulator.delete(nativeId);
  await x.connector.reply({ reference: 'r-1~1', target, text: 'lagi' }, never);
  expect(spent).toEqual([10_000, 200_000, 10_000, 0, 10_000]);
});

test('a used-up window stops the run without another request, and the next run finds everything', async () => {
  await using x = await setUp({}, { limits: { mentions: { app: 2, user: 2 } } });
  for (let i = 0; i < 150; i += 1) x.write(`@aduankra_sim ${i}`, { at: x.at(-i * SECOND) });
  await x.poll();
  for (let i = 0; i < 250; i += 1) x.write(`@aduankra_sim baru ${i}`, { at: x.at(-i * SECOND) });
  x.clock.advance(15 * MINUTE);
  const error = (await x.poll().catch((thrown: unknown) => thrown)) as RateLimitedError;
  expect(error.retryAfterMs).toBe(15 * MINUTE);
  expect(
    x.simulator.ledger.requests({ path: /mentions$/ }).filter((request) => request.status === 429),
  ).toEqual([]);
});

test('a cursor that cannot be right is not trusted', async () => {
  await using x = await setUp();
  const { nativeId } = x.write('@aduankra_sim a');
  const { found } = await x.poll({ mentions: '9223372036854775807', own: 'rusak', search: '' });
  expect(found.has(nativeId)).toBe(true);
});

test("both of X's vocabularies are understood", async () => {
  await using x = await setUp({}, { names: 'post' });
  const own = x.simulator.writeAsOffice({ text: 'Info' });
  const under = x.write('nggih', { parentNativeId: own.nativeId });
  const { found } = await x.poll();
  expect(found.get(under.nativeId)).toMatchObject({
    parentNativeId: own.nativeId,
    ownPost: { text: 'Info' },
  });
  x.simulator.delete(under.nativeId);
  const post = found.get(under.nativeId);
  if (!post) throw new Error('not found');
  expect(await x.connector.inspect(targetOf(post), never)).toEqual({ state: 'gone' });
});

test('an author who locks his account is gone', async () => {
  await using x = await setUp();
  const { nativeId } = x.write('@aduankra_sim a');
  const post = (await x.poll()).found.get(nativeId);
  if (!post) throw new Error('not found');
  x.simulator.protect('warga_sim', true);
  expect(await x.connector.inspect(targetOf(post), never)).toEqual({ state: 'gone' });
});

test('an app-only token reads; the probe warns that it cannot answer', async () => {
  await using x = await setUp({ accessToken: async () => 'sim-x-app-token' });
  const { nativeId } = x.write('@aduankra_sim a');
  expect((await x.poll()).found.has(nativeId)).toBe(true);
  expect((await x.connector.probe(never)).warnings).toEqual([expect.stringContaining('App-only')]);
});

interface Recorded {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly read: string;
  readonly send: string;
}

test('every recorded error means the right thing for reading and for sending', async () => {
  await using x = await setUp();
  const { nativeId } = x.write('@aduankra_sim a');
  const post = (await x.poll()).found.get(nativeId);
  if (!post) throw new Error('not found');
  const recorded = JSON.parse(await readFile('fixtures/x/errors.json', 'utf8')) as Record<string, Recorded>;
  for (const [name, { status, headers, body, read, send }] of Object.entries(recorded)) {
    const answer = { kind: 'status', status, body, ...(headers && { headers }) } as const;
    x.simulator.faults.add({ do: answer });
    const error = await x.poll().catch((thrown: unknown) => thrown);
    expect([name, (error as Error).name]).toEqual([name, read]);
    x.simulator.faults.add({ do: answer });
    const outcome = await x.connector.reply({ reference: 'r-1~1', target: targetOf(post), text: 'a' }, never);
    expect([name, outcome.kind]).toEqual([name, send]);
  }
  expect(x.simulator.ledger.repliesReceived()).toEqual([]);
});

test('a used-up month waits a day, not until the window resets; no money is an hour and an alarm', async () => {
  await using x = await setUp();
  const cap = { title: 'UsageCapExceeded', type: 'https://api.twitter.com/2/problems/usage-capped' };
  x.simulator.faults.add({
    do: { kind: 'status', status: 429, body: cap, headers: { 'x-rate-limit-reset': '1795489300' } },
  });
  await expect(x.poll()).rejects.toMatchObject({ retryAfterMs: DAY });
  x.simulator.faults.add({ do: { kind: 'status', status: 402, body: { title: 'CreditsDepleted' } } });
  await expect(x.poll()).rejects.toMatchObject({
    reason: 'money',
    platformWords: 'HTTP 402 CreditsDepleted',
  });
});

// Planted: no more than ten pages read → the reply was not found; `completeFrom: since` whatever was seen → failed too.
test('a look goes through thousands of own posts by time, and says when X ends before', async () => {
  await using x = await setUp();
  const { nativeId } = x.write('@aduankra_sim lampu mati');
  const { posts, pages } = await x.poll();
  expect(pages.flatMap((page) => page.ownSeenUntil ?? [])).toEqual([x.clock.now()]);
  const target = targetOf(posts[0] as FoundPost);
  const since = x.clock.now();
  x.simulator.writeAsOffice({ text: 'jawaban', parentNativeId: nativeId });
  const writeMore = (count: number) => {
    x.clock.advance(MINUTE);
    for (let i = 0; i < count; i += 1) x.simulator.writeAsOffice({ text: `pengumuman ${i}` });
  };
  writeMore(1_100);
  const look = await x.connector.ownReplies(target, since, never);
  expect(look).toMatchObject({ replies: [{ text: 'jawaban' }], completeFrom: since });
  writeMore(2_200);
  const short = await x.connector.ownReplies(target, since, never);
  expect(short.replies).toEqual([]);
  expect(short.completeFrom.getTime()).toBeGreaterThanOrEqual(since.getTime() + MINUTE);
}, 60_000);

describe('tokens', () => {
  /** What MongoDB and its lock will be: one value, one holder at a time. */
  function storeOf(tokens: Tokens): TokenStore & { readonly written: Tokens[] } {
    let current = tokens;
    let queue: Promise<unknown> = Promise.resolve();
    const written: Tokens[] = [];
    return {
      written,
      read: async () => current,
      write: async (fresh) => {
        current = fresh;
        written.push(fresh);
      },
      withLock: (run) => {
        const mine = queue.then(run);
        queue = mine.catch(() => {});
        return mine;
      },
    };
  }
  const client = { clientId: 'app', clientSecret: 'rahasia' };

  // Planted: the second look inside the lock removed → two refresh calls, the second refused, this test fails.
  test('two processes with an ended token make exactly one refresh call, and both go on', async () => {
    await using x = await setUp();
    const store = storeOf({
      accessToken: 'ended',
      refreshToken: x.simulator.refreshToken(),
      expiresAt: x.at(-MINUTE),
    });
    const access = () => refreshedAccess({ store, client, clock: x.clock, simulator: x.simulator.baseUrl });
    const [a, b] = await Promise.all([access()(), access()()]);
    expect(a).toBe(b);
    expect(x.simulator.ledger.requests({ path: '/2/oauth2/token' })).toHaveLength(1);
    expect(store.written).toMatchObject([{ refreshToken: x.simulator.refreshToken() }]);
  });

  test('a refused token is refreshed once, the read goes on, and a send says "not now" with a fresh token behind it', async () => {
    await using x = await setUp();
    const store = storeOf({
      accessToken: 'unknown',
      refreshToken: x.simulator.refreshToken(),
      expiresAt: x.at(DAY),
    });
    const accessToken = refreshedAccess({ store, client, clock: x.clock, simulator: x.simulator.baseUrl });
    const connector = xConnector({
      channelId: channelId('x', 'aduankra_sim'),
      account: { id: x.simulator.account.id, handle: 'aduankra_sim' },
      accessToken,
      clock: x.clock,
      simulator: x.simulator.baseUrl,
    });
    const { nativeId } = x.write('@aduankra_sim a');
    const post = (await x.poll()).found.get(nativeId);
    if (!post) throw new Error('not found');
    const first = await connector.reply({ reference: 'r-1~1', target: targetOf(post), text: 'nggih' }, never);
    expect(first).toEqual({ kind: 'not-now', reason: 'token refused', retryAfterMs: SECOND });
    expect(
      await connector.reply({ reference: 'r-1~1', target: targetOf(post), text: 'nggih' }, never),
    ).toMatchObject({
      kind: 'accepted',
    });
    await store.write({
      accessToken: 'unknown again',
      refreshToken: x.simulator.refreshToken(),
      expiresAt: x.at(DAY),
    });
    expect(await connector.inspect(targetOf(post), never)).toMatchObject({ state: 'present' });
    expect(x.simulator.ledger.requests({ path: '/2/oauth2/token' })).toHaveLength(2);
  });

  test('a refresh token that X no longer takes breaks the channel after one call', async () => {
    await using x = await setUp();
    const store = storeOf({ accessToken: 'ended', refreshToken: 'used', expiresAt: x.at(-MINUTE) });
    const access = refreshedAccess({ store, client, clock: x.clock, simulator: x.simulator.baseUrl });
    await expect(access()).rejects.toBeInstanceOf(ChannelBrokenError);
    expect(x.simulator.ledger.requests({ path: '/2/oauth2/token' })).toHaveLength(1);
  });
});

test('a simulator anywhere but on this machine is refused', () => {
  expect(() =>
    xConnector({
      channelId: channelId('x', 'a'),
      account: { id: '1', handle: 'a' },
      accessToken: async () => 't',
      clock: fixedClock(start),
      simulator: new URL('http://10.0.0.1:80'),
    }),
  ).toThrow(/127\.0\.0\.1/);
});
