import { z } from 'zod';
import { MINUTE, SECOND } from '../../core/clock.ts';
import type { Outcome } from '../../domain/reply.ts';
import type { GraphAnswer } from './answer.ts';
import { type GraphClient, NoTokenError, transportWords } from './client.ts';
import { type FoundTrouble, troubleOf } from './errors.ts';
import { throttleWaitMs, type Usage } from './usage.ts';

/**
 * Throttles that end by themselves soon. WhatsApp: 80 messages a second; one message in 6 s to the same person, of which
 * 45 may be borrowed from later, so that five tries reach beyond the longest wait (270 s).
 */
const shortWaits: ReadonlyMap<number, number> = new Map([
  [130_429, 2 * SECOND],
  [131_056, 64 * SECOND],
  [131_057, 5 * MINUTE],
]);

const Written = z.object({ id: z.string().min(1) });

/** No connection came about, so no byte of the request can have left. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const UNREACHABLE_RETRY_MS = 60 * SECOND;
/** A new token must come from a person or a refresh; polls pause the channel meanwhile. */
const TOKEN_RETRY_MS = 5 * MINUTE;

type Accepted = Extract<Outcome, { kind: 'accepted' }>;

/**
 * Sends one comment with one POST; see {@link sendWith}.
 * @param accepted makes the result from the id of what was written
 */
export function sendOnce(
  deps: { client: Pick<GraphClient, 'post'>; accepted: (id: string) => Accepted },
  path: readonly string[],
  text: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const accepted = (body: unknown) => {
    const written = Written.safeParse(body);
    return written.success ? deps.accepted(written.data.id) : null;
  };
  return sendWith(() => deps.client.post(path, { message: text }, signal), accepted, signal);
}

/**
 * Makes one POST and sorts every end of it by design rule: accepted, not now, never, unknown. Throws nothing. Meta has
 * answered HTTP 500 to posts that it published, so a 5xx is `unknown`, whatever code it carries.
 * @param accepted makes the result from the body of a success; null where that names nothing that was written
 */
export async function sendWith(
  post: () => Promise<GraphAnswer>,
  accepted: (body: unknown) => Accepted | null,
  signal: AbortSignal,
): Promise<Outcome> {
  if (signal.aborted)
    return { kind: 'not-now', reason: 'stopped before sending', retryAfterMs: UNREACHABLE_RETRY_MS };
  try {
    return sortAnswer(await post(), accepted);
  } catch (error) {
    if (error instanceof NoTokenError)
      return { kind: 'not-now', reason: 'no access token', retryAfterMs: TOKEN_RETRY_MS };
    const words = transportWords(error);
    if (NEVER_CONNECTED.has(words))
      return { kind: 'not-now', reason: words, retryAfterMs: UNREACHABLE_RETRY_MS };
    return { kind: 'unknown', reason: words };
  }
}

function sortAnswer(answer: GraphAnswer, accepted: (body: unknown) => Accepted | null): Outcome {
  if (answer.status >= 500) return { kind: 'unknown', reason: `HTTP ${answer.status}` };
  if (answer.status >= 200 && answer.status < 300) {
    // Without an id: a write that happened and went wrong, such as an edit of the comment itself.
    return accepted(answer.body) ?? { kind: 'unknown', reason: `HTTP ${answer.status} without an id` };
  }
  const found = troubleOf(answer);
  return found ? sortTrouble(found, answer.usage) : { kind: 'unknown', reason: `HTTP ${answer.status}` };
}

function sortTrouble({ trouble, code, words, byMeta }: FoundTrouble, usage: Usage): Outcome {
  switch (trouble) {
    case 'throttled': {
      const retryAfterMs = shortWaits.get(code) ?? throttleWaitMs(usage);
      return { kind: 'not-now', reason: words, retryAfterMs };
    }
    case 'token':
      return { kind: 'not-now', reason: `token: ${words}`, retryAfterMs: TOKEN_RETRY_MS, broken: 'token' };
    case 'blocked':
      return byMeta
        ? { kind: 'never', reason: trouble, platformWords: words, broken: 'account' }
        : { kind: 'unknown', reason: words };
    case 'permission':
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
