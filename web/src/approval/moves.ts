import { api } from '../shared/api.ts';

/** What a move asks for first. */
type MoveAsks = 'nothing' | 'reason' | 'link';

type Review = Awaited<ReturnType<typeof api.drafts.review>>;
type State = Review['reply']['state'];
type Reply = Review['reply'];
type Run = (seen: { id: string; version: number }, given: string) => Promise<Reply>;

/** A button of the approval page: in which states it is there, its key, the right, and what it does. */
export interface Move {
  readonly name:
    | 'submit'
    | 'approve'
    | 'approveAndSend'
    | 'send'
    | 'changes'
    | 'reject'
    | 'withdraw'
    | 'undo'
    | 'handled'
    | 'foundSent'
    | 'resend'
    | 'giveUp';
  readonly act: string;
  readonly from: readonly State[];
  readonly key?: string;
  readonly asks: MoveAsks;
  readonly run: Run;
}

export const moves: readonly Move[] = [
  {
    name: 'submit',
    act: 'draft.submit',
    from: ['draft', 'changes_requested'],
    asks: 'nothing',
    run: (seen) => api.drafts.submit(seen),
  },
  {
    name: 'approve',
    act: 'draft.approve',
    from: ['submitted'],
    key: 'a',
    asks: 'nothing',
    run: (seen) => api.drafts.approve(seen),
  },
  {
    name: 'approveAndSend',
    act: 'draft.approve',
    from: ['submitted'],
    key: 'A',
    asks: 'nothing',
    run: async (seen) => {
      const approved = await api.drafts.approve(seen);
      return api.drafts.release({ id: approved._id, version: approved.version });
    },
  },
  {
    name: 'send',
    act: 'reply.release',
    from: ['approved'],
    asks: 'nothing',
    run: (seen) => api.drafts.release(seen),
  },
  {
    name: 'changes',
    act: 'draft.review',
    from: ['submitted'],
    key: 'm',
    asks: 'reason',
    run: (seen, reason) => api.drafts.requestChanges({ ...seen, reason }),
  },
  {
    name: 'reject',
    act: 'draft.review',
    from: ['submitted'],
    key: 't',
    asks: 'reason',
    run: (seen, reason) => api.drafts.reject({ ...seen, reason }),
  },
  {
    name: 'undo',
    act: 'reply.undo',
    from: ['released'],
    asks: 'nothing',
    run: (seen) => api.drafts.undo(seen),
  },
  {
    name: 'withdraw',
    act: 'draft.withdraw',
    from: ['draft', 'submitted', 'changes_requested', 'approved'],
    asks: 'reason',
    run: (seen, reason) => api.drafts.withdraw({ ...seen, reason }),
  },
  {
    name: 'handled',
    act: 'reply.by-hand',
    from: ['approved'],
    asks: 'link',
    run: (seen, url) => api.drafts.byHand({ ...seen, url: url === '' ? null : url }),
  },
  {
    name: 'foundSent',
    act: 'reply.by-hand',
    from: ['needs_person'],
    asks: 'link',
    run: (seen, url) => api.drafts.foundSent({ ...seen, url }),
  },
  {
    name: 'resend',
    act: 'reply.resend',
    from: ['needs_person'],
    asks: 'nothing',
    run: (seen) => api.drafts.resend(seen),
  },
  {
    name: 'giveUp',
    act: 'reply.by-hand',
    from: ['needs_person'],
    asks: 'reason',
    run: (seen, reason) => api.drafts.giveUp({ ...seen, reason }),
  },
];

interface Bilingual {
  readonly id: string;
  readonly en: string;
}

/** Why the caller may not do it now, in words; null when he may. */
export function whyNotMove(move: Move, review: Review): Bilingual | null {
  if (move.name === 'approve') return review.whyNotApprove;
  if (move.name === 'approveAndSend') return review.whyNotApprove ?? review.whyNotRelease;
  if (move.name === 'send') return review.whyNotRelease;
  return null;
}
