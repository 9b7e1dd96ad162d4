import { Hono } from 'hono';
import { may } from '../domain/policies.ts';
import type { ApiDeps } from './deps.ts';
import { boardPath, type Env } from './guards.ts';
import { languageOf, problemResponse, wordsFor } from './problem.ts';

/** Its page asks Google for a font, which our headers refuse. */
const fontLink = /<link href="https:\/\/fonts[^>]*>/;

/** `/antrean`: the queues for the superadmin, to look at only. */
export function queueBoardRoutes(deps: Pick<ApiDeps, 'queueBoard'>): Hono<Env> {
  const app = new Hono<Env>();
  app.use('*', async (c, next) => {
    const user = c.get('user');
    const status = user === null ? 401 : !may(user, 'queues.view') ? 403 : 200;
    if (status !== 200) {
      return problemResponse(
        { status, code: 'forbidden', words: wordsFor(status) },
        languageOf(c.req.header('accept-language')),
      );
    }
    await next();
    if (c.res.headers.get('content-type')?.startsWith('text/html'))
      c.res = new Response((await c.res.text()).replace(fontLink, ''), c.res);
    return undefined;
  });
  app.route('/', deps.queueBoard(boardPath));
  return app;
}
