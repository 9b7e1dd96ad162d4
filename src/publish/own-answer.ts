import type { CaseNumber, MentionId } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';
import { isAnsweredBy, voidMove } from '../domain/reply-void.ts';
import { explains, type PostedAnswer } from '../text/own-text.ts';
import type { PublishDeps } from './publish-deps.ts';
import { foundMove } from './settle.ts';

export interface OwnAnswerDeps
  extends Pick<PublishDeps, 'clock' | 'repliesAround' | 'answersCase' | 'move' | 'markAnsweredOutside'> {
  readonly caseOf: (id: MentionId) => Promise<CaseNumber | null>;
}

/** A post of our own account that a poll or a webhook brought. */
export interface SeenOwnAnswer extends PostedAnswer {
  /** The citizen's message that it answers. */
  readonly mentionId: MentionId;
  /** The same on the platform: some hang answers to answers under the top of the thread. */
  readonly parentNativeId: string;
  readonly url: string | null;
}

/**
 * Decides whether a post of our account is a reply of ours or an answer given by hand. By hand: whatever waits for that
 * message is taken back, and its case is answered outside of Tanggap. Safe to run again for the same post at any time.
 */
export async function noteOwnAnswer(deps: OwnAnswerDeps, posted: SeenOwnAnswer): Promise<'ours' | 'outside'> {
  const target = { mentionId: posted.mentionId, threadNativeId: posted.parentNativeId };
  for (;;) {
    const around = await deps.repliesAround(target);
    const ours = around.find((reply) => explains(reply, posted));
    if (ours) {
      await settleUnclear(deps, ours, posted);
      return 'ours';
    }
    if (await takeBack(deps, around, posted)) break;
    // Somebody wrote in between: look again.
  }
  const caseId = await deps.caseOf(posted.mentionId);
  if (caseId) await deps.markAnsweredOutside(caseId, posted);
  return 'outside';
}

/** We see our own text on the platform: no need to wait for the next look, or for a person. */
async function settleUnclear(deps: OwnAnswerDeps, reply: Reply, posted: SeenOwnAnswer): Promise<void> {
  if (reply.state !== 'unknown' && reply.state !== 'needs_person') return;
  // When it changed meanwhile, reconcile or the person was faster; both know.
  await deps.move(foundMove(deps, reply, posted));
}

/** @returns false when a reply changed in between */
async function takeBack(
  deps: OwnAnswerDeps,
  around: readonly Reply[],
  posted: SeenOwnAnswer,
): Promise<boolean> {
  for (const reply of around) {
    if (!reply.open || reply.target.mentionId !== posted.mentionId || !isAnsweredBy(reply, posted.postedAt))
      continue;
    const move = voidMove(reply, { kind: 'answered', url: posted.url }, deps.clock.now());
    if (move && !(await deps.move(move))) return false;
  }
  return true;
}
