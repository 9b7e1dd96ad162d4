import { MINUTE, SECOND } from '../core/clock.ts';
import { asError, ChannelBrokenError, RateLimitedError, TransientError } from '../core/errors.ts';
import { systemUser } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';
import type { ReplyMove } from '../domain/reply-move.ts';
import type { OwnReply } from '../platforms/connector.ts';
import { explains, firstSendingAt } from '../text/own-text.ts';
import type { PublishDeps } from './publish-deps.ts';
import { firstLookMs, foundMove, secondLookMs } from './settle.ts';

const lookTakesMs = 10 * SECOND;
const looksBeforePerson = 2;
/** When the platform cannot be asked for so long, a person decides without a look. */
const giveUpLookingMs = 30 * MINUTE;

export interface Reconciled {
  readonly sent: number;
  readonly waiting: number;
  readonly needsPerson: number;
}

/** Looks at the platform for each reply of which it is unclear whether it was published. Never sends anything. */
export async function reconcileDue(
  deps: PublishDeps & { readonly dueLooks: (now: Date, limit: number) => Promise<readonly Reply[]> },
  limit: number,
): Promise<Reconciled> {
  const counts = { sent: 0, waiting: 0, needsPerson: 0 };
  for (const reply of await deps.dueLooks(deps.clock.now(), limit)) {
    const moved = await deps.move(await reconcileMove(deps, reply));
    if (moved?.state === 'sent') counts.sent += 1;
    if (moved?.state === 'unknown') counts.waiting += 1;
    if (moved?.state === 'needs_person') counts.needsPerson += 1;
  }
  return counts;
}

async function reconcileMove(deps: PublishDeps, reply: Reply): Promise<ReplyMove> {
  try {
    const found = await lookForIt(deps, reply);
    return found ? foundMove(deps, reply, found) : absentMove(deps, reply);
  } catch (error) {
    return unseenMove(deps, reply, asError(error));
  }
}

/**
 * Our own post with this text under the target, which no other reply of ours is known to be.
 * @throws {TransientError} when it is not among what was seen, and not everything was
 */
async function lookForIt(deps: PublishDeps, reply: Reply): Promise<OwnReply | null> {
  const connector = deps.connectorFor(reply.target.channelId);
  if (!connector) throw new Error('kanal tidak tersambung');
  const since = firstSendingAt(reply) ?? reply.createdAt;
  // A platform that lists nothing tells by itself (src/publish/send-report.ts).
  const signal = AbortSignal.timeout(lookTakesMs);
  const look = await connector.ownReplies?.(reply.target, since, signal);
  if (!look) return null;
  const { replies: own, completeFrom } = look;
  const others = (await deps.repliesAround(reply.target)).filter((other) => other._id !== reply._id);
  const taken = new Set(others.map((other) => other.sent?.nativeId));
  const found = own.find((posted) => !taken.has(posted.nativeId) && explains(reply, posted));
  if (!found && completeFrom > since) throw new TransientError('linimasa sendiri tidak terlihat seluruhnya');
  return found ?? null;
}

function startOf(reply: Reply): number {
  return (reply.attempt?.startedAt ?? reply.updatedAt).getTime();
}

/** Not there. After the second look a person decides; the machine never sends it again. */
function absentMove(deps: PublishDeps, reply: Reply): ReplyMove {
  const at = deps.clock.now();
  const looks = reply.looks + 1;
  const step = { seen: reply, by: systemUser, at };
  if (looks >= looksBeforePerson) {
    const note = 'Tidak ditemukan di platform setelah dua kali dilihat. Periksa sendiri, lalu putuskan.';
    return { ...step, to: 'needs_person', note, set: { looks, lookAt: null, reason: note } };
  }
  const lookAt = new Date(Math.max(startOf(reply) + secondLookMs, at.getTime() + firstLookMs));
  return { ...step, to: 'unknown', note: 'belum terlihat di platform', set: { looks, lookAt } };
}

/** The platform could not be asked: that is no look. */
async function unseenMove(deps: PublishDeps, reply: Reply, error: Error): Promise<ReplyMove> {
  const at = deps.clock.now();
  const step = { seen: reply, by: systemUser, at };
  if (error instanceof ChannelBrokenError) await deps.channelBroke(reply.target.channelId, error);
  deps.log.warn('look for an unclear reply failed', { replyId: reply._id, error });
  if (at.getTime() - startOf(reply) > giveUpLookingMs) {
    const note = 'Platform tidak dapat diperiksa. Lihat sendiri apakah balasan sudah ada, lalu putuskan.';
    return { ...step, to: 'needs_person', note, set: { lookAt: null, reason: note } };
  }
  const wait = error instanceof RateLimitedError ? Math.max(error.retryAfterMs, firstLookMs) : firstLookMs;
  return { ...step, to: 'unknown', note: error.message, set: { lookAt: new Date(at.getTime() + wait) } };
}
