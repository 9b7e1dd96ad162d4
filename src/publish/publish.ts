import { SECOND } from '../core/clock.ts';
import { asError } from '../core/errors.ts';
import { type ReplyId, systemUser } from '../domain/ids.ts';
import { type Attempt, channelFault, type Outcome, type Reply } from '../domain/reply.ts';
import { approvalHash } from '../domain/reply-hash.ts';
import type { ReplyMove } from '../domain/reply-move.ts';
import { isExpired, voidMove } from '../domain/reply-void.ts';
import type { Connector } from '../platforms/connector.ts';
import { lookBeforeSending } from './look.ts';
import type { PublishDeps } from './publish-deps.ts';
import { sendReference } from './send-reference.ts';
import { settleMove } from './settle.ts';

/** From the claim to the end of the one POST. */
export const sendTakesMs = 10 * SECOND;

export type Published =
  | 'sent'
  | 'postponed'
  | 'failed'
  | 'unknown'
  | 'needs-person'
  /** Taken back: the message changed or was answered, or the approval does not hold. */
  | 'voided'
  /** The stop switch or the channel holds it; it stays released. */
  | 'held'
  /** Not released, not due, another version, or another worker has it. */
  | 'not-ours';

/**
 * Sends one released reply, at most once.
 *
 * Order: everything that can be asked is asked before the claim, while nothing can be lost (stop switch, approval,
 * capability, the citizen's message, answers given by hand). Then the claim, which fails when anything about the reply
 * changed since it was read; the stop switch once more; the deadline, as the last statement; one POST. From the claim
 * to the settled outcome nothing is tried twice: whoever dies in between leaves `sending`, which the sweeper makes
 * `unknown`, and which no worker ever sends again.
 */
export async function publish(deps: PublishDeps, replyId: ReplyId, version: number): Promise<Published> {
  const reply = await deps.findReply(replyId);
  if (!reply || reply.version !== version || reply.state !== 'released') return 'not-ours';
  if (!reply.notBefore || reply.notBefore > deps.clock.now()) return 'not-ours';
  deps.failpoint?.('loaded');
  const leave = await deps.mayLeave(reply.target.channelId);
  const connector = deps.connectorFor(reply.target.channelId);
  if (!leave.ok || !connector) return 'held';

  const unfit = (await unfitMove(deps, connector, reply)) ?? (await outdatedMove(deps, reply));
  if (unfit) return apply(deps, unfit);
  const looked = await lookBeforeSending(deps, connector, reply);
  if (looked.kind === 'move') {
    const published = await apply(deps, looked.move);
    if (looked.outside && published === 'voided')
      await deps.markAnsweredOutside(reply.caseId, looked.outside);
    return published;
  }
  deps.failpoint?.('looked');
  return claimAndSend(deps, connector, reply);
}

/** The step for a reply that must not leave as it is; null when it may. */
async function unfitMove(deps: PublishDeps, connector: Connector, reply: Reply): Promise<ReplyMove | null> {
  const at = deps.clock.now();
  const { approval } = reply;
  const holds =
    approval !== null &&
    approval.hash === approvalHash(reply) &&
    !reply.authors.includes(approval.by) &&
    reply.releasedBy !== null;
  if (!holds) {
    deps.log.error('reply released without a valid approval', { replyId: reply._id });
    const reason = 'Persetujuan tidak cocok dengan balasan ini. Mintalah persetujuan lagi.';
    const set = { approval: null, releasedBy: null, notBefore: null, reason };
    return { seen: reply, to: 'draft', by: systemUser, at, note: reason, set };
  }
  if (isExpired(approval.at, at)) return voidMove(reply, { kind: 'expired' }, at);
  const stored = connector.capability(reply.target);
  const capability =
    stored.by === 'hand' ? stored : ((await connector.capabilityNow?.(reply.target)) ?? stored);
  if (capability.by === 'api') return null;
  const note = capability.reason.id;
  return {
    seen: reply,
    to: 'needs_person',
    by: systemUser,
    at,
    note,
    set: { reason: note, notBefore: null },
  };
}

