/** Instagram's own ways, against its simulator over HTTP. What every platform must show: connector-contract.test.ts. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DAY, fixedClock, HOUR, MINUTE } from '../../src/core/clock.ts';
import { ChannelBrokenError } from '../../src/core/errors.ts';
import type { Cursors } from '../../src/domain/channel.ts';
import { channelId, mentionId } from '../../src/domain/ids.ts';
import type { FoundPost } from '../../src/domain/mention.ts';
import type { ReplyTarget } from '../../src/domain/reply.ts';
import type { Page } from '../../src/platforms/connector.ts';
import { instagramConnector } from '../../src/platforms/instagram/index.ts';
import { graphErrorBody } from '../../src/simulators/graph/answers.ts';
import { startInstagramSimulator } from '../../src/simulators/instagram/index.ts';

const signal = new AbortController().signal;

async function setUp() {
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const dir = await mkdtemp(join(tmpdir(), 'instagram-'));
  const simulator = await startInstagramSimulator({ dir, clock });
  const connector = instagramConnector({
    channelId: channelId('instagram', simulator.account.name),
    account: simulator.account,
    accessToken: simulator.token,
    appSecret: simulator.appSecret,
    clock,
    simulator: simulator.baseUrl,
  });
  const ago = (ms: number) => new Date(clock.now().getTime() - ms);
  return {
    simulator,
    connector,
    clock,
    ago,
    async poll(cursors: Cursors = {}, depth: 'normal' | 'deep' = 'normal') {
      const pages: Page[] = [];
      const options = { signal, depth, startFrom: ago(30 * DAY) };
      for await (const page of connector.poll(cursors, options)) pages.push(page);
      return {
        pages,
        posts: new Map(pages.flatMap((page) => page.posts).map((post) => [post.nativeId, post])),
        gaps: pages.flatMap((page) => page.gap ?? []),
        rejected: pages.flatMap((page) => page.rejected),
        cursors: Object.assign({}, cursors, ...pages.map((page) => page.advance)) as Cursors,
      };
    },
    target: (post: FoundPost): ReplyTarget => ({
      ...post,
      channelId: connector.channelId,
      mentionId: mentionId('instagram', post.nativeId),
      textHash: '',
    }),
    async [Symbol.asyncDispose]() {
      await simulator[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
    },
  };
}

describe('polling', () => {
  test('a comment names the post that it stands under; a reply names its comment; a tag stands alone', async () => {
    await using up = await setUp();
    const media = up.simulator.writeAsOffice({ text: 'Jumat bersih', at: up.ago(2 * HOUR) });
    const comment = up.simulator.write({
      author: 'warga_a',
      text: 'TPS penuh',
      parentNativeId: media.nativeId,
    });
    const reply = up.simulator.write({ author: 'warga_b', text: 'podo', parentNativeId: comment.nativeId });
    const tag = up.simulator.write({ author: 'warga_c', text: 'jalan berlubang', asVisitor: true });
    const { posts } = await up.poll();
    expect(posts.get(comment.nativeId)).toMatchObject({
      reach: 'comment',
      parentNativeId: null,
      threadNativeId: comment.nativeId,
      author: { handle: 'warga_a' },
      ownPost: { nativeId: media.nativeId, text: 'Jumat bersih' },
    });
    expect(posts.get(reply.nativeId)).toMatchObject({
      reach: 'comment-reply',
      parentNativeId: comment.nativeId,
      threadNativeId: comment.nativeId,
    });
    expect(posts.get(tag.nativeId)).toMatchObject({
      reach: 'tag',
      ownPost: null,
      author: { handle: 'warga_c' },
    });
    expect(posts.has(media.nativeId)).toBe(false);
  });

  test('a garbled comment or reply is rejected with its id; its replies and neighbours live', async () => {
    await using up = await setUp();
    up.simulator.write({ author: 'warga_a', text: 'supaya ada yang dibaca' });
    const { comments } = JSON.parse(await readFile('fixtures/instagram/answers.json', 'utf8'));
    up.simulator.faults.add({
      match: { path: /\/comments$/ },
      do: { kind: 'status', status: 200, body: comments },
    });
    const { posts, rejected } = await up.poll();
    expect([...posts.keys()].map((id) => id.slice(-2))).toEqual(['11', '12', '15']);
    expect(posts.get('17900000000000012')).toMatchObject({ byUs: true, parentNativeId: '17900000000000011' });
    expect(rejected.map(({ nativeId }) => nativeId?.slice(-2)).sort()).toEqual(['13', '14']);
  });

  test('all replies come, also where the comment shows only the first of them', async () => {
    await using up = await setUp();
    const comment = up.simulator.write({ author: 'warga_a', text: 'banjir' });
    for (let i = 0; i < 130; i += 1) {
      up.simulator.write({ author: `warga_${i}`, text: `ikut ${i}`, parentNativeId: comment.nativeId });
    }
    expect((await up.poll()).posts.size).toBe(131);
  });

  // Planted: the count left out of what makes a post due → the late comment waits for its revisit, this test failed.
  test('a late comment on an old post is found at once, because the count changed', async () => {
    await using up = await setUp();
    const old = up.simulator.writeAsOffice({ text: 'lama', at: up.ago(25 * DAY) });
    const { cursors } = await up.poll();
    up.clock.advance(MINUTE);
    const late = up.simulator.write({ author: 'warga_a', text: 'baru baca', parentNativeId: old.nativeId });
    expect((await up.poll(cursors)).posts.has(late.nativeId)).toBe(true);
  });

  // Planted: known page alone ends the reading (`fresh.size >= grown()` taken out) → this test failed.
  test('a new reply under a comment many pages back is found, because the count is not explained before', async () => {
    await using up = await setUp();
    const first = up.simulator.write({ author: 'warga_0', text: 'pertama', at: up.ago(DAY) });
    for (let i = 0; i < 160; i += 1) {
      up.simulator.write({ author: 'warga_x', text: `komentar ${i}`, at: up.ago(20 * HOUR - i * MINUTE) });
    }
    const { cursors } = await up.poll();
    up.clock.advance(HOUR);
    const reply = up.simulator.write({
      author: 'warga_0',
      text: 'kok belum?',
      parentNativeId: first.nativeId,
    });
    expect((await up.poll(cursors)).posts.has(reply.nativeId)).toBe(true);
  });

  test('where replies do not count, such a reply is found by the nightly sweep', async () => {
    await using up = await setUp();
    up.simulator.switches.countsReplies = false;
    const first = up.simulator.write({ author: 'warga_0', text: 'pertama', at: up.ago(20 * DAY) });
    const { cursors } = await up.poll();
    const reply = up.simulator.write({
      author: 'warga_0',
      text: 'kok belum?',
      parentNativeId: first.nativeId,
    });
    expect((await up.poll(cursors)).posts.has(reply.nativeId)).toBe(false);
    expect((await up.poll(cursors, 'deep')).posts.has(reply.nativeId)).toBe(true);
  });

  test('old quiet posts are read less and less often, fresh ones every time', async () => {
    await using up = await setUp();
    const old = up.simulator.writeAsOffice({ text: 'lama', at: up.ago(20 * DAY) });
    const fresh = up.simulator.writeAsOffice({ text: 'baru', at: up.ago(HOUR) });
    let { cursors } = await up.poll();
    for (let round = 0; round < 5; round += 1) {
      up.clock.advance(MINUTE);
      ({ cursors } = await up.poll(cursors));
    }
    const reads = (id: string) =>
      up.simulator.ledger.requests({ path: new RegExp(`/${id}/comments$`) }).length;
    expect(reads(fresh.nativeId)).toBe(6);
    expect(reads(old.nativeId)).toBe(1);
  });

  test('more new comments than one run may read: a gap in words, and the cursor of that post stays', async () => {
    await using up = await setUp();
    up.simulator.write({ author: 'warga_0', text: 'awal' });
    for (let i = 0; i < 1_060; i += 1) up.simulator.write({ author: 'warga_x', text: `banjir ${i}` });
    const first = await up.poll();
    expect(first.gaps.join()).toContain('20 halaman');
    expect(first.posts.size).toBe(1_000);
    expect((await up.poll(first.cursors, 'deep')).posts.size).toBe(1_061);
  });

  test('fewer comments than Instagram counts are told', async () => {
    await using up = await setUp();
    up.simulator.write({ author: 'warga_a', text: 'satu' });
    const [media] = up.simulator.posts().filter((post) => post.byOffice);
    const body = {
      data: [{ id: media?.nativeId, caption: '', timestamp: '2026-11-24T02:00:00+0000', comments_count: 4 }],
    };
    up.simulator.faults.add({ match: { path: /\/media$/ }, do: { kind: 'status', status: 200, body } });
    expect((await up.poll()).gaps.join()).toContain('menghitung 4 komentar');
  });

  test('a post deleted in the middle of a run does not end it', async () => {
    await using up = await setUp();
    up.simulator.writeAsOffice({ text: 'akan dihapus', at: up.ago(HOUR) });
    const staying = up.simulator.writeAsOffice({ text: 'tetap', at: up.ago(2 * HOUR) });
    const comment = up.simulator.write({ author: 'warga_a', text: 'halo', parentNativeId: staying.nativeId });
    const gone = graphErrorBody({ message: 'gone', type: 'GraphMethodException', code: 100, subcode: 33 });
    up.simulator.faults.add({
      match: { path: /\/comments$/ },
      do: { kind: 'status', status: 400, body: gone },
    });
    expect((await up.poll()).posts.has(comment.nativeId)).toBe(true);
  });

  test('a used-up allowance ends the run with the time to come back, and the rest is read later', async () => {
    await using up = await setUp();
    for (let i = 0; i < 3; i += 1)
      up.simulator.writeAsOffice({ text: `kiriman ${i}`, at: up.ago((i + 1) * HOUR) });
    const written = up.simulator.write({ author: 'warga_a', text: 'halo', at: up.ago(0) });
    const usage = {
      '1': [
        {
          type: 'instagram',
          call_count: 100,
          total_cputime: 1,
          total_time: 1,
          estimated_time_to_regain_access: 20,
        },
      ],
    };
    const headers = { 'x-business-use-case-usage': JSON.stringify(usage) };
    up.simulator.faults.add({
      match: { path: /\/comments$/ },
      do: { kind: 'after-write', status: 200, body: { data: [] }, headers },
    });
    const cut = await up.poll();
    expect(cut.pages.at(-1)?.blockedUntil).toEqual(new Date(up.clock.now().getTime() + 20 * MINUTE));
    expect(cut.gaps.join()).toContain('Jatah');
    expect(up.simulator.ledger.requests({ path: /\/comments$/ })).toHaveLength(1);
    up.clock.advance(20 * MINUTE);
    expect((await up.poll(cut.cursors)).posts.has(written.nativeId)).toBe(true);
  });

  test('no token stands in any address, and every call carries a right proof', async () => {
    await using up = await setUp();
    up.simulator.switches.requireProof = true;
    for (let i = 0; i < 60; i += 1) up.simulator.write({ author: 'warga_a', text: `aduan ${i}` });
    expect((await up.poll()).posts.size).toBe(60);
    const queries = up.simulator.ledger.requests().map((request) => request.query);
    expect(queries.some((query) => query.includes('after='))).toBe(true);
    for (const query of queries) expect(query).not.toContain('access_token');
  });
});

describe('answering', () => {
  test('only a top-level comment that is not hidden can be answered through the API', async () => {
    await using up = await setUp();
    const comment = up.simulator.write({ author: 'warga_a', text: 'TPS penuh' });
    const reply = up.simulator.write({ author: 'warga_b', text: 'podo', parentNativeId: comment.nativeId });
    const hidden = up.simulator.write({ author: 'warga_c', text: 'kasar' });
    up.simulator.hide(hidden.nativeId, true);
    const tag = up.simulator.write({ author: 'warga_d', text: 'tag', asVisitor: true });
    const { posts } = await up.poll();
    const by = (id: string) => {
      const post = posts.get(id);
      return post && up.connector.capability(up.target(post)).by;
    };
    expect([comment, reply, hidden, tag].map((post) => by(post.nativeId))).toEqual([
      'api',
      'hand',
      'hand',
      'hand',
    ]);
    const target = posts.get(hidden.nativeId);
    expect(
      target &&
        (await up.connector.reply({ reference: 'r-1~1', target: up.target(target), text: 'a' }, signal)),
    ).toMatchObject({
      kind: 'never',
    });
  });

  test('length is counted in what people see as characters', () => {
    const { measure } = instagramConnector({
      channelId: channelId('instagram', 'a'),
      account: { id: '1', name: 'a' },
      accessToken: 't',
      clock: fixedClock('2026-11-24T03:00:00Z'),
    });
    expect(measure('Suwun 🙏')).toEqual({ used: 7, limit: 300 });
  });

  test('a simulator elsewhere than on this machine is refused', () => {
    const options = {
      channelId: channelId('instagram', 'a'),
      account: { id: '1', name: 'a' },
      accessToken: 't',
      clock: fixedClock('2026-11-24T03:00:00Z'),
    };
    expect(() => instagramConnector({ ...options, simulator: new URL('https://example.org') })).toThrow(
      'this machine',
    );
  });
});

test('a probe with the wrong account id says so', async () => {
  await using up = await setUp();
  const connector = instagramConnector({
    channelId: channelId('instagram', 'a'),
    account: { id: '9999', name: up.simulator.account.name },
    accessToken: up.simulator.token,
    clock: up.clock,
    simulator: up.simulator.baseUrl,
  });
  await expect(connector.probe(signal)).rejects.toBeInstanceOf(ChannelBrokenError);
});

test('a comment is hidden, shown again, and a poll and a look say the same; a vanished one is refused', async () => {
  await using up = await setUp();
  const { simulator, connector } = up;
  const own = simulator.writeAsOffice({ text: 'Jadwal layanan', at: up.ago(HOUR) });
  const written = simulator.write({
    author: 'Warga A',
    text: 'NIK saya contoh',
    parentNativeId: own.nativeId,
  });
  const found = (await up.poll()).posts.get(written.nativeId);
  if (!found) throw new Error('the comment was not found');
  expect(connector.hiding?.fits(found)).toBe(true);
  expect(connector.hiding?.fits({ reach: 'private' })).toBe(false);
  for (const hidden of [true, true, false]) {
    await connector.hiding?.set(found.latestNativeId, hidden, signal);
    expect(await connector.inspect(up.target(found), signal)).toMatchObject({ hidden });
  }
  simulator.delete(written.nativeId);
  await expect(connector.hiding?.set(found.latestNativeId, true, signal)).rejects.toThrow(/100/);
});
