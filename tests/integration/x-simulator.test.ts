import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DAY, fixedClock, HOUR, MINUTE } from '../../src/core/clock.ts';
import { startXSimulator, type XSimulatorOptions } from '../../src/simulators/x/index.ts';

const start = '2026-11-24T03:00:00Z';
// biome-ignore lint/suspicious/noExplicitAny: a test reads the platform's JSON as it comes
type Json = any;

async function setUp(options: Partial<XSimulatorOptions> = {}) {
  const clock = fixedClock(start);
  const dir = await mkdtemp(join(tmpdir(), 'x-sim-'));
  const simulator = await startXSimulator({ dir, clock, ...options });
  const call = async (path: string, init: RequestInit & { token?: string } = {}) => {
    const answer = await fetch(new URL(path, simulator.baseUrl), {
      ...init,
      headers: {
        authorization: `Bearer ${init.token ?? simulator.token}`,
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...init.headers,
      },
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: (text.startsWith('{') ? JSON.parse(text) : null) as Json,
    };
  };
  const post = (text: string, to?: string, token?: string) =>
    call('/2/tweets', {
      method: 'POST',
      body: JSON.stringify({ text, ...(to && { reply: { in_reply_to_tweet_id: to } }) }),
      ...(token && { token }),
    });
  const mentions = `/2/users/${simulator.account.id}/mentions`;
  const search = (query: string, more = '') =>
    call(`/2/tweets/search/recent?query=${encodeURIComponent(query)}${more}`);
  return {
    simulator,
    clock,
    call,
    post,
    search,
    mentions,
    dir,
    write: (
      text: string,
      more: { at?: Date; parentNativeId?: string; quotedNativeId?: string; author?: string } = {},
    ) => simulator.write({ author: 'warga_sim', text, ...more }),
    async [Symbol.asyncDispose]() {
      await simulator[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
    },
  };
}

const idsOf = (answer: { body: Json }) => (answer.body.data ?? []).map((each: Json) => each.id);

test('nothing new is exactly {"meta":{"result_count":0}}, and only default fields come unasked', async () => {
  await using x = await setUp();
  expect((await x.call(x.mentions)).text).toBe('{"meta":{"result_count":0}}');
  const { nativeId } = x.write('@aduankra_sim halo <b> & b');
  const { body } = await x.call(x.mentions);
  expect(body.data).toEqual([
    { id: nativeId, text: '@aduankra_sim halo &lt;b&gt; &amp; b', edit_history_tweet_ids: [nativeId] },
  ]);
  expect(body.meta).toEqual({ newest_id: nativeId, oldest_id: nativeId, result_count: 1 });
});

test('since_id and until_id are exclusive, and pages go newest first', async () => {
  await using x = await setUp();
  const ids = Array.from({ length: 12 }, (_, i) =>
    x.write(`@aduankra_sim ${i}`, { at: new Date(Date.parse(start) - i * MINUTE) }),
  ).map((each) => each.nativeId);
  const first = await x.call(`${x.mentions}?max_results=5`);
  expect(idsOf(first)).toEqual(ids.slice(0, 5));
  const second = await x.call(`${x.mentions}?max_results=5&pagination_token=${first.body.meta.next_token}`);
  expect(idsOf(second)).toEqual(ids.slice(5, 10));
  expect(idsOf(await x.call(`${x.mentions}?since_id=${ids[3]}&until_id=${ids[0]}`))).toEqual([
    ids[1],
    ids[2],
  ]);
});

test('only the 800 newest mentions can be reached, also by paging', async () => {
  await using x = await setUp();
  for (let i = 0; i < 830; i += 1)
    x.write(`@aduankra_sim ${i}`, { at: new Date(Date.parse(start) - i * 1000) });
  let seen = 0;
  let token = '';
  do {
    const { body } = await x.call(`${x.mentions}?max_results=100${token && `&pagination_token=${token}`}`);
    seen += body.meta.result_count;
    token = body.meta.next_token ?? '';
  } while (token);
  expect(seen).toBe(800);
});

test('a post waits for its own time', async () => {
  await using x = await setUp();
  x.write('@aduankra_sim nanti', { at: new Date(Date.parse(start) + HOUR) });
  expect((await x.call(x.mentions)).body.meta.result_count).toBe(0);
  x.clock.advance(HOUR);
  expect((await x.call(x.mentions)).body.meta.result_count).toBe(1);
});

test('the summon rule: only who names or quotes us can be answered', async () => {
  await using x = await setUp();
  const own = x.simulator.writeAsOffice({ text: 'Sugeng enjang' });
  const named = x.write('@aduankra_sim tolong');
  const quoting = x.write('lihat ini', { quotedNativeId: own.nativeId });
  const answering = x.write('nggih', { parentNativeId: own.nativeId });
  const neither = x.write('jalan rusak');
  const aside = x.write('setuju', { parentNativeId: named.nativeId, author: 'lain_sim' });
  for (const each of [named, quoting, answering])
    expect((await x.post(`a ${each.nativeId}`, each.nativeId)).status).toBe(201);
  for (const each of [neither, aside]) {
    const { status, body } = await x.post(`a ${each.nativeId}`, each.nativeId);
    expect([status, body.title]).toEqual([403, 'Forbidden']);
    expect(body.detail).toContain('not been mentioned or otherwise engaged');
  }
  expect(x.simulator.ledger.repliesReceived()).toHaveLength(3);
  expect(x.simulator.ledger.writes().filter((write) => write.told === 403)).toHaveLength(2);
});

test('the same text, a text that is too long, a vanished target and an app-only token are refused', async () => {
  await using x = await setUp();
  const target = x.write('@aduankra_sim tolong');
  expect((await x.post('nggih', target.nativeId)).status).toBe(201);
  expect((await x.post('nggih', target.nativeId)).body.detail).toContain('duplicate content');
  expect((await x.post('x'.repeat(281), target.nativeId)).status).toBe(403);
  expect(
    (await x.post(`${'x'.repeat(256)} https://karanganyarkab.go.id/${'y'.repeat(90)}`, target.nativeId))
      .status,
  ).toBe(201);
  expect((await x.post('app', target.nativeId, x.simulator.appToken)).body.type).toMatch(
    /unsupported-authentication$/,
  );
  expect((await x.call('/2/users/me', { token: x.simulator.appToken })).status).toBe(403);
  x.simulator.delete(target.nativeId);
  expect((await x.post('lagi', target.nativeId)).status).toBe(403);
});

test('search: words, phrases, OR, minus, from:, to:, conversation_id:, and seven days', async () => {
  await using x = await setUp();
  const a = x.write('Lampu jalan mati di Papahan');
  const b = x.write('jalan berlubang', { author: 'lain_sim' });
  const c = x.write('nggih', { parentNativeId: a.nativeId, author: 'lain_sim' });
  x.write('lampu jalan mati lama', { at: new Date(Date.parse(start) - 8 * DAY) });
  const ids = async (query: string) => idsOf(await x.search(query)).sort();
  const sorted = (...posts: { nativeId: string }[]) => posts.map((post) => post.nativeId).sort();
  expect(await ids('jalan')).toEqual(sorted(a, b));
  expect(await ids('"lampu jalan"')).toEqual(sorted(a));
  expect(await ids('(lampu OR berlubang) -is:retweet')).toEqual(sorted(a, b));
  expect(await ids('jalan -from:lain_sim')).toEqual(sorted(a));
  expect(await ids('jalan -"lampu jalan"')).toEqual(sorted(b));
  expect(await ids(`conversation_id:${a.nativeId}`)).toEqual(sorted(a, c));
  expect(await ids('to:warga_sim')).toEqual(sorted(c));
  expect(await ids('from:lain_sim -is:reply')).toEqual(sorted(b));
  for (const bad of ['', '(jalan', 'jalan -(mati)', 'ada:apa jalan', `jalan ${'x'.repeat(520)}`]) {
    expect((await x.search(bad)).status).toBe(400);
  }
});

test('a since_id older than seven days is refused in the search, in the recorded words', async () => {
  await using x = await setUp();
  const { status, body } = await x.search('jalan', '&since_id=1000000000000000000');
  expect(status).toBe(400);
  expect(body.errors[0].parameters).toEqual({ since_id: ['1000000000000000000'] });
  expect(body.errors[0].message).toMatch(
    /^'since_id' must be a tweet id created after 2026-11-17T03:00Z\. Please use a 'since_id' that is larger than \d+$/,
  );
});

test('an edit is a new id in the history, at most five times in 30 minutes, and the old version stays readable', async () => {
  await using x = await setUp();
  const { nativeId } = x.write('@aduankra_sim satu');
  x.clock.advance(MINUTE);
  x.simulator.edit(nativeId, '@aduankra_sim dua');
  const [shown] = (await x.call(x.mentions)).body.data;
  expect(shown.text).toBe('@aduankra_sim dua');
  expect(shown.edit_history_tweet_ids).toEqual([nativeId, shown.id]);
  expect((await x.call(`/2/tweets/${nativeId}`)).body.data.text).toBe('@aduankra_sim satu');
  x.clock.advance(HOUR);
  expect(() => x.simulator.edit(nativeId, 'tiga')).toThrow(/30 minutes/);
});

test('what is deleted or protected comes as a partial error', async () => {
  await using x = await setUp();
  const gone = x.write('@aduankra_sim a');
  const hidden = x.write('@aduankra_sim b', { author: 'tutup_sim' });
  const here = x.write('@aduankra_sim c', { parentNativeId: gone.nativeId, author: 'lain_sim' });
  x.simulator.delete(gone.nativeId);
  x.simulator.protect('tutup_sim', true);
  const { status, body } = await x.call(
    `/2/tweets?ids=${gone.nativeId},${hidden.nativeId},${here.nativeId}&expansions=referenced_tweets.id`,
  );
  expect(status).toBe(200);
  expect(idsOf({ body })).toEqual([here.nativeId]);
  expect(
    body.errors.map((each: Json) => [each.resource_id, each.parameter, each.type.split('/').at(-1)]),
  ).toEqual([
    [gone.nativeId, 'ids', 'resource-not-found'],
    [hidden.nativeId, 'ids', 'not-authorized-for-resource'],
    [gone.nativeId, 'referenced_tweets.id', 'resource-not-found'],
  ]);
});

test('windows: the headers count down, then 429 until the reset', async () => {
  await using x = await setUp({ limits: { mentions: { app: 1, user: 2 } } });
  expect((await x.call(x.mentions)).headers.get('x-rate-limit-remaining')).toBe('1');
  await x.call(x.mentions);
  const refused = await x.call(x.mentions);
  expect([refused.status, refused.body.title]).toEqual([429, 'Too Many Requests']);
  const resetS = Number(refused.headers.get('x-rate-limit-reset'));
  expect(resetS).toBe((Date.parse(start) + 15 * MINUTE) / 1000);
  x.clock.advance(15 * MINUTE);
  expect((await x.call(x.mentions)).status).toBe(200);
});

test('an unknown path is an empty 404 and stands in the ledger as refused; an unknown parameter is a 400', async () => {
  await using x = await setUp();
  const { status, text } = await x.call('/2/tweets/1/retweeted_by');
  expect([status, text]).toEqual([404, '']);
  expect(x.simulator.ledger.refused).toBe(1);
  expect((await x.call(`${x.mentions}?foo=1`)).status).toBe(400);
  expect((await x.call(`${x.mentions}?max_results=101`)).status).toBe(400);
  expect((await x.call(`${x.mentions}?tweet.fields=nope`)).status).toBe(400);
  expect((await x.call(x.mentions, { token: 'wrong' })).status).toBe(401);
});

test('the refresh token works once, as JSON and as a form', async () => {
  await using x = await setUp();
  const first = x.simulator.refreshToken();
  const json = await x.call('/2/oauth2/token', {
    method: 'POST',
    body: JSON.stringify({ grant_type: 'refresh_token', refresh_token: first }),
  });
  expect(json.body).toMatchObject({ token_type: 'bearer', expires_in: 7200 });
  const again = await x.call('/2/oauth2/token', {
    method: 'POST',
    body: JSON.stringify({ grant_type: 'refresh_token', refresh_token: first }),
  });
  expect(again.status).toBe(400);
  const form = await x.call('/2/oauth2/token', {
    method: 'POST',
    body: `grant_type=refresh_token&refresh_token=${json.body.refresh_token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect((await x.call(x.mentions, { token: form.body.access_token })).status).toBe(200);
  x.clock.advance(2 * HOUR);
  expect((await x.call(x.mentions, { token: form.body.access_token })).status).toBe(401);
});

test('a restart changes nothing, also when the last line of a file was cut', async () => {
  const first = await setUp();
  const { nativeId } = first.write('@aduankra_sim satu');
  first.clock.advance(MINUTE);
  first.simulator.edit(nativeId, '@aduankra_sim dua');
  await first.post('nggih', nativeId);
  const before = { posts: first.simulator.posts(), replies: first.simulator.ledger.repliesReceived() };
  await first.simulator[Symbol.asyncDispose]();
  const { appendFile } = await import('node:fs/promises');
  await appendFile(join(first.dir, 'posts.jsonl'), '{"what":"post","id":"1');
  await using second = await startXSimulator({ dir: first.dir, clock: first.clock });
  expect({ posts: second.posts(), replies: second.ledger.repliesReceived() }).toEqual(before);
  second.write({ author: 'a', text: 'tiga' });
  await second[Symbol.asyncDispose]();
  await using third = await startXSimulator({ dir: first.dir, clock: first.clock });
  expect(third.posts()).toHaveLength(3);
});

test('the page for people: write, answer and edit by forms, everything escaped, nobody from elsewhere', async () => {
  await using x = await setUp();
  const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(new URL(path, x.simulator.baseUrl), {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    });
  expect(
    (await form('/sim/posts', { author: 'warga_sim', text: '@aduankra_sim <script>alert(1)</script>' }))
      .status,
  ).toBe(303);
  const [written] = x.simulator.posts();
  await form('/sim/posts', { text: 'nggih', asOffice: 'on', parentNativeId: written?.nativeId ?? '' });
  await form(`/sim/posts/${written?.nativeId}/edit`, { text: 'baru <i>' });
  const page = await (await fetch(new URL('/sim', x.simulator.baseUrl))).text();
  expect(page).toContain('DATA SIMULASI');
  expect(page).toContain('baru &lt;i&gt;');
  expect(page).not.toContain('<script');
  expect(page).toContain('article class="office"');
  expect((await form('/sim/posts', { text: 'a' }, { origin: 'http://evil.example' })).status).toBe(403);
  expect((await form('/sim/posts', { text: 'a' }, { origin: 'null' })).status).toBe(403);
  expect(x.simulator.posts()).toHaveLength(2);
  await form(`/sim/posts/${written?.nativeId}/delete`, {});
  expect(x.simulator.posts()[0]?.deleted).toBe(true);
});

test('the other vocabulary of X can be spoken', async () => {
  await using x = await setUp({ names: 'post' });
  const { nativeId } = x.write('@aduankra_sim a');
  const { body } = await x.call(x.mentions);
  expect(body.data[0].edit_history_post_ids).toEqual([nativeId]);
});
