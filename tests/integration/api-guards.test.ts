import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Hono } from 'hono';
import { disableUser } from '../../src/accounts/accounts.ts';
import { authenticate } from '../../src/accounts/login.ts';
import { buildApi } from '../../src/api/build-api.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import type { Env } from '../../src/api/guards.ts';
import { sessionCookie } from '../../src/api/guards.ts';
import { serveApi } from '../../src/api/serve-api.ts';
import { systemUser, type UserId } from '../../src/domain/ids.ts';
import { freePort } from '../../src/servers/ports.ts';
import { audit } from '../../src/store/audit.ts';
import { cases } from '../../src/store/cases.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { readStopSwitch } from '../../src/store/stop-switch.ts';
import {
  aMention,
  answerOf,
  call,
  origin,
  type Person,
  password,
  startTestApi,
  testApiDeps,
} from '../support/api.ts';
import { aCase, aReply, fakePlatform } from '../support/reply-builders.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

let services: TestServices;
let app: Hono<Env>;
let deps: ApiDeps;
let tokens: Record<Person, string>;

beforeAll(async () => {
  services = await startTestServices();
  ({ app, deps, tokens } = await startTestApi(services, { connector: fakePlatform(() => new Date()) }));
  await mentions(services.db).insertOne(aMention('1'));
  await cases(services.db).insertOne(aCase());
});
afterAll(async () => {
  await services[Symbol.asyncDispose]();
});

const stop = { method: 'PUT', body: { stopped: false } };

describe('a request that changes something (fault row 24)', () => {
  const cookie = (token: string) => ({ cookie: `${sessionCookie}=${token}` });

  // Planted: without ownOriginOnly in build-api.ts a foreign page's JSON is answered with 200, and these fail.
  test.each(['https://jahat.example', 'http://127.0.0.1:9999', 'http://127.0.0.1.jahat.example', 'null', ''])(
    'from the origin "%s" is refused',
    async (foreign) => {
      const headers = { ...cookie(tokens.penyetuju), origin: foreign };
      expect((await call(app, '/api/stop-switch', { ...stop, headers })).status).toBe(403);
      // Not with a token either: no program of ours names an origin.
      const byToken = await call(app, '/api/stop-switch', {
        ...stop,
        token: tokens.penyetuju,
        headers: { origin: foreign },
      });
      expect(byToken.status).toBe(403);
    },
  );

  test('with the cookie but without an origin is refused', async () => {
    expect((await call(app, '/api/stop-switch', { ...stop, headers: cookie(tokens.penyetuju) })).status).toBe(
      403,
    );
  });

  test('from our own page, or from a program with a token, is done', async () => {
    const headers = { ...cookie(tokens.penyetuju), origin };
    expect((await call(app, '/api/stop-switch', { ...stop, headers })).status).toBe(200);
    expect((await call(app, '/api/stop-switch', { ...stop, token: tokens.penyetuju })).status).toBe(200);
  });

  test('is never a GET', async () => {
    const before = await readStopSwitch(services.db);
    for (const path of [
      '/ringan/hentikan?berhenti=ya',
      '/ringan/keluar',
      '/ringan/draf/r-1/setujui',
      '/api/stop-switch?stopped=true',
    ]) {
      await call(app, path, { headers: cookie(tokens.penyetuju) });
    }
    expect(await readStopSwitch(services.db)).toEqual(before);
    expect(await authenticate(deps, tokens.penyetuju, true)).not.toBeNull();
  });

  test('by a form without the form token, or with that of another session, is refused', async () => {
    const form = (token: string, formToken: string) =>
      app.request(`${origin}/ringan/hentikan`, {
        method: 'POST',
        headers: {
          host: '127.0.0.1:8420',
          origin,
          ...cookie(token),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ berhenti: 'ya', token: formToken }).toString(),
      });
    const pageOf = async (token: string) => (await call(app, '/ringan', { headers: cookie(token) })).text();
    const tokenIn = (page: string) => /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const [own, others] = [tokenIn(await pageOf(tokens.penyetuju)), tokenIn(await pageOf(tokens.petugas))];
    expect((await form(tokens.penyetuju, '')).status).toBe(403);
    expect((await form(tokens.penyetuju, others)).status).toBe(403);
    expect((await form(tokens.penyetuju, own)).status).toBe(303);
    expect((await readStopSwitch(services.db)).stopped).toBe(true);
    expect(await audit(services.db).findOne({ act: 'sending.stop' })).toMatchObject({ by: 'penyetuju' });
  });
});