/**
 * What became unfit since it was approved: the case is secret now, or a receipt's text is no longer in force; null while
 * it may leave.
 */
async function outdatedMove(deps: PublishDeps, reply: Reply): Promise<ReplyMove | null> {
  const at = deps.clock.now();
  if (reply.acknowledges && !(await deps.isInForce(reply))) return voidMove(reply, { kind: 'expired' }, at);
  if (reply.target.reach === 'private' || (await deps.mayBePublic(reply))) return null;
  return voidMove(reply, { kind: 'secret' }, at);
}

async function claimAndSend(deps: PublishDeps, connector: Connector, reply: Reply): Promise<Published> {
  const startedAt = deps.clock.now();
  // Taken before the claim is asked for, so that the time the database needs counts against us.
  const deadline = deps.monotonicNow() + sendTakesMs;
  const attempt: Attempt = {
    number: (reply.attempt?.number ?? 0) + 1,
    owner: deps.owner,
    startedAt,
    deadline: new Date(startedAt.getTime() + sendTakesMs),
  };
  const claimed = await deps.claim(reply._id, reply.version, attempt, startedAt);
  if (!claimed) return 'not-ours';
  deps.failpoint?.('claimed');
  const leave = await deps.mayLeave(claimed.target.channelId);
  if (!leave.ok) return giveBack(deps, claimed);
  const outcome = await post(deps, connector, claimed, deadline);
  deps.failpoint?.('after-post');
  // Before the reply is settled: the next one must find the channel stopped.
  const fault = channelFault(outcome);
  if (fault) await deps.channelBroke(claimed.target.channelId, fault);
  const published = await settle(deps, claimed, outcome);
  deps.failpoint?.('settled');
  return published;
}

/** Claimed, and then stopped before a byte was sent: released as it was. */
async function giveBack(deps: PublishDeps, claimed: Reply): Promise<Published> {
  const at = deps.clock.now();
  await deps.move({
    seen: claimed,
    to: 'released',
    by: systemUser,
    at,
    note: 'pengiriman dihentikan',
    set: {},
  });
  return 'held';
}

/** The one POST. */
async function post(
  deps: PublishDeps,
  connector: Connector,
  claimed: Reply,
  deadline: number,
): Promise<Outcome> {
  const reference = sendReference(claimed);
  const send = { target: claimed.target, text: claimed.text, reference };
  deps.failpoint?.('before-post');
  try {
    const left = deadline - deps.monotonicNow();
    // Nothing may stand between this check and the POST.
    if (left <= 0) return { kind: 'not-now', reason: 'waktu habis sebelum dikirim', retryAfterMs: 0 };
    return await connector.reply(send, AbortSignal.timeout(Math.ceil(left)));
  } catch (error) {
    // The contract says that it throws nothing; whatever it was, the reply may be out.
    deps.log.error('connector threw from reply', { replyId: claimed._id, error: asError(error) });
    return { kind: 'unknown', reason: asError(error).message };
  }
}

async function settle(deps: PublishDeps, claimed: Reply, outcome: Outcome): Promise<Published> {
  const settled = await apply(deps, settleMove(deps, claimed, outcome));
  if (settled !== 'not-ours') return settled;
  // The sweeper was faster (a slow answer, a clock apart). Only the certainty that it is out may still be written.
  if (outcome.kind !== 'accepted') return 'unknown';
  const now = await deps.findReply(claimed._id);
  const stillThis = now?.attempt?.number === claimed.attempt?.number && now?.attempt?.owner === deps.owner;
  if (!now || !stillThis || (now.state !== 'unknown' && now.state !== 'needs_person')) return 'not-ours';
  return apply(deps, settleMove(deps, now, outcome));
}

async function apply(deps: PublishDeps, move: ReplyMove): Promise<Published> {
  const moved = await deps.move(move);
  if (!moved) return 'not-ours';
  switch (moved.state) {
    case 'sent':
      return 'sent';
    case 'released':
      return 'postponed';
    case 'failed':
      return 'failed';
    case 'unknown':
      return 'unknown';
    case 'needs_person':
      return 'needs-person';
    default:
      return 'voided';
  }
}
