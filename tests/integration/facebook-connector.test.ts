/** Facebook's own ways, against its simulator over HTTP. What every platform must show: connector-contract.test.ts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DAY, fixedClock, HOUR, MINUTE } from '../../src/core/clock.ts';
import { TransientError } from '../../src/core/errors.ts';
import type { Cursors } from '../../src/domain/channel.ts';
import { channelId, mentionId } from '../../src/domain/ids.ts';
import type { FoundPost } from '../../src/domain/mention.ts';
import type { ReplyTarget } from '../../src/domain/reply.ts';
import type { Page } from '../../src/platforms/connector.ts';
import { type FacebookConnectorOptions, facebookConnector } from '../../src/platforms/facebook/index.ts';
import { startFacebookSimulator } from '../../src/simulators/facebook/index.ts';

const signal = new AbortController().signal;

async function setUp(options: Partial<FacebookConnectorOptions> = {}) {
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const dir = await mkdtemp(join(tmpdir(), 'facebook-'));
  const simulator = await startFacebookSimulator({ dir, clock });
  const connector = facebookConnector({
    channelId: channelId('facebook', simulator.account.id),
    account: simulator.account,
    accessToken: simulator.token,
    appId: simulator.appId,
    appSecret: simulator.appSecret,
    clock,
    simulator: simulator.baseUrl,
    ...options,
  });
  return {
    simulator,
    connector,
    clock,
    ago: (ms: number) => new Date(clock.now().getTime() - ms),
    async poll(cursors: Cursors = {}, depth: 'normal' | 'deep' = 'normal') {
      const pages: Page[] = [];
      const startFrom = new Date(clock.now().getTime() - 30 * DAY);
      for await (const page of connector.poll(cursors, { signal, depth, startFrom })) pages.push(page);
      return {
        pages,
        posts: new Map(pages.flatMap((page) => page.posts).map((post) => [post.nativeId, post])),
        gaps: pages.flatMap((page) => page.gap ?? []),
        cursors: Object.assign({}, cursors, ...pages.map((page) => page.advance)) as Cursors,
      };
    },
    /** Like `poll`, for a run that the platform ends. */
    async pollUntilError(cursors: Cursors) {
      const advances: (Cursors | null)[] = [];
      try {
        const startFrom = new Date(clock.now().getTime() - 30 * DAY);
        for await (const page of connector.poll(cursors, { signal, depth: 'normal', startFrom }))
          advances.push(page.advance);
      } catch (error) {
        return { error, cursors: Object.assign({}, cursors, ...advances) as Cursors };
      }
      throw new Error('the run came to its end');
    },
    async [Symbol.asyncDispose]() {
      await simulator[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
    },
  };
}
type Up = Awaited<ReturnType<typeof setUp>>;

function targetOf(up: Up, post: FoundPost | undefined): ReplyTarget {
  if (!post) throw new Error('the message was not found');
  const mention = { channelId: up.connector.channelId, mentionId: mentionId('facebook', post.nativeId) };
  return { ...post, ...mention, textHash: '' };
}

