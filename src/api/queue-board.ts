import { Hono } from 'hono';
import { may } from '../domain/policies.ts';
import type { User } from '../domain/user.ts';
import type { ApiDeps } from './deps.ts';
import { boardPath, type Env } from './guards.ts';
import { languageOf, problemResponse, wordsFor } from './problem.ts';

/** Its page asks Google for a font, which our headers refuse. */
const fontLink = /<link href="https:\/\/fonts[^>]*>/;

/** Whatever the board's own routes would do: nothing is changed through it. */
function statusFor(method: string, user: User | null): number {
  if (user === null) return 401;
  if (!may(user, 'queues.view')) return 403;
  return method === 'GET' || method === 'HEAD' ? 200 : 405;
}

/** `/antrean`: the queues for the superadmin, to look at only. */
export function queueBoardRoutes(deps: Pick<ApiDeps, 'queueBoard'>): Hono<Env> {
  const app = new Hono<Env>();
  app.use('*', async (c, next) => {
    const status = statusFor(c.req.method, c.get('user'));
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
