import { z } from 'zod';
import { MINUTE, SECOND } from '../../core/clock.ts';
import type { Outcome } from '../../domain/reply.ts';
import type { GraphAnswer } from './answer.ts';
import { type GraphClient, transportWords } from './client.ts';
import { type FoundTrouble, troubleOf } from './errors.ts';
import { throttleWaitMs, type Usage } from './usage.ts';

const Written = z.object({ id: z.string().min(1) });

/** No connection came about, so no byte of the request can have left. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const UNREACHABLE_RETRY_MS = 60 * SECOND;
/** A new token must come from a person or a refresh; polls pause the channel meanwhile. */
const TOKEN_RETRY_MS = 5 * MINUTE;

/**
 * Sends one message with one POST and sorts every end of it by design rule: accepted, not now, never, unknown. Throws
 * nothing. Meta has answered HTTP 500 to posts that it published, so a 5xx is `unknown`, whatever code it carries.
 * @param accepted makes the result from the id of what was written
 */
export async function sendOnce(
  deps: { client: GraphClient; accepted: (id: string) => Extract<Outcome, { kind: 'accepted' }> },
  path: readonly string[],
  text: string,
  signal: AbortSignal,
): Promise<Outcome> {
  if (signal.aborted)
    return { kind: 'not-now', reason: 'stopped before sending', retryAfterMs: UNREACHABLE_RETRY_MS };
  try {
    const answer = await deps.client.post(path, { message: text }, signal);
    return sortAnswer(answer, deps.accepted);
  } catch (error) {
    const words = transportWords(error);
    if (NEVER_CONNECTED.has(words))
      return { kind: 'not-now', reason: words, retryAfterMs: UNREACHABLE_RETRY_MS };
    return { kind: 'unknown', reason: words };
  }
}

function sortAnswer(
  answer: GraphAnswer,
  accepted: (id: string) => Extract<Outcome, { kind: 'accepted' }>,
): Outcome {
  if (answer.status >= 500) return { kind: 'unknown', reason: `HTTP ${answer.status}` };
  if (answer.status >= 200 && answer.status < 300) {
    const written = Written.safeParse(answer.body);
    if (written.success) return accepted(written.data.id);
    // A write that happened and went wrong, such as an edit of the comment itself.
    return { kind: 'unknown', reason: `HTTP ${answer.status} without an id` };
  }
  const found = troubleOf(answer);
  return found ? sortTrouble(found, answer.usage) : { kind: 'unknown', reason: `HTTP ${answer.status}` };
}

function sortTrouble({ trouble, words, byMeta }: FoundTrouble, usage: Usage): Outcome {
  switch (trouble) {
    case 'throttled':
      return { kind: 'not-now', reason: words, retryAfterMs: throttleWaitMs(usage) };
    case 'token':
      return { kind: 'not-now', reason: `token: ${words}`, retryAfterMs: TOKEN_RETRY_MS };
    case 'permission':
    case 'blocked':
    case 'gone':
    case 'request':
      return byMeta
        ? { kind: 'never', reason: trouble, platformWords: words }
        : { kind: 'unknown', reason: words };
    case 'duplicate':
    case 'service':
      return { kind: 'unknown', reason: words };
    default:
      return trouble satisfies never;
  }
}
