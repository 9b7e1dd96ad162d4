import { RefusedError } from '../core/errors.ts';
import { type ReplyId, systemUser } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';
import { approvalHash } from '../domain/reply-hash.ts';
import { refuseUnfitText } from './checks.ts';
import {
  type Actor,
  commit,
  neededReason,
  type ReviewDeps,
  refuseChangedMessage,
  seenReply,
} from './review.ts';

/**
 * The second pair of eyes. Bound to text, target, revision and the citizen's words by a hash; any change voids it. Refused
 * to everybody who had a hand in the text, here and once more by the store.
 */
export async function approve(deps: ReviewDeps, id: ReplyId, version: number, actor: Actor): Promise<Reply> {
  const seen = await seenReply(deps, id, version, ['submitted']);
  if (seen.authors.includes(actor.id) || actor.id === systemUser) {
    throw new RefusedError('forbidden', {
      id: 'Penulis tidak boleh menyetujui balasannya sendiri. Mintalah orang lain.',
      en: 'An author may not approve his own reply. Ask somebody else.',
    });
  }
  await refuseUnfitText(deps, seen);
  await refuseChangedMessage(deps, seen);
  const at = deps.clock.now();
  const hash = approvalHash(seen);
  return commit(
    deps,
    'reply.approve',
    {
      seen,
      to: 'approved',
      by: actor.id,
      at,
      note: null,
      set: { approval: { by: actor.id, at, hash }, reason: null },
    },
    { hash, revision: seen.revision },
  );
}

/** "Minta perbaikan": back to the author with the reason. */
export async function requestChanges(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  actor: Actor,
  reason: string,
): Promise<Reply> {
  return turnDown(deps, id, version, {
    actor,
    reason,
    to: 'changes_requested',
    act: 'reply.request-changes',
  });
}

/** "Tolak": this reply will not be sent; another one may be written. */
export async function reject(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  actor: Actor,
  reason: string,
): Promise<Reply> {
  return turnDown(deps, id, version, { actor, reason, to: 'rejected', act: 'reply.reject' });
}

async function turnDown(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  decision: {
    readonly actor: Actor;
    readonly reason: string;
    readonly to: 'changes_requested' | 'rejected';
    readonly act: string;
  },
): Promise<Reply> {
  const seen = await seenReply(deps, id, version, ['submitted', 'approved']);
  const note = neededReason(decision.reason);
  return commit(deps, decision.act, {
    seen,
    to: decision.to,
    by: decision.actor.id,
    at: deps.clock.now(),
    note,
    set: { approval: null, reason: note },
  });
}
