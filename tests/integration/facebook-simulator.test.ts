/** The simulator speaks the Pages API's documented contract, seen with plain fetch. */
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fixedClock, HOUR, MINUTE } from '../../src/core/clock.ts';
import { startFacebookSimulator } from '../../src/simulators/facebook/index.ts';

async function setUp() {
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const dir = await mkdtemp(join(tmpdir(), 'facebook-sim-'));
  const simulator = await startFacebookSimulator({ dir, clock });
  return {
    clock,
    simulator,
    async call(path: string, init: RequestInit = {}, token = simulator.token) {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(new URL(`/v26.0${path}`, simulator.baseUrl), { ...init, headers });
      return { response, body: JSON.parse(await response.text()) };
    },
    async [Symbol.asyncDispose]() {
      await simulator[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
    },
  };
}

test('comments: filter, order, summary; replies are dropped unless the stream is asked for', async () => {
  await using up = await setUp();
  const top = up.simulator.write({ author: 'Warga A', text: 'satu' });
  up.clock.advance(MINUTE);
  up.simulator.write({ author: 'Warga B', text: 'dua', parentNativeId: top.nativeId });
  const post = up.simulator.posts().find((each) => each.byOffice)?.nativeId;
  const plain = await up.call(`/${post}/comments?summary=true`);
  expect(plain.body.data).toMatchObject([{ message: 'satu', from: { name: 'Warga A' } }]);
  expect(plain.body.summary).toEqual({ order: 'chronological', total_count: 1, can_comment: true });
  const stream = await up.call(
    `/${post}/comments?filter=stream&order=reverse_chronological&summary=true&fields=message,parent{id}`,
  );
  expect(stream.body.data).toMatchObject([
    { message: 'dua', parent: { id: top.nativeId } },
    { message: 'satu' },
  ]);
  expect(stream.body.summary.total_count).toBe(2);
});

test('an empty edge is {"data":[]}, and so is what a person’s token sees of comments', async () => {
  await using up = await setUp();
  const comment = up.simulator.write({ author: 'Warga A', text: 'satu' });
  expect((await up.call(`/${comment.nativeId}/comments`)).body).toEqual({ data: [] });
  const post = up.simulator.posts().find((each) => each.byOffice)?.nativeId;
  const asPerson = await up.call(`/${post}/comments`, {}, up.simulator.userToken);
  expect(asPerson.response.status).toBe(200);
  expect(asPerson.body).toEqual({ data: [] });
});

test('a POST to the comment itself edits or hides and names no id; to its comments it replies', async () => {
  await using up = await setUp();
  const comment = up.simulator.write({ author: 'Warga A', text: 'satu' });
  const trap = await up.call(`/${comment.nativeId}?message=Sampun`, { method: 'POST' });
  expect(trap.body).toEqual({ success: true });
  const bare = comment.nativeId.split('_')[1];
  const reply = await up.call(`/${bare}/comments?message=Sampun`, { method: 'POST' });
  expect(reply.body.id).toMatch(/^\d+_\d+$/);
  const again = await up.call(`/${comment.nativeId}/comments?message=Sampun`, { method: 'POST' });
  expect(again.body.error.code).toBe(506);
  expect(up.simulator.ledger.writes().map((write) => [write.kind, write.resultId !== null])).toEqual([
    ['edit', true],
    ['reply', true],
    ['reply', false],
  ]);
  await up.call(`/${comment.nativeId}?is_hidden=true`, { method: 'POST' });
  expect((await up.call(`/${comment.nativeId}?fields=is_hidden`)).body.is_hidden).toBe(true);
});

test('the feed holds own, visitors’ and tagged posts in a ranked order that paging keeps', async () => {
  await using up = await setUp();
  const at = (hours: number) => new Date(up.clock.now().getTime() - hours * HOUR);
  const written = Array.from({ length: 30 }, (_, i) =>
    up.simulator.write({ author: 'Warga', text: `p${i}`, asVisitor: true, at: at(i) }),
  ).map((post) => post.nativeId);
  const { account } = up.simulator;
  const first = await up.call(`/${account.id}/feed?limit=20`);
  const second = await up.call(`/${account.id}/feed?limit=20&after=${first.body.paging.cursors.after}`);
  const served = [...first.body.data, ...second.body.data].map((post: { id: string }) => post.id);
  expect(served.toSorted()).toEqual(written.toSorted());
  expect(served).not.toEqual(written);
  expect(second.body.paging.next).toBeUndefined();
  expect((await up.call(`/${account.id}/published_posts`)).body).toEqual({ data: [] });
});

test('a token can be looked at, exchanged, and leads to the Page’s own', async () => {
  await using up = await setUp();
  const { simulator } = up;
  const app = `${simulator.appId}|${simulator.appSecret}`;
  const seen = await up.call(`/debug_token?input_token=${simulator.userToken}`, {}, app);
  expect(seen.body.data).toMatchObject({ type: 'USER', is_valid: true, expires_at: 0 });
  const query = `grant_type=fb_exchange_token&client_id=${simulator.appId}&client_secret=${simulator.appSecret}`;
  const long = await up.call(`/oauth/access_token?${query}&fb_exchange_token=${simulator.userToken}`);
  expect(long.body).toMatchObject({ token_type: 'bearer', expires_in: 5_184_000 });
  const pages = await up.call('/me/accounts', {}, long.body.access_token);
  expect(pages.body.data).toMatchObject([{ access_token: simulator.token, id: simulator.account.id }]);
});

test('with the switch on, only a right appsecret_proof passes', async () => {
  await using up = await setUp();
  up.simulator.switches.requireProof = true;
  expect((await up.call('/me')).body.error.code).toBe(100);
  const proof = (key: string) => createHmac('sha256', key).update(up.simulator.token).digest('hex');
  expect((await up.call(`/me?appsecret_proof=${proof('wrong')}`)).body.error.code).toBe(100);
  expect((await up.call(`/me?appsecret_proof=${proof(up.simulator.appSecret)}`)).response.status).toBe(200);
});

test('the usage header grows into a refusal at 100 %', async () => {
  await using up = await setUp();
  up.simulator.switches.usagePercent = 80;
  const near = await up.call('/me');
  expect(JSON.parse(near.response.headers.get('x-business-use-case-usage') ?? '{}')).toMatchObject({
    [up.simulator.account.id]: [{ type: 'pages', call_count: 80 }],
  });
  up.simulator.switches.usagePercent = 100;
  expect((await up.call('/me')).body.error.code).toBe(80_001);
});