describe('polling', () => {
  test('comments, replies, posts on the wall with what stands under them, and tags are told apart', async () => {
    await using up = await setUp();
    const { simulator } = up;
    const own = simulator.writeAsOffice({ text: 'Jadwal samsat', at: up.ago(HOUR) });
    const comment = simulator.write({ author: 'Warga A', text: 'TPS penuh', parentNativeId: own.nativeId });
    const reply = simulator.write({ author: 'Warga B', text: 'podo', parentNativeId: comment.nativeId });
    const wall = simulator.write({ author: 'Warga C', text: 'Jalan rusak', asVisitor: true });
    const underWall = simulator.write({ author: 'Warga D', text: 'betul', parentNativeId: wall.nativeId });
    const tag = simulator.write({ author: 'Warga E', text: `lihat @${simulator.account.name}` });
    const { posts } = await up.poll();
    expect(posts.get(comment.nativeId)).toMatchObject({
      reach: 'comment',
      parentNativeId: null,
      threadNativeId: comment.nativeId,
      ownPost: { nativeId: own.nativeId, text: 'Jadwal samsat' },
    });
    expect(posts.get(reply.nativeId)).toMatchObject({
      reach: 'comment-reply',
      threadNativeId: comment.nativeId,
    });
    expect(posts.get(wall.nativeId)).toMatchObject({ reach: 'visitor-post', author: { name: 'Warga C' } });
    expect(posts.get(underWall.nativeId)).toMatchObject({
      reach: 'comment-reply',
      parentNativeId: wall.nativeId,
      threadNativeId: wall.nativeId,
    });
    expect(posts.get(tag.nativeId)).toMatchObject({ reach: 'tag' });
    expect(posts.size).toBe(5);
    const by = [...posts.values()].map((post) => [
      post.reach,
      up.connector.capability(targetOf(up, post)).by,
    ]);
    expect(new Map(by as [string, string][])).toEqual(
      new Map([
        ['comment', 'api'],
        ['comment-reply', 'api'],
        ['visitor-post', 'api'],
        ['tag', 'hand'],
      ]),
    );
  });

  test('citizens without a name are found, and posts on the wall are still told from our own', async () => {
    await using up = await setUp();
    up.simulator.switches.withoutFrom = true;
    const comment = up.simulator.write({ author: 'Warga A', text: 'TPS penuh' });
    const wall = up.simulator.write({ author: 'Warga B', text: 'Jalan rusak', asVisitor: true });
    const { posts } = await up.poll();
    expect(posts.get(comment.nativeId)).toMatchObject({ author: { id: null, name: null }, byUs: false });
    expect(posts.get(wall.nativeId)).toMatchObject({
      reach: 'visitor-post',
      author: { id: null, name: null },
    });
  });

  test('a late comment on a post that the ranked feed shows anywhere is found', async () => {
    await using up = await setUp();
    const posts = Array.from({ length: 70 }, (_, i) =>
      up.simulator.writeAsOffice({ text: `p${i}`, at: up.ago(i * HOUR) }),
    );
    const { cursors } = await up.poll();
    up.clock.advance(MINUTE);
    const late = posts
      .slice(0, 40)
      .map(
        (post) =>
          up.simulator.write({ author: 'Warga', text: 'halo', parentNativeId: post.nativeId }).nativeId,
      );
    expect([...(await up.poll(cursors)).posts.keys()].sort()).toEqual(late.sort());
  });

  // Found in tests/e2e/pipeline-kills.test.ts as one comment missing for two hours, three times in seven. Planted: nothing
  // owed (`watch.owe` left out of follow.ts) → this test failed.
  test('a comment whose reading was cut off is read in the next run, also when no list shows its post by then', async () => {
    await using up = await setUp();
    const wall = (days: number) =>
      up.simulator.write({ author: 'Warga', text: 'Jalan rusak', asVisitor: true, at: up.ago(days * DAY) });
    const old = wall(13);
    for (let i = 0; i < 60; i += 1) wall(10);
    const { cursors } = await up.poll();
    up.clock.advance(MINUTE);
    const late = up.simulator.write({ author: 'Warga', text: 'betul', parentNativeId: old.nativeId });
    wall(0); // Because of this one the run looks further than the newest 50, and sees that the old post was commented.
    up.simulator.faults.add({
      match: { path: new RegExp(`${old.nativeId}/comments$`) },
      do: { kind: 'status', status: 503 },
    });
    const cut = await up.pollUntilError(cursors);
    expect(cut.error).toBeInstanceOf(TransientError);
    up.clock.advance(MINUTE);
    const next = await up.poll(cut.cursors);
    expect([...next.posts.keys()]).toContain(late.nativeId);
    // It is read once, not in every run from here on.
    expect([...(await up.poll(next.cursors)).posts.keys()]).not.toContain(late.nativeId);
  });

  // Planted: a list that ends with the first known post of a page → some of the ten were missing.
  test('posts on the wall that the ranking puts behind known ones are found', async () => {
    await using up = await setUp();
    const wall = () => up.simulator.write({ author: 'Warga', text: 'Jalan rusak', asVisitor: true }).nativeId;
    for (let i = 0; i < 90; i += 1) wall();
    up.clock.advance(HOUR);
    const { cursors } = await up.poll();
    up.clock.advance(MINUTE);
    const fresh = Array.from({ length: 10 }, wall);
    expect([...(await up.poll(cursors)).posts.keys()]).toEqual(expect.arrayContaining(fresh));
  });

  // Planted: the count remembered as read (`watch.owe` left out of comments.ts) → read again after 15 minutes only.
  test('a page that shows an old comment twice in place of the new one is read again at once', async () => {
    await using up = await setUp();
    const own = up.simulator.writeAsOffice({ text: 'Jadwal', at: up.ago(5 * DAY) });
    const first = up.simulator.write({ author: 'Warga', text: 'satu', parentNativeId: own.nativeId });
    const { cursors } = await up.poll();
    up.clock.advance(MINUTE);
    const second = up.simulator.write({ author: 'Warga', text: 'dua', parentNativeId: own.nativeId });
    const item = { id: first.nativeId, message: 'satu', created_time: '2026-11-24T03:00:00+0000' };
    const body = { data: [item, item], summary: { total_count: 2 } };
    up.simulator.faults.add({ match: { path: /\/comments$/ }, do: { kind: 'status', status: 200, body } });
    const stale = await up.poll(cursors);
    expect([...stale.posts.keys()]).toEqual([first.nativeId]);
    up.clock.advance(MINUTE);
    expect([...(await up.poll(stale.cursors)).posts.keys()]).toContain(second.nativeId);
  });

  // Planted: an empty page taken for the end (`page.items.length === 0` returns) → this test failed.
  test('an empty page of the feed that names a next one is not the end', async () => {
    await using up = await setUp();
    const comment = up.simulator.write({ author: 'Warga A', text: 'TPS penuh' });
    up.simulator.faults.add({ match: { path: /\/feed$/ }, times: 2, do: { kind: 'empty-page' } });
    expect((await up.poll()).posts.has(comment.nativeId)).toBe(true);
  });

  test('fewer comments than Facebook counts are told once, not at every poll', async () => {
    await using up = await setUp();
    const kept = up.simulator.write({ author: 'Warga A', text: 'satu' });
    const body = {
      data: [{ id: kept.nativeId, message: 'satu', created_time: '2026-11-24T03:00:00+0000' }],
      summary: { order: 'reverse_chronological', total_count: 3 },
    };
    up.simulator.faults.add({ match: { path: /\/comments$/ }, do: { kind: 'status', status: 200, body } });
    const first = await up.poll();
    expect(first.gaps.join()).toContain('menghitung 3 komentar');
    const second = await up.poll(first.cursors);
    expect((await up.poll(second.cursors)).gaps).toEqual([]);
  });

  test('a comment comes under one id, whichever half of it the platform names', async () => {
    await using up = await setUp();
    const comment = up.simulator.write({ author: 'Warga A', text: 'satu' });
    const bare = comment.nativeId.split('_')[1] ?? '';
    const body = { data: [{ id: bare, message: 'satu', created_time: '2026-11-24T03:00:00+0000' }] };
    up.simulator.faults.add({ match: { path: /\/comments$/ }, do: { kind: 'status', status: 200, body } });
    expect([...(await up.poll()).posts.keys()]).toEqual([comment.nativeId]);
  });

  test('no token stands in any address, and every call carries a right proof', async () => {
    await using up = await setUp();
    up.simulator.switches.requireProof = true;
    for (let i = 0; i < 120; i += 1) up.simulator.write({ author: 'Warga', text: `aduan ${i}` });
    expect((await up.poll()).posts.size).toBe(120);
    for (const { query } of up.simulator.ledger.requests()) expect(query).not.toContain('access_token');
  });
});

