import { Hono } from 'hono';
import { asError, PermanentError, RefusedError, TransientError } from '../core/errors.ts';
import { notFound } from './context.ts';
import type { ApiDeps } from './deps.ts';
import { openMention } from './desk.ts';
import type { Env } from './guards.ts';
import { languageOf, problemResponse, statusOf, wordsFor } from './problem.ts';

/**
 * `GET /media/<message>/<n>`: the n-th picture of a message, fetched from its platform for who may see the message. Links
 * of platforms live minutes and would tell them who looks; nothing is stored.
 */
export function mediaRoutes(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/media/:mention/:place{[0-9]{1,2}}', async (c) => {
    const { mention } = await openMention({ deps, user: c.get('user') }, c.req.param('mention'));
    const media = mention.media[Number(c.req.param('place'))];
    if (media?.type !== 'photo' || mention.deletedAt !== null) throw notFound();
    const file = await deps.readMedia(mention.channelId, media, c.req.raw.signal).catch((error: unknown) => {
      if (error instanceof PermanentError) throw notFound();
      throw error;
    });
    if (!file) throw notFound();
    return c.body(new Uint8Array(file.bytes), 200, {
      'content-type': file.type,
      'cache-control': 'private, no-store',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
    });
  });
  app.onError((thrown, c) => {
    const error = asError(thrown);
    const language = languageOf(c.req.header('accept-language'));
    if (error instanceof RefusedError)
      return problemResponse(
        { status: statusOf[error.code], code: error.code, words: error.words },
        language,
      );
    if (!(error instanceof TransientError)) throw error;
    return problemResponse({ status: 503, code: 'unavailable', words: wordsFor(503) }, language);
  });
  return app;
}
