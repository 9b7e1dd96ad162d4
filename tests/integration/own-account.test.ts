import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Hono } from 'hono';
import { type TOTP, URI } from 'otpauth';
import { createUser, setPassword } from '../../src/accounts/accounts.ts';
import { firstCode } from '../../src/accounts/first-superadmin.ts';
import { resetFactor } from '../../src/accounts/own-factor.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import type { Env } from '../../src/api/guards.ts';
import type { UserId } from '../../src/domain/ids.ts';
import { cases } from '../../src/store/cases.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { factorsInUse, findSecondFactor } from '../../src/store/second-factors.ts';
import { findResets, users } from '../../src/store/users.ts';
import { aMention, call, type Person, password, startTestApi } from '../support/api.ts';
import { aCase, aReply, fakePlatform } from '../support/reply-builders.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

let services: TestServices;
let app: Hono<Env>;
let deps: ApiDeps;
let tokens: Record<Person, string>;

beforeAll(async () => {
  services = await startTestServices();
  ({ app, deps, tokens } = await startTestApi(services, { connector: fakePlatform(() => new Date()) }));
});
afterAll(async () => {
  await services[Symbol.asyncDispose]();
});

async function logIn(name: string, words = password): Promise<string> {
  const response = await call(app, '/api/auth/login', { body: { name, password: words } });
  return ((await response.json()) as { token: string }).token;
}

const statusOf = async (path: string, token: string) => (await call(app, path, { token })).status;

describe('my sessions', () => {
  interface Session {
    readonly id: string;
    readonly current: boolean;
  }

  test('are listed without a word that opens one, and end one by one', async () => {
    const other = await logIn('analis');
    const list = await call(app, '/api/auth/sessions', { token: tokens.analis });
    const text = await list.text();
    expect(text).not.toContain(other);
    const open = JSON.parse(text) as Session[];
    expect(open.filter(({ current }) => current)).toHaveLength(1);
    const ended = open.find(({ current }) => !current)?.id;
    const path = `/api/auth/sessions/${ended}`;
    // Nobody ends another person's.
    expect((await call(app, path, { method: 'DELETE', token: tokens.petugas, body: {} })).status).toBe(404);
    expect((await call(app, path, { method: 'DELETE', token: tokens.analis, body: {} })).status).toBe(200);
    expect(await statusOf('/api/auth/me', other)).toBe(401);
    expect(await statusOf('/api/auth/me', tokens.analis)).toBe(200);
  });

  test('end everywhere at once when the superadmin says so', async () => {
    const one = await logIn('pimpinan');
    await call(app, '/api/users/pimpinan/end-sessions', { token: tokens.superadmin, body: {} });
    expect([await statusOf('/api/auth/me', one), await statusOf('/api/auth/me', tokens.pimpinan)]).toEqual([
      401, 401,
    ]);
  });
});

describe('a password', () => {
  const path = '/api/auth/password';
  const next = 'teh-manis-sore-88';

  test('is changed only by who knows the present one; other sessions end', async () => {
    const [here, there] = [await logIn('admin.dinkes'), await logIn('admin.dinkes')];
    const change = (current: string) =>
      call(app, path, { method: 'PUT', token: here, body: { current, next } });
    expect((await change('salah')).status).toBe(422);
    expect(await statusOf('/api/auth/me', there)).toBe(200);
    expect((await change(password)).status).toBe(200);
    expect([await statusOf('/api/auth/me', here), await statusOf('/api/auth/me', there)]).toEqual([200, 401]);
    expect(await logIn('admin.dinkes', next)).toBeTruthy();
  });

  // Planted: without refuseBorrowedPassword in the door (json-api.ts) the first list is answered, and this fails.
  test('that somebody else set opens nothing but its change', async () => {
    await setPassword(deps, 'petugas' as UserId, next, 'superadmin' as UserId);
    const token = await logIn('petugas', next);
    const list = await call(app, '/api/threads', { token });
    expect([list.status, await list.json()]).toMatchObject([403, { mustChangePassword: true }]);
    expect(await statusOf('/api/auth/me', token)).toBe(200);
    await call(app, path, { method: 'PUT', token, body: { current: next, next: password } });
    expect(await statusOf('/api/threads', token)).toBe(200);
  });
});