describe('answering', () => {
  test('a post on the wall and a second-level reply are answered, and each answer is found again', async () => {
    await using up = await setUp();
    const wall = up.simulator.write({ author: 'Warga C', text: 'Jalan rusak', asVisitor: true });
    const under = up.simulator.write({ author: 'Warga D', text: 'betul', parentNativeId: wall.nativeId });
    const comment = up.simulator.write({ author: 'Warga A', text: 'TPS penuh' });
    const reply = up.simulator.write({ author: 'Warga B', text: 'podo', parentNativeId: comment.nativeId });
    const { posts, cursors } = await up.poll();
    for (const [index, post] of [wall, under, comment, reply].entries()) {
      const target = targetOf(up, posts.get(post.nativeId));
      const text = `Sampun kami teruskan (${index})`;
      const outcome = await up.connector.reply({ reference: 'r-1~1', target, text }, signal);
      expect(outcome).toMatchObject({ kind: 'accepted' });
      const { replies } = await up.connector.ownReplies(target, up.ago(MINUTE), signal);
      const mine = replies.find((own) => own.text === text);
      expect(mine?.nativeId).toBe(outcome.kind === 'accepted' ? outcome.nativeId : '');
      expect((await up.poll(cursors)).posts.get(mine?.nativeId ?? '')).toMatchObject({ byUs: true, text });
    }
  });

  test('the same text twice under one message is refused by Facebook and stays unknown to us', async () => {
    await using up = await setUp();
    const written = up.simulator.write({ author: 'Warga A', text: 'TPS penuh' });
    const target = targetOf(up, (await up.poll()).posts.get(written.nativeId));
    await up.connector.reply({ reference: 'r-1~1', target, text: 'Sampun' }, signal);
    expect(await up.connector.reply({ reference: 'r-1~1', target, text: 'Sampun' }, signal)).toMatchObject({
      kind: 'unknown',
    });
    expect(up.simulator.ledger.repliesReceived()).toHaveLength(1);
  });

  test('a silent platform ends the send at the connector’s own time limit', async () => {
    await using up = await setUp({ timeoutMs: 200 });
    const written = up.simulator.write({ author: 'Warga A', text: 'TPS penuh' });
    const target = targetOf(up, (await up.poll()).posts.get(written.nativeId));
    up.simulator.faults.add({ match: { method: 'POST' }, do: { kind: 'timeout-after-write' } });
    expect(await up.connector.reply({ reference: 'r-1~1', target, text: 'Sampun' }, signal)).toMatchObject({
      kind: 'unknown',
    });
  });
});

