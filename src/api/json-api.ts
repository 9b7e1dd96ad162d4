import { ORPCError } from '@orpc/client';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import type { Context } from 'hono';
import { z } from 'zod';
import { asError, RefusedError } from '../core/errors.ts';
import { type Act, roleMay } from '../domain/policies.ts';
import { type ApiContext, auditDenial, caller, refuseBorrowedPassword } from './context.ts';
import type { ApiDeps } from './deps.ts';
import { addressOf, type Env, keepToken } from './guards.ts';
import { languageOf, type Problem, problemResponse, statusOf, wordsFor } from './problem.ts';
import { router } from './routes/router.ts';

/** The door of every route: its act is written in the contract; a route without one lets nobody in. */
export async function door(context: ApiContext, act: Act | 'anyone' | null): Promise<void> {
  if (act === 'anyone') return;
  const user = caller(context);
  if (act !== 'self.account') refuseBorrowedPassword(user);
  if (act !== null && roleMay(user, act)) return;
  await auditDenial(context.deps, user, act ?? 'self.read', null);
  throw new RefusedError('forbidden', {
    id: 'Peran Anda tidak berwenang untuk tindakan ini.',
    en: 'Your role may not do this.',
  });
}

/** What travels inside oRPC's error to the encoder below. */
const Inside = z.object({ problem: z.custom<Problem>() });

/** The database is away: the caller may come back, nothing is wrong with his request. */
export function isOutage(error: Error): boolean {
  return /^Mongo(Network|ServerSelection|NotConnected|Topology)/.test(error.name);
}

function problemOf(error: Error, input: unknown): Problem {
  if (error instanceof RefusedError) {
    const yours = z.object({ text: z.string() }).safeParse(input);
    const both = error.code === 'conflict' && yours.success ? { yours: yours.data.text } : {};
    return {
      status: statusOf[error.code],
      code: error.code,
      words: error.words,
      details: { ...error.details, ...both },
    };
  }
  if (error instanceof ORPCError && error.status < 500) {
    const issues = z
      .object({
        issues: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })),
      })
      .safeParse(error.data);
    return {
      status: error.status,
      code: 'invalid',
      words: wordsFor(error.status),
      details: issues.success ? issues.data : {},
    };
  }
  const status = isOutage(error) ? 503 : 500;
  return { status, code: status === 503 ? 'unavailable' : 'internal', words: wordsFor(status) };
}

function asOrpcError(problem: Problem): ORPCError<string, unknown> {
  return new ORPCError(problem.code.toUpperCase(), {
    status: problem.status,
    message: problem.words.en,
    data: { problem },
  });
}

/** The JSON API as one handler of requests under `/api`. */
export function jsonApi(deps: ApiDeps): (c: Context<Env>) => Promise<Response> {
  const handler = new OpenAPIHandler<ApiContext>(router, {
    clientInterceptors: [
      async ({ context, procedure, path, input, next }) => {
        try {
          await door(context, procedure['~orpc'].meta.act ?? null);
          return await next();
        } catch (thrown) {
          const error = asError(thrown);
          const problem = problemOf(error, input);
          if (problem.status >= 500) deps.log.error('api call failed', { route: path.join('.'), error });
          throw asOrpcError(problem);
        }
      },
    ],
  });
  return async (c) => {
    const context: ApiContext = {
      deps,
      user: c.get('user'),
      token: c.get('token'),
      address: addressOf(c, deps),
      keepToken: (token, until) => keepToken(c, token, until),
    };
    const language = languageOf(c.req.header('accept-language'));
    const { matched, response } = await handler.handle(c.req.raw, { prefix: '/api', context });
    if (!matched) return problemResponse({ status: 404, code: 'not-found', words: wordsFor(404) }, language);
    if (response.status < 400) return c.newResponse(response.body, response);
    return problemResponse(await problemIn(response), language);
  };
}

async function problemIn(response: Response): Promise<Problem> {
  const { status } = response;
  const body = z.object({ data: Inside }).safeParse(await response.json());
  // Refused before the call: a body that is no JSON.
  return body.success ? body.data.data.problem : { status, code: 'invalid', words: wordsFor(status) };
}