describe('at the door', () => {
  test('another host name gets nothing', async () => {
    for (const host of ['jahat.example', '127.0.0.1:9999', 'localhost.jahat.example', '']) {
      expect((await call(app, '/api/health', { headers: { host } })).status).toBe(421);
      expect((await call(app, '/ringan/masuk', { headers: { host } })).status).toBe(421);
    }
  });

  test('a body that is not JSON is a 415, a large one a 413, a broken one a 400', async () => {
    const login = '/api/auth/login';
    const text = {
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ name: 'petugas', password }),
    };
    expect((await call(app, login, text)).status).toBe(415);
    expect((await call(app, login, { body: '{"name":' })).status).toBe(400);
    const large = JSON.stringify({ name: 'a'.repeat(1024 * 1024 + 1), password });
    const streamed = new Request(`${origin}${login}`, {
      method: 'POST',
      headers: { host: '127.0.0.1:8420', 'content-type': 'application/json' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect((await app.request(streamed)).status).toBe(413);
    expect((await call(app, login, { body: large })).status).toBe(413);
  });

  test('hostile bodies are refused, change nothing and never make a 500', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const bodies = [
      '{"__proto__":{"admin":true},"name":"petugas","password":"x"}',
      '{"constructor":{"prototype":{"admin":true}},"name":"a","password":"x"}',
      '{"name":{"$ne":""},"password":{"$ne":""}}',
      '{"name":["petugas"],"password":"x"}',
      '{"name":"\\ud800","password":"\\u0000"}',
      `{"name":"petugas","password":${deep}}`,
      deep,
      'null',
      '1e999',
      '"text"',
      `{"name":"${'‮'.repeat(30)}","password":"x"}`,
    ];
    for (const body of bodies) {
      expect((await call(app, '/api/auth/login', { body })).status).toBeLessThan(500);
      const edit = await call(app, '/api/drafts/r-1', { method: 'PUT', token: tokens.petugas, body });
      expect(edit.status).toBeLessThan(500);
    }
    for (const query of [
      'limit=1e9',
      'limit[$gt]=1',
      'cursor=%00',
      'cursor[]=1',
      'agency[$ne]=x',
      '__proto__[a]=1',
      'view=x',
    ]) {
      expect((await call(app, `/api/threads?${query}`, { token: tokens.petugas })).status).toBeLessThan(500);
      expect((await call(app, `/?${query}`, { token: tokens.petugas })).status).toBeLessThan(500);
    }
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test('errors are problem+json in the language that was asked for, Indonesian otherwise', async () => {
    const indonesian = await call(app, '/api/auth/me');
    expect(indonesian.headers.get('content-type')).toContain('application/problem+json');
    expect(await indonesian.json()).toMatchObject({
      status: 401,
      code: 'unauthenticated',
      title: 'Silakan masuk dahulu.',
    });
    const english = await call(app, '/api/auth/me', {
      headers: { 'accept-language': 'en-GB,en;q=0.9,id;q=0.1' },
    });
    expect(await english.json()).toMatchObject({ title: 'Please log in first.' });
    expect((await call(app, '/api/nothing')).headers.get('content-type')).toContain(
      'application/problem+json',
    );
    const gap = await call(app, '/api/recap?from=2026-11-02&to=2026-11-01', { token: tokens.analis });
    expect(await gap.json()).toMatchObject({ code: 'invalid', issues: [{ path: ['to'] }] });
  });

  const elsewhere =
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  // Planted: 'unsafe-inline' among the desk's scripts, `*` among the pictures (guards.ts) → each fails.
  test.each([
    [
      "default-src 'none'; script-src N; style-src 'self'",
      '/ringan/masuk',
      '/ringan',
      '/api/health',
      '/lapor',
    ],
    ["default-src 'none'; script-src N; style-src 'self'", '/ringan/persetujuan', '/lacak', '/tidak-ada'],
    ["default-src 'none'; script-src 'self' N; style-src 'self' N", '/meja', '/meja/kotak-masuk'],
  ])('every page and answer carries a strict CSP, and pages are not kept: %s, %s', async (own, ...paths) => {
    for (const path of paths) {
      const { headers } = await call(app, path, { token: tokens.superadmin });
      const csp = (headers.get('content-security-policy') ?? '').replaceAll(/'nonce-[\w+/=-]{16,}'/g, 'N');
      expect(csp).toBe(`${own}; ${elsewhere}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      // The citizens' empty forms may be kept.
      if (!/^.la/.test(path)) expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('the picture that a browser asks for by itself is there, without a login', async () => {
    const icon = await call(app, '/favicon.ico', {});
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await icon.text()).toContain('<title>Tanggap</title>');
  });

  test('a made-up cookie is no session, and the login gives a new one', async () => {
    const fixed = { cookie: `${sessionCookie}=${'a'.repeat(43)}`, origin };
    expect((await call(app, '/api/auth/me', { headers: fixed })).status).toBe(401);
    const body = { name: 'petugas', password, as: 'cookie' };
    const response = await call(app, '/api/auth/login', { body, headers: fixed });
    expect((await answerOf(response)).token).toBeNull();
    const set = response.headers.get('set-cookie') ?? '';
    expect(set).toMatch(
      /^__Host-tanggap=(?!aaaa)[\w-]{43}; Path=\/; Expires=.*HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test('a disabled person is out with his next request', async () => {
    const token = (
      await answerOf(await call(app, '/api/auth/login', { body: { name: 'admin.dinkes', password } }))
    ).token;
    expect((await call(app, '/api/auth/me', { token })).status).toBe(200);
    await disableUser(deps, 'admin.dinkes' as UserId, systemUser);
    expect((await call(app, '/api/auth/me', { token })).status).toBe(401);
  });
});

describe('a reply moved through the API', () => {
  test('goes from draft to released by two people, and a stale edit shows both texts', async () => {
    const { token: _, ...as } = {
      token: '',
      petugas: { token: tokens.petugas },
      penyetuju: { token: tokens.penyetuju },
    };
    const made = await call(app, '/api/cases/KRA-2026-000001/drafts', {
      ...as.petugas,
      body: { text: 'Kami cek besok.' },
    });
    expect(made.status).toBe(201);
    const draft = await answerOf(made);
    const to = (verb: string, token: { token: string }, body: object) =>
      call(app, `/api/drafts/${draft._id}${verb}`, { ...token, body });

    const edited = await call(app, `/api/drafts/${draft._id}`, {
      ...as.petugas,
      method: 'PUT',
      body: { version: draft.version, text: 'Kami cek Senin.' },
    });
    expect(await edited.json()).toMatchObject({ text: 'Kami cek Senin.', version: 2 });
    const stale = await call(app, `/api/drafts/${draft._id}`, {
      ...as.penyetuju,
      method: 'PUT',
      body: { version: 1, text: 'Kami cek Rabu.' },
    });
    expect(stale.status).toBe(409);
    expect(await stale.json()).toMatchObject({
      code: 'conflict',
      text: 'Kami cek Senin.',
      yours: 'Kami cek Rabu.',
      version: 2,
    });

    expect((await to('/submit', as.petugas, { version: 2 })).status).toBe(200);
    const own = await to('/approve', as.petugas, { version: 3 });
    expect(own.status).toBe(403);
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => to('/approve', as.penyetuju, { version: 3 })),
    );
    expect(tries.map((one) => one.status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
    const released = await to('/release', as.petugas, { version: 4 });
    expect(await released.json()).toMatchObject({
      state: 'released',
      approvedBy: 'penyetuju',
      releasedBy: 'petugas',
    });
    expect(await (await to('/undo', as.petugas, { version: 5 })).json()).toMatchObject({ state: 'approved' });
    const acts = await audit(services.db).find({ subject: draft._id }).sort({ _id: 1 }).toArray();
    expect(acts.map((entry) => entry.act).filter((act) => act !== 'denied')).toEqual([
      'reply.edit',
      'reply.submit',
      'reply.approve',
      'reply.release',
      'reply.undo-release',
    ]);
  });

  test('a case moves once, is claimed by one person, and each step is audited', async () => {
    const number = '/api/cases/KRA-2026-000001';
    const { version } = await answerOf(await call(app, number, { token: tokens.petugas }));
    const move = { token: tokens.petugas, body: { version, verb: 'verifikasi' } };
    const moved = await Promise.all([call(app, `${number}/move`, move), call(app, `${number}/move`, move)]);
    expect(moved.map((one) => one.status).sort()).toEqual([200, 409]);
    const after = await answerOf(await call(app, number, { token: tokens.petugas }));
    expect(after).toMatchObject({ state: 'terverifikasi', messages: [{ _id: 'x-1' }] });
    expect(
      (await call(app, `${number}/claim`, { token: tokens.petugas, body: { version: after.version } }))
        .status,
    ).toBe(200);
    const other = await call(app, `${number}/claim`, {
      token: tokens.penyetuju,
      body: { version: after.version + 1 },
    });
    expect(other.status).toBe(409);
    const noted = await call(app, `${number}/notes`, {
      token: tokens.penyetuju,
      body: { text: 'Sudah ditelepon.' },
    });
    expect(noted.status).toBe(200);
    const acts = await audit(services.db)
      .find({ subject: 'KRA-2026-000001', act: /^case/ })
      .sort({ _id: 1 })
      .toArray();
    expect(acts.map((entry) => entry.act)).toEqual(['case.move', 'case.claim', 'case.note']);
    expect(JSON.stringify(acts)).not.toContain('ditelepon');
  });
});

describe('lists', () => {
  test('page through everything once, newest first, and count with the same filter', async () => {
    await using own = await startTestServices();
    const started = await startTestApi(own);
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 2, minute % 7));
    await mentions(own.db).insertMany(
      Array.from({ length: 40 }, (_, n) =>
        aMention(`${n}`, { postedAt: at(n), text: `pesan ke-${n}, NIK 3313012345670001` }),
      ),
    );
    await cases(own.db).insertMany(
      Array.from({ length: 15 }, (_, n) =>
        aCase({
          _id: `KRA-2026-${100_000 + n}` as never,
          rootMentionId: `x-${n}` as never,
          mentionIds: [`x-${n}`] as never,
          trackingCode: `T${n}`,
          openedAt: at(n),
          state: n % 2 === 0 ? 'baru' : 'proses',
        }),
      ),
    );
    await Promise.all(
      Array.from({ length: 15 }, (_, n) =>
        mentions(own.db).updateOne(
          { _id: `x-${n}` as never },
          { $set: { caseId: `KRA-2026-${100_000 + n}` as never } },
        ),
      ),
    );
    for (const [filter, size] of [
      ['', 40],
      ['view=baru&', 8],
      ['platform=x&agency=DPUPR&', 40],
      ['platform=facebook&', 0],
    ] as const) {
      const seen: { id: string; postedAt: string; line: string }[] = [];
      let cursor = '';
      do {
        const path = `/api/threads?${filter}limit=7${cursor && `&cursor=${cursor}`}`;
        const page = await answerOf(await call(started.app, path, { token: started.tokens.analis }));
        seen.push(...page.rows);
        cursor = page.nextCursor ?? '';
      } while (cursor);
      expect(new Set(seen.map((row) => row.id)).size).toBe(size);
      expect(seen).toHaveLength(size);
      expect([...seen].sort((a, b) => (a.postedAt < b.postedAt ? 1 : -1)).map((row) => row.postedAt)).toEqual(
        seen.map((row) => row.postedAt),
      );
      expect(seen.map((row) => row.line).join()).not.toContain('3313012345670001');
      const count = await (
        await call(started.app, `/api/threads/count?${filter}`, { token: started.tokens.analis })
      ).json();
      expect(count).toEqual({ count: size, more: false });
    }
    await replies(own.db).insertOne(aReply('3', { caseId: 'KRA-2026-100003' as never, state: 'submitted' }));
    const waiting = await call(started.app, '/api/threads?view=menunggu-persetujuan', {
      token: started.tokens.petugas,
    });
    expect((await answerOf(waiting)).rows.map((row) => row.id)).toEqual(['KRA-2026-100003']);
  });
});

describe('for machines', () => {
  test('health says what does not work, and metrics are for this machine or a token', async () => {
    const broken = buildApi(
      testApiDeps(services, {
        probes: { mongodb: async () => true, valkey: () => Promise.reject(new Error('away')) },
      }),
    );
    expect((await call(broken, '/health/live')).status).toBe(200);
    const ready = await call(broken, '/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ ok: false, parts: { mongodb: true, valkey: false } });
    expect((await call(app, '/health/ready')).status).toBe(200);
    // No socket: not known to be this machine.
    expect((await call(app, '/metrics')).status).toBe(404);
    expect((await call(app, '/metrics', { token: 'metrics-token' })).status).toBe(200);
  });

  test('it listens where it is told and stops when it is disposed', async () => {
    const port = await freePort();
    const own = `http://127.0.0.1:${port}`;
    const listening = await serveApi(buildApi({ ...deps, origins: [own] }), { hostname: '127.0.0.1', port });
    expect(listening.port).toBe(port);
    expect(await (await fetch(`${own}/metrics`)).text()).toBe('up 1\n');
    expect((await fetch(`${own}/api/health`)).status).toBe(200);
    await listening[Symbol.asyncDispose]();
    await expect(fetch(`${own}/api/health`)).rejects.toThrow();
  });
});

// Planted: without the check in queue-board.ts everybody sees the queues; with readOnlyMode false the pause is done.
test('the queues are for the superadmin, to look at only, and load nothing from elsewhere', async () => {
  for (const person of ['petugas', 'penyetuju', 'analis', 'pimpinan', 'superadmin'] as const) {
    const { status } = await call(app, '/antrean/api/queues', { token: tokens[person] });
    expect([person, status]).toEqual([person, person === 'superadmin' ? 200 : 403]);
  }
  expect((await call(app, '/antrean')).status).toBe(401);
  const token = tokens.superadmin;
  const pause = { method: 'PUT', body: {}, token };
  expect((await call(app, '/antrean/api/queues/%7Bclassify%7D/pause', pause)).status).toBe(405);
  const page = await call(app, '/antrean', { token });
  expect(page.status).toBe(200);
  expect(await page.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
});
