import { MINUTE, SECOND } from '../core/clock.ts';
import {
  asError,
  ChannelBrokenError,
  PermanentError,
  RateLimitedError,
  TransientError,
} from '../core/errors.ts';
import { systemUser } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';
import type { ReplyMove } from '../domain/reply-move.ts';
import { changeOf, isAnsweredBy, type VoidCause, voidMove } from '../domain/reply-void.ts';
import type { Connector, OwnReply, TargetNow } from '../platforms/connector.ts';
import { explains, firstSendingAt } from '../text/own-text.ts';
import type { PublishDeps } from './publish-deps.ts';
import { foundMove, postponeMove } from './settle.ts';

const lookTakesMs = 10 * SECOND;
/** When the platform does not say when to come back. */
const retryLaterMs = 60 * SECOND;

export type Looked =
  /** As it was when the answer was approved, and nobody answered. */
  | { readonly kind: 'clear' }
  /** A step that takes the reply out of the way; `outside`: the case is answered by this post. */
  | { readonly kind: 'move'; readonly move: ReplyMove; readonly outside: OwnReply | null };

/**
 * Looks at the citizen's message and at what our account wrote under it, just before sending. Nothing is claimed yet, so
 * that whatever goes wrong here costs nothing: the reply is still released.
 */
export async function lookBeforeSending(
  deps: PublishDeps,
  connector: Connector,
  reply: Reply,
): Promise<Looked> {
  try {
    return await lookAtPlatform(deps, connector, reply);
  } catch (error) {
    return { kind: 'move', move: await afterFailedLook(deps, reply, asError(error)), outside: null };
  }
}

async function lookAtPlatform(deps: PublishDeps, connector: Connector, reply: Reply): Promise<Looked> {
  const signal = AbortSignal.timeout(lookTakesMs);
  const [message, own] = await Promise.all([
    connector.inspect?.(reply.target, signal),
    ownPostsUnder(deps, connector, reply, signal),
  ]);
  // Read after the platform's timeline: whatever post of ours stands there, its reply is in flight here already.
  const around = own.length === 0 ? [] : await deps.repliesAround(reply.target);
  const at = deps.clock.now();
  const change = changeSeen(reply, message);
  const voided = change && voidMove(reply, change, at);
  // Sent again by a person's decision, and there after all.
  const others = around.filter((other) => other._id !== reply._id);
  const known = new Set(others.map((other) => other.sent?.nativeId));
  const ours = own.find((posted) => !known.has(posted.nativeId) && explains(reply, posted));
  if (ours) return { kind: 'move', move: foundMove(deps, reply, ours), outside: null };
  const foreign = own.find(
    (posted) => isAnsweredBy(reply, posted.postedAt) && !around.some((other) => explains(other, posted)),
  );
  const answered = foreign && voidMove(reply, { kind: 'answered', url: foreign.url }, at);
  if (answered) return { kind: 'move', move: answered, outside: foreign };
  return voided ? { kind: 'move', move: voided, outside: null } : { kind: 'clear' };
}

/** Null where the message is as it was, or nobody can look: an edit or a deletion there was delivered to us. */
function changeSeen(reply: Reply, message: TargetNow | undefined): VoidCause | null {
  if (message === undefined || message.state === 'unseen') return null;
  return changeOf(reply.target, message.state === 'gone' ? null : { ...message, gone: false });
}

/** A platform shows an own post this much late, as far as we wait for it. */
const timelineLagMs = 15 * MINUTE;

/**
 * Our own posts under the message since the case was opened. What polls have stored comes from the database (on X each
 * post that is read costs money), the rest from the platform; what a reply of this document may have left there is looked
 * for on the platform in any case, because only there its words stand.
 *
 * @throws {TransientError} when the platform's list does not reach back so far: nobody knows what is missing
 */
async function ownPostsUnder(
  deps: PublishDeps,
  connector: Connector,
  reply: Reply,
  signal: AbortSignal,
): Promise<readonly OwnReply[]> {
  const opened = reply.followUp
    ? reply.createdAt
    : ((await deps.caseOpenedAt(reply.caseId)) ?? reply.createdAt);
  const { until, posts } = await deps.storedOwnPosts(reply.target);
  const unread = until === null ? opened : new Date(until.getTime() - timelineLagMs);
  const starts = [unread, firstSendingAt(reply) ?? unread].map((at) =>
    Math.max(at.getTime(), opened.getTime()),
  );
  const since = new Date(Math.min(...starts));
  const look = await connector.ownReplies?.(reply.target, since, signal);
  const { replies, completeFrom } = look ?? { replies: [], completeFrom: since };
  if (completeFrom > since) throw new TransientError('linimasa sendiri tidak terlihat seluruhnya');
  const earlier = posts.filter(({ postedAt }) => postedAt >= opened && postedAt < since);
  return [...earlier.map((post) => ({ ...post, text: '' })), ...replies];
}

/** Nothing was sent. Most failures pass; a broken channel waits for a person without using up the reply's tries. */
async function afterFailedLook(deps: PublishDeps, reply: Reply, error: Error): Promise<ReplyMove> {
  const at = deps.clock.now();
  const step = { seen: reply, by: systemUser, at, note: error.message };
  if (error instanceof ChannelBrokenError) {
    await deps.channelBroke(reply.target.channelId, error);
    return {
      ...step,
      to: 'released',
      set: { notBefore: new Date(at.getTime() + retryLaterMs), reason: error.message },
    };
  }
  if (error instanceof PermanentError) return { ...step, to: 'needs_person', set: { reason: error.message } };
  const wait = error instanceof RateLimitedError ? error.retryAfterMs : retryLaterMs;
  deps.log.warn('look before sending failed', { replyId: reply._id, error });
  return postponeMove(reply, error.message, wait, at);
}
