import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { RefusedError } from '../../core/errors.ts';
import type { Env } from '../guards.ts';

const loginCookie = '__Host-tanggap-masuk';

/** What the form token is made of: the session, or before the login a cookie of its own. */
function secretOf(c: Context<Env>): string | null {
  return c.get('token') ?? getCookie(c, loginCookie) ?? null;
}

/** Proves that a form came from a page that we gave to this browser. A foreign page cannot read it. */
export function formToken(c: Context<Env>): string {
  let secret = secretOf(c);
  if (secret === null) {
    secret = randomBytes(16).toString('base64url');
    setCookie(c, loginCookie, secret, { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' });
  }
  return createHash('sha256').update(`form ${secret}`).digest('base64url');
}

const Form = z.record(z.string(), z.string());

/**
 * The fields of a form of ours.
 * @throws {RefusedError} `forbidden` when the token is missing or another one
 */
export async function readForm(c: Context<Env>): Promise<Readonly<Record<string, string | undefined>>> {
  const form = Form.safeParse(await c.req.parseBody());
  const secret = secretOf(c);
  const given = Buffer.from((form.success && form.data.token) || '');
  const wanted = Buffer.from(
    secret === null ? '' : createHash('sha256').update(`form ${secret}`).digest('base64url'),
  );
  if (
    !form.success ||
    wanted.length === 0 ||
    given.length !== wanted.length ||
    !timingSafeEqual(given, wanted)
  ) {
    throw new RefusedError('forbidden', {
      id: 'Formulir ini sudah tidak berlaku. Muat ulang halaman lalu coba lagi.',
      en: 'This form is no longer valid. Reload the page and try again.',
    });
  }
  return form.data;
}
