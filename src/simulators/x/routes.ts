import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { asError } from '../../core/errors.ts';
import type { SimulatorApp, SimulatorContext } from '../kit/serve.ts';
import { type Answer, appOnlyRefused, tooManyRequests, unauthorized } from './bodies.ts';
import { type Endpoint, rateHeaders, type Window } from './limits.ts';
import { allowedParameters, RefusedRequest, selectionOf } from './parameters.ts';
import { lookUp, mentionsPage, ownPage, type ReadAnswer, type ReadDeps, searchPage } from './reads.ts';
import { meAnswer, withPostNames } from './render.ts';
import type { Tokens } from './tokens.ts';
import { create, remove, type Wrote } from './writes.ts';

export interface RouteDeps extends ReadDeps {
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly count: (endpoint: Endpoint, context: 'app' | 'user') => Window;
  /** Which of its two vocabularies the platform speaks. */
  readonly names: 'tweet' | 'post';
}

type Work = (query: URLSearchParams) => ReadAnswer;

/** Every request that the simulator knows. */
export function addRoutes(app: SimulatorApp, deps: RouteDeps): void {
  const { state } = deps;
  const isUs = (c: SimulatorContext) => c.req.param('id') === state.account.id;
  const read = (c: SimulatorContext, endpoint: Endpoint, work: Work) =>
    guarded(c, deps, endpoint, () => {
      const { body, servedIds } = work(new URL(c.req.url).searchParams);
      c.set('servedIds', servedIds);
      return { status: 200, body };
    });
  const write = async (c: SimulatorContext, endpoint: Endpoint, work: () => Wrote | Promise<Wrote>) =>
    guarded(c, deps, endpoint, async () => {
      const { answer, received } = await work();
      c.set('received', received);
      return answer;
    });

  app.get('/2/users/me', (c) =>
    read(c, 'me', (query) => {
      const { userFields } = selectionOf(query, allowedParameters.me);
      return { body: meAnswer(userFields, state), servedIds: [] };
    }),
  );
  app.get('/2/users/:id/mentions', (c) =>
    isUs(c) ? read(c, 'mentions', (query) => mentionsPage(deps, query, c.get('pageFault'))) : c.notFound(),
  );
  app.get('/2/users/:id/tweets', (c) =>
    isUs(c) ? read(c, 'timeline', (query) => ownPage(deps, query, c.get('pageFault'))) : c.notFound(),
  );
  app.get('/2/tweets/search/recent', (c) =>
    read(c, 'search', (query) => searchPage(deps, query, c.get('pageFault'))),
  );
  app.get('/2/tweets', (c) =>
    read(c, 'lookup', (query) => lookUp(deps, (query.get('ids') ?? '').split(','), query, false)),
  );
  app.get('/2/tweets/:id', (c) =>
    read(c, 'lookup', (query) => lookUp(deps, [c.req.param('id')], query, true)),
  );
  app.post('/2/tweets', (c) => write(c, 'create', async () => create(state, deps.clock, await jsonOf(c))));
  app.delete('/2/tweets/:id', (c) => write(c, 'delete', () => remove(state, c.req.param('id'))));
  app.post('/2/oauth2/token', (c) => refresh(c, deps));
}

async function jsonOf(c: SimulatorContext): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return null;
  }
}

/** Endpoints that a bearer without a user may not use. */
const userOnly: ReadonlySet<Endpoint> = new Set(['me', 'create', 'delete']);

/** Token, then the endpoint's window, then the work itself. */
async function guarded(
  c: SimulatorContext,
  deps: RouteDeps,
  endpoint: Endpoint,
  work: () => Answer | Promise<Answer>,
): Promise<Response> {
  const bearer = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const context = bearer === undefined ? null : deps.tokens.contextOf(bearer);
  if (context === null) return told(deps, unauthorized, {});
  const window = deps.count(endpoint, context);
  const headers = rateHeaders(window);
  if (window.exceeded) return told(deps, tooManyRequests, headers);
  if (context === 'app' && userOnly.has(endpoint)) return told(deps, appOnlyRefused, headers);
  try {
    return told(deps, await work(), headers);
  } catch (error) {
    if (error instanceof RefusedRequest) return told(deps, error.answer, headers);
    throw asError(error);
  }
}

function told(
  deps: Pick<RouteDeps, 'names'>,
  { status, body }: Answer,
  headers: Record<string, string>,
): Response {
  const json = JSON.stringify(body);
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(deps.names === 'post' ? withPostNames(json) : json, {
    status,
    headers: { 'content-type': `${type}; charset=utf-8`, ...headers },
  });
}

const RefreshRequest = z.object({
  grant_type: z.literal('refresh_token'),
  refresh_token: z.string(),
});

/** Takes JSON (as twitter-api-v2 sends it) and form bodies (as the documentation says). */
async function refresh(c: SimulatorContext, deps: RouteDeps): Promise<Response> {
  const isJson = (c.req.header('content-type') ?? '').includes('json');
  const asked = RefreshRequest.safeParse(isJson ? await jsonOf(c) : await c.req.parseBody());
  const pair = asked.success ? deps.tokens.refresh(asked.data.refresh_token) : null;
  if (!pair) {
    return c.json(
      { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' },
      400,
    );
  }
  return c.json({
    token_type: 'bearer',
    expires_in: pair.expiresInS,
    access_token: pair.access,
    refresh_token: pair.refresh,
    scope: 'tweet.read users.read tweet.write offline.access',
  });
}