// Issue 4.2. Planted: without refuseHandsOfOne in reply-acts.ts the first approval is done, and this fails.
test('two accounts that one person has just reset cannot carry a reply through; another approver can', async () => {
  const { db } = services;
  const text = 'Jalan di depan balai desa berlubang';
  const said = aMention('1', { text, caseId: 'KRA-2026-000001' as never });
  await mentions(db).insertOne(said);
  await cases(db).insertOne(aCase());
  await replies(db).insertOne(aReply('1', { state: 'submitted', authors: ['petugas' as UserId] }));
  const rights = { role: 'penyetuju', agency: null, mayPublish: true } as const;
  await createUser(deps, { loginName: 'lain', name: 'Orang lain', password, ...rights }, 'sistem' as UserId);
  // As at 07.00: the superadmin takes over both accounts, and changes the passwords as if he were their owners.
  const taken = 'kopi-dingin-malam-55';
  for (const name of ['petugas', 'penyetuju'])
    await setPassword(deps, name as UserId, taken, 'superadmin' as UserId);
  const token = await logIn('penyetuju', taken);
  await call(app, '/api/auth/password', { method: 'PUT', token, body: { current: taken, next: password } });
  const approve = { token, body: { version: 1 } };
  const refused = await call(app, '/api/drafts/r-1/approve', approve);
  expect([refused.status, await refused.json()]).toMatchObject([
    403,
    { title: expect.stringMatching(/orang yang sama/) },
  ]);
  const free = await call(app, '/api/drafts/r-1/approve', { ...approve, token: await logIn('lain') });
  expect(free.status).toBe(200);
});

