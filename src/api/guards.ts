import { timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { NONCE, secureHeaders } from 'hono/secure-headers';
import { authenticate } from '../accounts/login.ts';
import type { User } from '../domain/user.ts';
import type { ApiDeps } from './deps.ts';
import { languageOf, problemResponse, wordsFor } from './problem.ts';

export interface Env {
  Variables: { user: User | null; token: string | null; secureHeadersNonce?: string };
}

/**
 * `__Host-` needs Secure. Chromium and Firefox take such a cookie on http://127.0.0.1 and http://localhost too (tested in
 * tests/e2e/page.test.ts); Safari does not.
 */
export const sessionCookie = '__Host-tanggap';

/** A request that a page makes by itself, every few seconds. */
export const backgroundHeader = 'x-tanggap-background';

/** A browser's stream of events comes back by itself and can name no header. */
const streamPath = '/api/events';

function isByPerson(c: Context): boolean {
  return c.req.header(backgroundHeader) === undefined && c.req.path !== streamPath;
}

const largestBody = 1024 * 1024;

function refuse(c: Context, status: number, code: string): Response {
  return problemResponse(
    { status, code, words: wordsFor(status) },
    languageOf(c.req.header('accept-language')),
  );
}

/** Against DNS rebinding: a page of another host name that points to us gets nothing. */
export function ownHostOnly(deps: Pick<ApiDeps, 'origins'>): MiddlewareHandler<Env> {
  const hosts = new Set(deps.origins.map((origin) => new URL(origin).host));
  return async (c, next) => {
    if (!hosts.has((c.req.header('host') ?? '').toLowerCase())) return refuse(c, 421, 'host');
    return next();
  };
}

const reading = new Set(['GET', 'HEAD']);

/**
 * Whatever changes something comes from our own pages or from a program. A browser always names the origin; a request
 * without one is let through only when it carries no cookie of ours.
 */
export function ownOriginOnly(deps: Pick<ApiDeps, 'origins'>): MiddlewareHandler<Env> {
  const origins = new Set(deps.origins);
  return async (c, next) => {
    if (reading.has(c.req.method)) return next();
    const origin = c.req.header('origin');
    const allowed = origin === undefined ? c.req.header('cookie') === undefined : origins.has(origin);
    if (allowed) return next();
    return problemResponse(
      {
        status: 403,
        code: 'origin',
        words: { id: 'Permintaan dari situs lain ditolak.', en: 'Requests from other sites are refused.' },
      },
      languageOf(c.req.header('accept-language')),
    );
  };
}

export const smallBodyOnly = bodyLimit({ maxSize: largestBody, onError: (c) => refuse(c, 413, 'too-large') });

/** oRPC would take text/plain as well, which any foreign page can send. */
export const jsonOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (reading.has(c.req.method)) return next();
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const empty =
    type === '' && (c.req.header('content-length') ?? '0') === '0' && !c.req.header('transfer-encoding');
  return type === 'application/json' || empty ? next() : refuse(c, 415, 'not-json');
};

/** Where the built desk lives (web.ts). */
export const deskPath = '/meja';
/** The queues (queue-board.ts). */
export const boardPath = '/antrean';

/** What the pages of one kind may load and run. */
interface Sources {
  readonly scriptSrc: (string | typeof NONCE)[];
  readonly styleSrc: (string | typeof NONCE)[];
  readonly baseUri?: string[];
}

const light: Sources = { scriptSrc: [NONCE], styleSrc: ["'self'"] };
/** The built desk loads its own files as it goes, and its kit writes `<style>` elements with the nonce. */
const desk: Sources = { scriptSrc: ["'self'", NONCE], styleSrc: ["'self'", NONCE] };
/** The queue board's page has a `<base>` and styles of its own; it shows ids and no text of a citizen. */
const board: Sources = {
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  baseUri: ["'self'"],
};

/** Headers of every answer. */
export function safeHeaders(deps: Pick<ApiDeps, 'origins'>): MiddlewareHandler {
  const below = [
    { root: deskPath, headers: headersWith(deps, desk) },
    { root: boardPath, headers: headersWith(deps, board) },
  ];
  const others = headersWith(deps, light);
  return (c, next) => {
    const { path } = c.req;
    const found = below.find(({ root }) => path === root || path.startsWith(`${root}/`));
    return (found?.headers ?? others)(c, next);
  };
}

function headersWith(
  deps: Pick<ApiDeps, 'origins'>,
  { scriptSrc, styleSrc, baseUri }: Sources,
): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc,
      styleSrc,
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: baseUri ?? ["'none'"],
      frameAncestors: ["'none'"],
    },
    // With no-referrer a browser sends `Origin: null` with our own forms.
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: deps.origins.every((origin) => origin.startsWith('https:'))
      ? 'max-age=31536000'
      : false,
  });
}

/** Who asks: a token in the header (programs) or in the cookie (browsers). */
export function identify(deps: Pick<ApiDeps, 'db' | 'clock'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const bearer = /^Bearer ([\w-]{20,100})$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const token = bearer ?? getCookie(c, sessionCookie) ?? null;
    const user = token ? await authenticate(deps, token, isByPerson(c)) : null;
    c.set('user', user);
    c.set('token', user ? token : null);
    c.header('cache-control', 'no-store');
    await next();
  };
}

/** An edit in any process shows in every other one with the next request. */
export function withFreshLists(deps: Pick<ApiDeps, 'refreshReference'>): MiddlewareHandler<Env> {
  return async (_, next) => {
    await deps.refreshReference();
    await next();
  };
}

export function keepToken(c: Context, token: string | null, until: Date | null): void {
  const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' as const };
  if (token === null) deleteCookie(c, sessionCookie, options);
  else setCookie(c, sessionCookie, token, { ...options, ...(until && { expires: until }) });
}

/** The caller's address; our own proxy's word for it when there is one. */
export function addressOf(c: Context, deps: Pick<ApiDeps, 'proxyHeader'>): string {
  const told = deps.proxyHeader === null ? undefined : c.req.header(deps.proxyHeader);
  if (told) return told;
  // Called without a socket (app.request in tests).
  if (!c.env?.incoming) return 'unknown';
  return getConnInfo(c).remote.address ?? 'unknown';
}

function sameSecret(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** For `/metrics`: callers on this machine, or with the token. */
export function loopbackOrToken(deps: Pick<ApiDeps, 'proxyHeader' | 'metrics'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { token } = deps.metrics;
    const given = /^Bearer (\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (token !== null && given !== undefined && sameSecret(given, token)) return next();
    const loopback = /^(127\.|::1$|::ffff:127\.)/.test(addressOf(c, deps));
    return loopback ? next() : refuse(c, 404, 'not-found');
  };
}
