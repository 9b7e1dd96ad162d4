import { SECOND } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { ReplyId } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';
import { approvalHash } from '../domain/reply-hash.ts';
import { isExpired, voidMove } from '../domain/reply-void.ts';
import { capabilityOf } from './checks.ts';
import {
  type Actor,
  commit,
  conflict,
  type ReviewDeps,
  refuseChangedMessage,
  refuseWithoutRight,
  seenReply,
} from './review.ts';

/** Time to think better of it: nothing leaves the house before it is over. */
export const holdMs = 30 * SECOND;

/**
 * Lets an approved reply go, 30 s from now.
 * @throws {RefusedError} `forbidden` without the right to publish, `not-possible` where only a person can answer,
 *   `conflict` when the approval does not hold any more
 */
export async function release(deps: ReviewDeps, id: ReplyId, version: number, actor: Actor): Promise<Reply> {
  refuseWithoutRight(actor);
  const seen = await seenReply(deps, id, version, ['approved']);
  const capability = await capabilityOf(deps, seen);
  if (capability.by === 'hand') throw new RefusedError('not-possible', capability.reason);
  await refuseExpired(deps, seen);
  await refuseChangedMessage(deps, seen);
  const at = deps.clock.now();
  return commit(
    deps,
    'reply.release',
    {
      seen,
      to: 'released',
      by: actor.id,
      at,
      note: null,
      set: { releasedBy: actor.id, notBefore: new Date(at.getTime() + holdMs), postponed: 0, reason: null },
    },
    { hash: approvalHash(seen) },
  );
}

async function refuseExpired(deps: ReviewDeps, seen: Reply): Promise<void> {
  const at = deps.clock.now();
  if (seen.approval && !isExpired(seen.approval.at, at)) return;
  const move = voidMove(seen, { kind: 'expired' }, at);
  const voided = move && (await deps.write(move, null));
  throw conflict(
    voided ?? seen,
    'Persetujuan sudah lewat tujuh hari. Mintalah persetujuan lagi.',
    'The approval is older than seven days. Ask for it again.',
  );
}

/** Takes a release back, as long as no worker has claimed it; the approval stays. */
export async function undoRelease(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  actor: Actor,
): Promise<Reply> {
  const seen = await seenReply(deps, id, version, ['released']);
  return commit(deps, 'reply.undo-release', {
    seen,
    to: 'approved',
    by: actor.id,
    at: deps.clock.now(),
    note: null,
    set: { releasedBy: null, notBefore: null },
  });
}
