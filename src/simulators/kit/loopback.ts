import type { MiddlewareHandler } from 'hono';
import type { SimulatorEnv } from './serve.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Lets only this machine's own pages and programs in: the Host must be a loopback name (against DNS rebinding), and a
 * request from a page must come from the simulator's own page.
 */
export const onlyFromHere: MiddlewareHandler<SimulatorEnv> = async (c, next) => {
  const host = c.req.header('host') ?? '';
  if (!loopbackNames.has(host.replace(/:\d+$/, '')))
    return c.text('Hanya dari komputer ini / only from this machine', 403);
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== `http://${host}`)
    return c.text('Asal permintaan ditolak / foreign origin', 403);
  c.header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  );
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'same-origin');
  return next();
};
