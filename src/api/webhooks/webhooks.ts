import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { asError } from '../../core/errors.ts';
import type { WebhookDoor } from '../../domain/channel.ts';
import type { ApiDeps } from '../deps.ts';
import type { Env } from '../guards.ts';
import { languageOf, problemResponse, wordsFor } from '../problem.ts';
import { isSameToken, isSigned } from './signature.ts';

/** Meta batches up to 1,000 updates; a batch of long comments stays below this. */
const largestDelivery = 8 * 1024 * 1024;

/**
 * Hono's own limit makes a web stream of every body, at a third of the door's time; a length that is told is kept to by Node's
 * parser, and enough to refuse by.
 */
function smallerThan(maxSize: number, onError: (c: Context) => Response): MiddlewareHandler<Env> {
  const counted = bodyLimit({ maxSize, onError });
  return async (c, next) => {
    const told = c.req.header('content-length');
    if (told === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next);
    return Number(told) > maxSize ? onError(c) : next();
  };
}

/**
 * `GET /webhooks/<platform>` is the handshake, `POST` a delivery: signature over the raw bytes, store, then 200. The work
 * comes later (workers/receive.ts), so that an answer takes milliseconds. What cannot be stored is answered with 503:
 * the platform keeps it and delivers again for 36 hours and more.
 */
export function webhookRoutes(deps: Pick<ApiDeps, 'webhooks' | 'log'>): Hono<Env> {
  const app = new Hono<Env>();
  const doorOf = (c: Context<Env>): WebhookDoor | undefined =>
    deps.webhooks.doors.find((door) => door.platform === c.req.param('platform'));
  const refuse = (c: Context, status: number, code: string): Response =>
    problemResponse({ status, code, words: wordsFor(status) }, languageOf(c.req.header('accept-language')));

  app.get('/webhooks/:platform', (c) => {
    const door = doorOf(c);
    if (!door) return refuse(c, 404, 'not-found');
    const challenge = c.req.query('hub.challenge');
    const asks = c.req.query('hub.mode') === 'subscribe' && /^\d{1,30}$/.test(challenge ?? '');
    if (!asks || !isSameToken(c.req.query('hub.verify_token'), door.verifyToken))
      return refuse(c, 403, 'forbidden');
    return c.text(challenge ?? '');
  });

  app.post(
    '/webhooks/:platform',
    smallerThan(largestDelivery, (c) => refuse(c, 413, 'too-large')),
    async (c) => {
      const door = doorOf(c);
      if (!door) return refuse(c, 404, 'not-found');
      const signature = c.req.header('x-hub-signature-256');
      // Without one there is no reason to read megabytes.
      if (signature === undefined) return refuse(c, 401, 'unauthenticated');
      const raw = new Uint8Array(await c.req.arrayBuffer());
      if (!isSigned(signature, raw, door.appSecrets)) return refuse(c, 401, 'unauthenticated');
      try {
        await deps.webhooks.store(door.platform, raw);
      } catch (error) {
        deps.log.error('delivery could not be stored', { platform: door.platform, error: asError(error) });
        return refuse(c, 503, 'unavailable');
      }
      return c.text('ok');
    },
  );
  return app;
}
