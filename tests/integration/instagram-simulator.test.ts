/** The simulator speaks Instagram's documented contract, seen with plain fetch. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fixedClock, MINUTE } from '../../src/core/clock.ts';
import { startInstagramSimulator } from '../../src/simulators/instagram/index.ts';

async function setUp() {
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const dir = await mkdtemp(join(tmpdir(), 'instagram-sim-'));
  const open = () => startInstagramSimulator({ dir, clock });
  let simulator = await open();
  const call = async (path: string, init: RequestInit = {}, token: string | null = simulator.token) => {
    const headers = { ...(token !== null && { authorization: `Bearer ${token}` }), ...init.headers };
    const response = await fetch(new URL(`/v26.0${path}`, simulator.baseUrl), { ...init, headers });
    const text = await response.text();
    return { response, text, body: JSON.parse(text) };
  };
  return {
    clock,
    call,
    get simulator() {
      return simulator;
    },
    async restart() {
      await simulator[Symbol.asyncDispose]();
      simulator = await open();
    },
    async [Symbol.asyncDispose]() {
      await simulator[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
    },
  };
}

test('comments: newest first, 50 at most, no time filter, `next` until the last page, which has no paging', async () => {
  await using up = await setUp();
  const media = up.simulator.writeAsOffice({ text: 'Jumat bersih' });
  for (let i = 0; i < 60; i += 1) {
    up.clock.advance(1_000);
    up.simulator.write({ author: 'warga', text: `k${i}`, parentNativeId: media.nativeId });
  }
  const first = await up.call(`/${media.nativeId}/comments?limit=100&since=2030-01-01`);
  expect(first.body.data).toHaveLength(50);
  expect(Object.keys(first.body.data[0]).sort()).toEqual(['id', 'text', 'timestamp']);
  expect(first.body.data[0]).toMatchObject({ text: 'k59', timestamp: '2026-11-24T03:01:00+0000' });
  expect(first.text).toContain('http:\\/\\/');
  const { after } = first.body.paging.cursors;
  const second = await up.call(`/${media.nativeId}/comments?limit=50&after=${after}`);
  expect(second.body.data).toHaveLength(10);
  expect(second.body.paging).toBeUndefined();
});

test('only top-level comments are listed; replies come when they are asked for', async () => {
  await using up = await setUp();
  const comment = up.simulator.write({ author: 'warga', text: 'atas' });
  up.simulator.write({ author: 'warga', text: 'bawah', parentNativeId: comment.nativeId });
  const media = up.simulator.posts().find((post) => post.byOffice);
  const plain = await up.call(`/${media?.nativeId}/comments`);
  expect(plain.body.data).toHaveLength(1);
  const expanded = await up.call(`/${media?.nativeId}/comments?fields=id,replies{text,parent_id}`);
  expect(expanded.body.data[0].replies.data[0]).toMatchObject({ text: 'bawah', parent_id: comment.nativeId });
});

test('a reply to a reply lands under the top comment, from query, form or JSON', async () => {
  await using up = await setUp();
  const comment = up.simulator.write({ author: 'warga', text: 'atas' });
  const reply = up.simulator.write({ author: 'warga', text: 'bawah', parentNativeId: comment.nativeId });
  await up.call(`/${reply.nativeId}/replies?message=satu`, { method: 'POST' });
  await up.call(`/${comment.nativeId}/replies`, {
    method: 'POST',
    body: new URLSearchParams({ message: 'dua' }),
  });
  const json = {
    method: 'POST',
    body: '{"message":"tiga"}',
    headers: { 'content-type': 'application/json' },
  };
  const { body } = await up.call(`/${comment.nativeId}/replies`, json);
  expect(Object.keys(body)).toEqual(['id']);
  const answers = up.simulator.posts().filter((post) => post.parentNativeId === comment.nativeId);
  expect(answers.map((post) => post.text)).toEqual(['bawah', 'satu', 'dua', 'tiga']);
});

test('hiding, deleting and asking for a mention work as documented', async () => {
  await using up = await setUp();
  const comment = up.simulator.write({ author: 'warga', text: `@${up.simulator.account.name} atas` });
  expect((await up.call(`/${comment.nativeId}?hide=true`, { method: 'POST' })).body).toEqual({
    success: true,
  });
  expect((await up.call(`/${comment.nativeId}?fields=hidden`)).body).toMatchObject({ hidden: true });
  const asked = `mentioned_comment.comment_id(${comment.nativeId}){id,text}`;
  const mention = await up.call(`/${up.simulator.account.id}?fields=${asked}`);
  expect(mention.body.mentioned_comment).toEqual({ id: comment.nativeId, text: comment.text });
  await up.call(`/${comment.nativeId}`, { method: 'DELETE' });
  const { response, body } = await up.call(`/${comment.nativeId}`);
  expect(response.status).toBe(400);
  expect(body.error).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' });
});

test('a wrong token, a revoked one, an unknown field, parameter or path are refused in Graph’s words', async () => {
  await using up = await setUp();
  const wrong = await up.call('/me', {}, 'nonsense');
  expect(wrong.body.error.code).toBe(190);
  expect(wrong.response.headers.get('www-authenticate')).toMatch(
    /^OAuth "Facebook Platform" "invalid_token"/,
  );
  expect((await up.call('/me?fields=nope')).body.error.code).toBe(100);
  expect(up.simulator.ledger.refused).toBe(0);
  expect((await up.call(`/${up.simulator.account.id}/media?sinse=1`)).body.error.code).toBe(100);
  expect((await up.call('/1/2/3/4')).body.error.code).toBe(2500);
  expect(up.simulator.ledger.refused).toBe(2);
  up.simulator.switches.revoked = 463;
  expect((await up.call('/me')).body.error).toMatchObject({ code: 190, error_subcode: 463 });
});

test('/me tells the account’s id as user_id and an app-scoped one as id', async () => {
  await using up = await setUp();
  const { body } = await up.call('/me?fields=user_id,username');
  expect(body).toMatchObject({ user_id: up.simulator.account.id, username: up.simulator.account.name });
  expect(body.id).not.toBe(body.user_id);
});

test('a refreshed token is taken beside the old one', async () => {
  await using up = await setUp();
  const address = new URL('/refresh_access_token?grant_type=ig_refresh_token', up.simulator.baseUrl);
  const answer = await fetch(address, { headers: { authorization: `Bearer ${up.simulator.token}` } });
  const fresh = (await answer.json()) as { access_token: string; expires_in: number };
  expect(fresh.expires_in).toBe(5_184_000);
  expect((await up.call('/me', {}, fresh.access_token)).response.status).toBe(200);
});

test('posts are released by the clock, and a restart changes nothing', async () => {
  await using up = await setUp();
  const comment = up.simulator.write({ author: 'warga', text: 'sekarang' });
  up.simulator.write({ author: 'warga', text: 'nanti', at: new Date(up.clock.now().getTime() + MINUTE) });
  up.simulator.edit(comment.nativeId, 'sekarang, diubah');
  up.simulator.hide(comment.nativeId, true);
  const media = up.simulator.posts().find((post) => post.byOffice);
  const before = up.simulator.posts();
  expect((await up.call(`/${media?.nativeId}/comments`)).body.data).toHaveLength(1);
  await up.restart();
  expect(up.simulator.posts()).toEqual(before);
  expect(up.simulator.ledger.servedIds().has(comment.nativeId)).toBe(true);
  up.clock.advance(MINUTE);
  const { body } = await up.call(`/${media?.nativeId}/comments`);
  expect(body.data.map((each: { text: string }) => each.text)).toEqual(['nanti', 'sekarang, diubah']);
});

test('the page for people shows the messages with the banner', async () => {
  await using up = await setUp();
  up.simulator.write({ author: 'warga', text: 'TPS penuh <b>sekali</b>' });
  const page = await (await fetch(new URL('/sim', up.simulator.baseUrl))).text();
  expect(page).toContain('DATA SIMULASI');
  expect(page).toContain('TPS penuh &lt;b&gt;');
});
