import twitterText from 'twitter-text';
import { z } from 'zod';
import { type Clock, DAY } from '../../core/clock.ts';
import type { WriteRecord } from '../kit/ledger.ts';
import {
  type Answer,
  duplicateContent,
  invalidRequest,
  notPermitted,
  replyNotSummoned,
  replyTargetGone,
} from './bodies.ts';
import { newestVersion } from './posts.ts';
import type { XState } from './state.ts';

/** POST /2/tweets, what the simulator knows of it. */
const CreateRequest = z.strictObject({
  text: z.string(),
  reply: z.object({ in_reply_to_tweet_id: z.string().regex(/^[0-9]{1,19}$/) }).optional(),
  quote_tweet_id: z.string().optional(),
  made_with_ai: z.boolean().optional(),
});

/** How long the same text is refused. X does not say; a day is the simulator's choice. */
const duplicateWindowMs = DAY;

export interface Wrote {
  readonly answer: Answer;
  readonly received: Omit<WriteRecord, 'at' | 'told'>;
}

/** Publishes, or refuses as X does: unknown fields, length, a target that is gone or never named us, the same text. */
export function create(state: XState, clock: Clock, body: unknown): Wrote {
  const parsed = CreateRequest.safeParse(body);
  if (!parsed.success) {
    const received = { kind: 'post', target: null, text: '', resultId: null } as const;
    return { answer: invalidRequest('body', '', z.prettifyError(parsed.error)), received };
  }
  const text = parsed.data.text.normalize('NFC').trim();
  const parentId = parsed.data.reply?.in_reply_to_tweet_id ?? null;
  const attempt = {
    kind: parentId === null ? 'post' : 'reply',
    target: parentId,
    text: parsed.data.text,
  } as const;
  const refusal = refusalOf(state, clock, text, parentId, parsed.data.quote_tweet_id ?? null);
  if (refusal) return { answer: refusal, received: { ...attempt, resultId: null } };
  const post = state.write({
    author: state.account.username,
    byOffice: true,
    text,
    at: clock.now(),
    parentId,
    quotedId: null,
    media: [],
  });
  const { id } = newestVersion(post);
  return {
    answer: { status: 201, body: { data: { id, text, edit_history_tweet_ids: [id] } } },
    received: { ...attempt, resultId: id },
  };
}

function refusalOf(
  state: XState,
  clock: Clock,
  text: string,
  parentId: string | null,
  quotedId: string | null,
): Answer | null {
  // Since 20 April 2026 self-serve apps make no quote posts (X changelog).
  if (quotedId !== null || !twitterText.parseTweet(text).valid) return notPermitted;
  if (parentId !== null) {
    const target = state.visible(parentId);
    if (!target) return replyTargetGone;
    if (!target.byOffice && !state.concernsUs(target)) return replyNotSummoned;
  }
  const since = clock.now().getTime() - duplicateWindowMs;
  for (const post of state.own.newestFirst(clock.now())) {
    if (post.at.getTime() < since) break;
    if (!post.deleted && newestVersion(post).text === text) return duplicateContent;
  }
  return null;
}

/** DELETE /2/tweets/:id. */
export function remove(state: XState, id: string): Wrote {
  const post = state.visible(id);
  const received = { kind: 'delete', target: id, text: '', resultId: null } as const;
  if (!post?.byOffice) return { answer: notPermitted, received };
  state.delete(id);
  return { answer: { status: 200, body: { data: { deleted: true } } }, received };
}
