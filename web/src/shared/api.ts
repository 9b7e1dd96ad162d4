import { contract as paths } from 'virtual:contract';
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { contract } from '../../../src/api/contract/contract.ts';

type Api = JsonifiedClient<ContractRouterClient<typeof contract>>;

/** What the API says when it refuses: problem+json with the words in both languages. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly words: { readonly id: string; readonly en: string };
  /** With a 409 about a text: what is stored now, and what was typed here. */
  readonly text?: string;
  readonly yours?: string;
  readonly version?: number;
  /** The password was right; the code of the authenticator is missing or wrong. */
  readonly needsCode?: boolean;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'words' in body;
}

/** oRPC reads a body as JSON by its type alone, and does not know problem+json. */
async function fetchReadable(request: Request, init: RequestInit): Promise<Response> {
  const answer = await fetch(request, init);
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return answer;
  return new Response(answer.body, {
    status: answer.status,
    headers: { 'content-type': 'application/json' },
  });
}

/** The session's cookie travels by itself. */
const link = new OpenAPILink(paths, {
  url: new URL('/api', window.location.origin).href,
  fetch: fetchReadable,
  customErrorResponseBodyDecoder: (body, response) =>
    isProblem(body)
      ? new ORPCError(body.code, { status: response.status, message: body.words.en, data: body })
      : null,
});

export const api: Api = createORPCClient(link);

/** The problem inside a failed call; null when no answer came at all. */
export function problemOf(error: unknown): Problem | null {
  return error instanceof ORPCError && isProblem(error.data) ? error.data : null;
}

/** Rows as they arrive: dates are ISO texts. */
export type Thread = Awaited<ReturnType<Api['threads']['list']>>['rows'][number];
export type CaseDetail = Awaited<ReturnType<Api['cases']['get']>>;
/** A message as a list or a case holds it; asked for alone it says also why (names instead of ids). */
export type Message = CaseDetail['messages'][number];
export type MessageDetail = Awaited<ReturnType<Api['mentions']['get']>>;
export type Channel = Awaited<ReturnType<Api['channels']['list']>>[number];
