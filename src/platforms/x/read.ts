import type { Clock } from '../../core/clock.ts';
import { TransientError } from '../../core/errors.ts';
import type { AccessToken } from '../access.ts';
import type { XClients } from './client.ts';
import { ListAnswer } from './schema.ts';
import { isStaleCursor, readError, refusalOf } from './trouble.ts';

export interface ReadDeps {
  readonly clients: XClients;
  readonly accessToken: AccessToken;
  readonly clock: Clock;
}

export interface ReadAnswer {
  readonly body: unknown;
  /** Requests left of those allowed in this endpoint's window, and when it ends; null when X did not say. */
  readonly limit: { readonly remaining: number; readonly allowed: number; readonly resetAt: Date } | null;
}

/** A read takes this long at most, however slowly its bytes come. */
const longestReadMs = 30_000;

/** Everything that a post needs to be understood. Source: X API v2 field reference. */
export const postQuery = {
  'tweet.fields':
    'created_at,author_id,conversation_id,in_reply_to_user_id,referenced_tweets,entities,lang,reply_settings,edit_history_tweet_ids,attachments,note_tweet',
  expansions: 'author_id,referenced_tweets.id,attachments.media_keys',
  'user.fields': 'username,name,protected',
  'media.fields': 'media_key,type,url,preview_image_url',
} as const;

/** GET, with one more try when X refuses the token and a fresh one can be had. @throws the raw error of the client */
async function get(
  deps: ReadDeps,
  path: string,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<ReadAnswer> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(longestReadMs)]);
  const ask = async (token: string): Promise<ReadAnswer> => {
    const { data, rateLimit } = await deps.clients
      .reading(token, bounded)
      .v2.get<unknown>(path, query, { fullResponse: true });
    const known = rateLimit && Number.isFinite(rateLimit.remaining) && Number.isFinite(rateLimit.reset);
    return {
      body: data,
      limit: known
        ? {
            remaining: rateLimit.remaining,
            allowed: rateLimit.limit,
            resetAt: new Date(rateLimit.reset * 1_000),
          }
        : null,
    };
  };
  const token = await deps.accessToken();
  try {
    return await ask(token);
  } catch (error) {
    if (refusalOf(error)?.status !== 401) throw error;
    const fresh = await deps.accessToken(token);
    if (fresh === token) throw error;
    return ask(fresh);
  }
}

/** @throws the errors of src/core/errors.ts */
export async function read(
  deps: ReadDeps,
  path: string,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<ReadAnswer> {
  try {
    return await get(deps, path, query, signal);
  } catch (error) {
    throw readError(error, deps.clock);
  }
}

export interface ReadList extends Omit<ReadAnswer, 'body'> {
  readonly answer: ListAnswer;
}

/** A list answer. @returns `stale` when X finds our since_id too old. @throws the errors of src/core/errors.ts */
export async function readList(
  deps: ReadDeps,
  path: string,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<ReadList | 'stale'> {
  let got: ReadAnswer;
  try {
    got = await get(deps, path, query, signal);
  } catch (error) {
    if (query.since_id !== undefined && isStaleCursor(refusalOf(error))) return 'stale';
    throw readError(error, deps.clock);
  }
  const answer = ListAnswer.safeParse(got.body);
  if (!answer.success)
    throw new TransientError('x: answer is not a list', { cause: new Error(answer.error.message) });
  return { answer: answer.data, limit: got.limit };
}
