import { z } from 'zod';
import { type Answer, invalidRequest } from './bodies.ts';
import type { Selection } from './render.ts';

/** A request that X answers with an error body. */
export class RefusedRequest extends Error {
  override name = 'RefusedRequest';
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(String(answer.body.detail ?? answer.status));
    this.answer = answer;
  }
}

const shared = ['tweet.fields', 'expansions', 'user.fields', 'media.fields', 'place.fields', 'poll.fields'];
const windowed = ['max_results', 'since_id', 'until_id', 'start_time', 'end_time', ...shared];
/** What each read takes. Anything else is a 400, as on X. */
export const allowedParameters = {
  mentions: [...windowed, 'pagination_token'],
  timeline: [...windowed, 'pagination_token', 'exclude'],
  search: [...windowed, 'query', 'next_token', 'pagination_token', 'sort_order'],
  lookup: ['ids', ...shared],
  one: shared,
  me: ['tweet.fields', 'expansions', 'user.fields'],
} as const;

const postFields = new Set([
  'id', 'text', 'edit_history_tweet_ids', 'created_at', 'author_id', 'conversation_id', 'in_reply_to_user_id',
  'referenced_tweets', 'entities', 'lang', 'reply_settings', 'attachments', 'public_metrics', 'possibly_sensitive',
  'edit_controls', 'context_annotations', 'geo', 'withheld', 'note_tweet', 'source',
]); // biome-ignore format: a list
const expansions = new Set([
  'author_id', 'referenced_tweets.id', 'referenced_tweets.id.author_id', 'attachments.media_keys',
  'in_reply_to_user_id', 'entities.mentions.username', 'edit_history_tweet_ids', 'geo.place_id',
]); // biome-ignore format: a list

function listed(
  query: URLSearchParams,
  name: string,
  known: ReadonlySet<string> | null,
): ReadonlySet<string> {
  const asked = (query.get(name) ?? '').split(',').filter((one) => one !== '');
  for (const one of asked) {
    if (known && !known.has(one)) {
      const list = [...known].join(',');
      throw new RefusedRequest(
        invalidRequest(name, one, `The \`${name}\` query parameter value [${one}] is not one of [${list}]`),
      );
    }
  }
  return new Set(asked);
}

/** @throws {RefusedRequest} for a parameter or field that X does not know */
export function selectionOf(query: URLSearchParams, allowed: readonly string[]): Selection {
  for (const name of query.keys()) {
    if (allowed.includes(name)) continue;
    const list = allowed.join(',');
    throw new RefusedRequest(
      invalidRequest(name, query.get(name) ?? '', `The query parameter [${name}] is not one of [${list}]`),
    );
  }
  return {
    postFields: listed(query, 'tweet.fields', postFields),
    expansions: listed(query, 'expansions', expansions),
    userFields: listed(query, 'user.fields', null),
    mediaFields: listed(query, 'media.fields', null),
  };
}

/** A page token says below which post the page starts and how many posts were passed before it. */
const PageToken = z.object({ ms: z.number(), seq: z.number(), passed: z.number() });
export type PageToken = z.infer<typeof PageToken>;

export function writeToken(token: PageToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

export interface PageRequest {
  readonly size: number;
  readonly sinceId: bigint | null;
  readonly untilId: bigint | null;
  readonly startTime: Date | null;
  readonly endTime: Date | null;
  readonly token: PageToken | null;
}

/** @throws {RefusedRequest} for a value that X does not take */
export function pageRequest(query: URLSearchParams, smallest: number): PageRequest {
  const token = query.get('pagination_token') ?? query.get('next_token');
  return {
    size: sizeOf(query.get('max_results'), smallest),
    sinceId: idOf(query, 'since_id'),
    untilId: idOf(query, 'until_id'),
    startTime: timeOf(query, 'start_time'),
    endTime: timeOf(query, 'end_time'),
    token: token === null ? null : tokenOf(token),
  };
}

function sizeOf(given: string | null, smallest: number): number {
  const size = Number(given ?? 10);
  if (Number.isInteger(size) && size >= smallest && size <= 100) return size;
  throw new RefusedRequest(
    invalidRequest(
      'max_results',
      String(given),
      `The \`max_results\` query parameter value [${given}] is not between ${smallest} and 100`,
    ),
  );
}

function idOf(query: URLSearchParams, name: string): bigint | null {
  const given = query.get(name);
  if (given === null) return null;
  if (/^[0-9]{1,19}$/.test(given)) return BigInt(given);
  throw new RefusedRequest(
    invalidRequest(
      name,
      given,
      `The \`${name}\` query parameter value [${given}] does not match ^[0-9]{1,19}$`,
    ),
  );
}

function timeOf(query: URLSearchParams, name: string): Date | null {
  const given = query.get(name);
  if (given === null) return null;
  const time = z.iso.datetime().safeParse(given);
  if (time.success) return new Date(time.data);
  throw new RefusedRequest(
    invalidRequest(
      name,
      given,
      `The \`${name}\` query parameter value [${given}] is not a valid RFC3339 date`,
    ),
  );
}

function tokenOf(given: string): PageToken {
  try {
    return PageToken.parse(JSON.parse(Buffer.from(given, 'base64url').toString()));
  } catch {
    throw new RefusedRequest(
      invalidRequest('pagination_token', given, `The pagination_token [${given}] is not valid`),
    );
  }
}