describe('the first superadmin', () => {
  const wish = { loginName: 'kepala', name: 'Kepala', password };
  const path = '/api/auth/first-superadmin';

  test('is made with the code of the console, once, even by many at once', async () => {
    expect(await firstCode(deps)).toBeNull();
    await users(services.db).deleteMany({ role: 'superadmin' });
    const code = (await firstCode(deps)) ?? '';
    expect(code).toMatch(/^(?:[A-Z2-9]{5}-){3}[A-Z2-9]{5}$/);
    expect((await call(app, path, { body: { ...wish, code: 'AAAAA-AAAAA-AAAAA-AAAAA' } })).status).toBe(403);
    // A weak password costs no code.
    expect((await call(app, path, { body: { ...wish, code, password: 'password' } })).status).toBe(422);
    const names = ['satu', 'dua', 'tiga'];
    const answers = await Promise.all(
      names.map((loginName) => call(app, path, { body: { ...wish, loginName, code: code.toLowerCase() } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
    expect(await users(services.db).countDocuments({ role: 'superadmin' })).toBe(1);
    expect(await firstCode(deps)).toBeNull();
  });

  test('reads who did what, page by page', async () => {
    const { _id } = (await users(services.db).findOne({ role: 'superadmin' })) ?? {};
    const token = await logIn(String(_id));
    interface Log {
      readonly rows: readonly { readonly _id: string; readonly act: string }[];
      readonly nextCursor: string | null;
    }
    const page = async (query: string) =>
      (await (await call(app, `/api/audit?${query}`, { token })).json()) as Log;
    const first = await page('limit=3');
    const second = await page(`limit=3&cursor=${first.nextCursor}`);
    const ids = [...first.rows, ...second.rows].map((row) => row._id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    const resets = await page('act=user.set-password');
    expect(resets.rows.map(({ act }) => act)).toEqual([
      'user.set-password',
      'user.set-password',
      'user.set-password',
    ]);
  });
});

describe('the page about the API', () => {
  test('is made from the contract and served by ourselves, under the strict policy', async () => {
    const document = (await (await call(app, '/api/openapi.json')).json()) as {
      paths: Record<string, unknown>;
    };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/threads', '/cases/{number}', '/events']),
    );
    const page = await call(app, '/api/docs');
    const html = await page.text();
    const nonce = /script-src 'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
    expect(nonce).toBeTruthy();
    expect([...html.matchAll(/<script nonce="([^"]+)"/g)].map(([, found]) => found)).toEqual([nonce, nonce]);
    expect(html).not.toMatch(/(?:src|href)="https?:/);
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
      expect((await call(app, `/api/docs/${file}`)).status).toBe(200);
  });
});

describe('an authenticator', () => {
  const post = (path: string, body: object, token?: string) =>
    call(app, path, { body, ...(token && { token }) });
  const enter = (code?: string) =>
    post('/api/auth/login', { name: 'analis', password, ...(code !== undefined && { code }) });
  const problem = async (response: Response) => (await response.json()) as { needsCode?: boolean };
  let totp: TOTP;
  let papers: string[];
  const codeIn = (seconds: number) => totp.generate({ timestamp: Date.now() + seconds * 1000 });

  // Planted: `since` not asked in checkSecondFactor → a code is asked for that nobody may have.
  test('is asked for only once its owner has shown a code of it', async () => {
    const token = await logIn('analis');
    expect((await post('/api/auth/factor', { password: 'salah sekali' }, token)).status).toBe(422);
    const proposed = await post('/api/auth/factor', { password }, token);
    const { secret, uri } = (await proposed.json()) as { secret: string; uri: string };
    totp = URI.parse(uri) as TOTP;
    expect(totp.secret.base32).toBe(secret);
    expect(JSON.stringify(await findSecondFactor(services.db, 'analis' as UserId))).not.toContain(secret);
    expect((await enter()).status).toBe(200);
    expect((await post('/api/auth/factor/start', { code: '000000' }, token)).status).toBe(422);

    const started = await post('/api/auth/factor/start', { code: codeIn(0) }, token);
    papers = ((await started.json()) as { codes: string[] }).codes;
    expect(papers).toHaveLength(10);
    const without = await enter();
    expect(without.status).toBe(401);
    expect(await problem(without)).toMatchObject({ needsCode: true });
  });

  // Planted: takeStep's filter without the last step → the same code opens a second session.
  test('takes each code once, also when it is typed in two places at once', async () => {
    const code = codeIn(30);
    const both = await Promise.all([enter(code), enter(code)]);
    expect(both.map((response) => response.status).sort()).toEqual([200, 401]);
    expect((await enter(codeIn(0))).status).toBe(401);
    const paper = papers[0] ?? '';
    const papersTwice = await Promise.all([enter(paper.toUpperCase()), enter(paper)]);
    expect(papersTwice.map((response) => response.status).sort()).toEqual([200, 401]);
  });

  test('wrong codes count like wrong passwords', async () => {
    const answers: number[] = [];
    for (let guess = 0; guess < 10; guess += 1) answers.push((await enter('999999')).status);
    expect(answers.at(-1)).toBe(429);
    expect((await enter(papers[1])).status).toBe(429);
  });

  // Planted: `reset` left out of resetFactor → nobody doubts whose hands they are.
  test('is taken away by a superadmin, who is then of the same hands as the account for a day', async () => {
    const by = 'superadmin' as UserId;
    const reset = (id: string) => resetFactor(deps, id as UserId, by);
    const open = await call(app, '/api/auth/me', { token: tokens.analis });
    expect(open.status).toBe(401);
    await expect(reset('superadmin')).rejects.toMatchObject({ code: 'invalid' });
    const withFactor = async () => [...(await factorsInUse(services.db)).keys()];
    expect(await withFactor()).toEqual(['analis']);
    await reset('analis');
    expect(await withFactor()).toEqual([]);
    await expect(reset('analis')).rejects.toMatchObject({ code: 'not-found' });
    const resets = await findResets(services.db, ['analis' as UserId], new Date(Date.now() - 60_000));
    expect(resets.get('analis' as UserId)).toBe('superadmin');
  });
});