describe('a probe', () => {
  // Planted: the comparison of ids taken out of probe.ts → fails without app credentials; the type taken out as well →
  // fails with them too.
  test.each(['with', 'without'])(
    '%s app credentials finds a person’s token, whose comments come back empty',
    async (how) => {
      await using up = await setUp();
      const { simulator, clock } = up;
      const connector = facebookConnector({
        channelId: up.connector.channelId,
        account: simulator.account,
        accessToken: simulator.userToken,
        ...(how === 'with' && { appId: simulator.appId, appSecret: simulator.appSecret }),
        clock,
        simulator: simulator.baseUrl,
      });
      await expect(connector.probe(signal)).rejects.toMatchObject({ reason: 'token' });
    },
  );

  test('warns of missing permissions and of a token about to end', async () => {
    await using up = await setUp();
    up.simulator.switches.scopes = ['pages_read_engagement'];
    up.simulator.switches.expiresAt = new Date(up.clock.now().getTime() + 5 * DAY);
    const { warnings, expiresAt } = await up.connector.probe(signal);
    expect(expiresAt).toEqual(up.simulator.switches.expiresAt);
    expect(warnings.join()).toContain('pages_read_user_content');
    expect(warnings.join()).toContain('2026-11-29');
  });

  test('a denied permission breaks the channel with that reason', async () => {
    await using up = await setUp();
    up.simulator.switches.deniedCode = 10;
    await expect(up.poll()).rejects.toMatchObject({ name: 'ChannelBrokenError', reason: 'permission' });
  });
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
    expect(await connector.inspect(targetOf(up, found), signal)).toMatchObject({ hidden });
  }
  simulator.delete(written.nativeId);
  await expect(connector.hiding?.set(found.latestNativeId, true, signal)).rejects.toThrow(/100/);
});
