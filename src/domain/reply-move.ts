import type { CaseNumber, UserId } from './ids.ts';
import type { Reply, ReplyState } from './reply.ts';

/**
 * Where a reply may go from each state. Only `released` leads to `sending`, and nothing leads out of an end but this: the
 * platform took a message and told later that it did not arrive.
 */
const moves: Record<ReplyState, readonly ReplyState[]> = {
  draft: ['draft', 'submitted', 'withdrawn'],
  submitted: ['draft', 'changes_requested', 'rejected', 'withdrawn', 'approved'],
  changes_requested: ['draft', 'changes_requested', 'submitted', 'withdrawn'],
  approved: ['draft', 'changes_requested', 'rejected', 'withdrawn', 'released', 'sent'],
  released: ['draft', 'withdrawn', 'approved', 'released', 'sending', 'needs_person', 'sent'],
  sending: ['sent', 'released', 'failed', 'unknown', 'needs_person'],
  unknown: ['unknown', 'sent', 'needs_person', 'failed'],
  needs_person: ['sent', 'released', 'withdrawn', 'failed'],
  rejected: [],
  withdrawn: [],
  sent: ['failed'],
  failed: [],
};

export function mayMove(from: ReplyState, to: ReplyState): boolean {
  return moves[from].includes(to);
}

/** What a move may write beside the state. */
type ReplyFields = Partial<
  Pick<
    Reply,
    | 'target'
    | 'text'
    | 'templateId'
    | 'situation'
    | 'revision'
    | 'earlier'
    | 'confirmation'
    | 'authors'
    | 'approval'
    | 'releasedBy'
    | 'notBefore'
    | 'attempt'
    | 'postponed'
    | 'lookAt'
    | 'looks'
    | 'sent'
    | 'reason'
  >
>;

/** One step of a reply: one conditional write, which changes nothing when the reply is not as it was `seen`. */
export interface ReplyMove {
  readonly seen: Pick<Reply, '_id' | 'state' | 'version' | 'acknowledges'>;
  readonly to: ReplyState;
  readonly by: UserId;
  readonly at: Date;
  /** Reason or remark, kept in the history. */
  readonly note: string | null;
  readonly set: ReplyFields;
  /** The case that is answered with it, written in the same transaction. */
  readonly answers?: { readonly caseId: CaseNumber; readonly by: 'tanggap' | 'luar' };
}
