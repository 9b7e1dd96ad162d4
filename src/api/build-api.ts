import { Hono } from 'hono';
import { asError } from '../core/errors.ts';
import type { ApiDeps } from './deps.ts';
import {
  boardPath,
  type Env,
  identify,
  jsonOnly,
  ownHostOnly,
  ownOriginOnly,
  safeHeaders,
  smallBodyOnly,
  withFreshLists,
} from './guards.ts';
import { healthRoutes } from './health.ts';
import { importRoutes } from './import-routes.ts';
import { isOutage, jsonApi } from './json-api.ts';
import { mediaRoutes } from './media.ts';
import { openapiRoutes } from './openapi.ts';
import { answerRoutes } from './page/answer-page.ts';
import { pages } from './page/pages.ts';
import { languageOf, problemResponse, wordsFor } from './problem.ts';
import { intakeRoutes } from './public/intake-routes.ts';
import { publicRoutes } from './public/public-routes.ts';
import { queueBoardRoutes } from './queue-board.ts';
import { webhookRoutes } from './webhooks/webhooks.ts';

/** The whole HTTP side, without listening: `/api`, `/webhooks/*`, `/media/*`, the pages, `/health/*` and `/metrics`. */
export function buildApi(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.use(safeHeaders(deps));
  app.use(ownHostOnly(deps));
  app.route('/', healthRoutes(deps));
  app.use(ownOriginOnly(deps));
  app.route('/', webhookRoutes(deps));
  app.use(withFreshLists(deps));
  app.route('/', publicRoutes(deps));
  app.route('/intake', intakeRoutes(deps));
  app.route('/', importRoutes(deps));
  app.use(smallBodyOnly);
  app.use('/api/*', jsonOnly);
  app.route('/', answerRoutes(deps));
  app.use(identify(deps));
  app.route('/', openapiRoutes());
  app.all('/api/*', jsonApi(deps));
  app.route('/', mediaRoutes(deps));
  app.route(boardPath, queueBoardRoutes(deps));
  app.route('/', pages(deps));
  app.onError((thrown, c) => {
    const error = asError(thrown);
    const status = isOutage(error) ? 503 : 500;
    deps.log.error('request failed', { path: c.req.routePath, error });
    return problemResponse(
      { status, code: status === 503 ? 'unavailable' : 'internal', words: wordsFor(status) },
      languageOf(c.req.header('accept-language')),
    );
  });
  return app;
}
