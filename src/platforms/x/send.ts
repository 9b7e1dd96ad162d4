import { type Clock, HOUR, MINUTE } from '../../core/clock.ts';
import type { Outcome, ReplyTarget } from '../../domain/reply.ts';
import type { AccessToken } from '../access.ts';
import type { XClients } from './client.ts';
import { type Account, postUrl } from './found.ts';
import { replyMicros, type Spent } from './price.ts';
import { CreatedAnswer } from './schema.ts';
import { networkCode, type Refusal, refusalOf, waitMs } from './trouble.ts';

export interface SendDeps {
  readonly clients: XClients;
  readonly accessToken: AccessToken;
  readonly account: Account;
  readonly clock: Clock;
  readonly spent: Spent;
}

/** Errors that come before a connection stands: nothing can have been sent. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** One POST /2/tweets, never repeated here. @returns what is known about it; `unknown` unless X said clearly yes or no */
export async function sendReply(deps: SendDeps, send: Send, signal: AbortSignal): Promise<Outcome> {
  const outcome = await post(deps, send, signal);
  if (outcome.kind === 'accepted' || outcome.kind === 'unknown') await deps.spent(replyMicros(send.text));
  return outcome;
}

interface Send {
  readonly target: ReplyTarget;
  readonly text: string;
}

async function post(deps: SendDeps, { target, text }: Send, signal: AbortSignal): Promise<Outcome> {
  let token: string;
  try {
    token = await deps.accessToken();
  } catch {
    return { kind: 'not-now', reason: 'no access token', retryAfterMs: 5 * MINUTE };
  }
  if (signal.aborted)
    return { kind: 'not-now', reason: 'deadline before the first byte', retryAfterMs: MINUTE };
  try {
    const answer: unknown = await deps.clients
      .writing(token, signal)
      .v2.post('tweets', { text, reply: { in_reply_to_tweet_id: target.nativeId } });
    const created = CreatedAnswer.safeParse(answer);
    if (!created.success) return { kind: 'unknown', reason: 'accepted without an id' };
    const { id } = created.data.data;
    return { kind: 'accepted', nativeId: id, url: postUrl(deps.account.handle, id) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return refused(deps, refusal, token);
    const code = networkCode(error);
    if (neverConnected.has(code)) return { kind: 'not-now', reason: code, retryAfterMs: MINUTE };
    return { kind: 'unknown', reason: code };
  }
}

async function refused(deps: SendDeps, refusal: Refusal, token: string): Promise<Outcome> {
  const { status, words } = refusal;
  switch (status) {
    case 400:
    case 404:
      return { kind: 'never', reason: 'refused', platformWords: words };
    case 401:
      return { kind: 'not-now', reason: 'token refused', retryAfterMs: await renewed(deps, token) };
    case 402:
      // Nothing was published. Somebody has to pay first, so an hour, not a minute.
      return { kind: 'not-now', reason: 'money: out of credits', retryAfterMs: HOUR };
    case 403:
      return forbidden(refusal);
    case 429:
      return { kind: 'not-now', reason: 'rate limited', retryAfterMs: waitMs(refusal, deps.clock) };
    default:
      return { kind: 'unknown', reason: words };
  }
}

/** Refusals that X gives under 403 and that say clearly that nothing was published. Source: platforms.md 1.3, docs.x.com. */
const clearlyRefused = [
  /not been mentioned or otherwise engaged/i,
  /not permitted to perform this action/i,
  /deleted or not visible to you/i,
  /Application-Only is forbidden/i,
];

/** "Duplicate content" may mean that an earlier try of ours went through, so it is not clear; nor is an unknown wording. */
function forbidden({ detail, words }: Refusal): Outcome {
  if (clearlyRefused.some((pattern) => pattern.test(detail))) {
    return { kind: 'never', reason: 'not allowed', platformWords: words };
  }
  return { kind: 'unknown', reason: words };
}

/** Gets a fresh token if there is one. @returns how long to wait with the next try */
async function renewed(deps: SendDeps, refusedToken: string): Promise<number> {
  try {
    return (await deps.accessToken(refusedToken)) === refusedToken ? 5 * MINUTE : 1_000;
  } catch {
    return 5 * MINUTE;
  }
}
