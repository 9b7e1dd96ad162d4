import { systemUser } from './ids.ts';
import type { Mention } from './mention.ts';
import type { Reply, ReplyState, ReplyTarget } from './reply.ts';
import { citizenTextHash } from './reply-hash.ts';
import type { ReplyMove } from './reply-move.ts';

/** Why what was written or approved does not hold any more. */
export type VoidCause =
  | {
      readonly kind: 'edited' | 'hidden';
      readonly now: Pick<ReplyTarget, 'nativeId' | 'hidden' | 'textHash'>;
    }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'answered'; readonly url: string | null }
  | { readonly kind: 'expired' }
  /** The case became secret, and this is not the text that a secret case may get. */
  | { readonly kind: 'secret' };

/** Said to people, and kept with the reply. */
const reasons: Record<VoidCause['kind'], string> = {
  edited: 'Pesan warga berubah sejak draf ditulis. Baca lagi, lalu ajukan kembali.',
  hidden: 'Pesan warga disembunyikan atau ditampilkan kembali. Periksa lagi sebelum mengajukan.',
  deleted: 'Pesan warga sudah dihapus. Balasan tidak dikirim.',
  answered: 'Sudah dijawab langsung di platform, di luar Tanggap. Balasan tidak dikirim.',
  secret: 'Aduan ini sekarang rahasia: di muka umum hanya ajakan ke jalur pribadi yang boleh.',
  expired: 'Persetujuan sudah lewat tujuh hari. Mintalah persetujuan lagi.',
};

const backToDraft: readonly ReplyState[] = [
  'draft',
  'submitted',
  'changes_requested',
  'approved',
  'released',
];
const toWithdrawn: readonly ReplyState[] = [...backToDraft, 'needs_person'];

/**
 * The step that takes a reply back because of it; null when its state does not allow that: it is out already, may be
 * (`sending`, `unknown`: their own way decides), or is closed.
 */
export function voidMove(reply: Reply, cause: VoidCause, at: Date): ReplyMove | null {
  const reason = reasons[cause.kind];
  const base = { seen: reply, by: systemUser, at, note: reason };
  const set = { approval: null, releasedBy: null, notBefore: null, reason };
  // A receipt is not worth a person's time: it stays away.
  if (reply.acknowledges) {
    return reply.state === 'released' ? { ...base, to: 'withdrawn', set } : null;
  }
  switch (cause.kind) {
    case 'edited':
    case 'hidden': {
      if (!backToDraft.includes(reply.state)) return null;
      const to = reply.state === 'changes_requested' ? 'changes_requested' : 'draft';
      return { ...base, to, set: { ...set, target: { ...reply.target, ...cause.now } } };
    }
    case 'expired':
    case 'secret':
      return backToDraft.includes(reply.state) ? { ...base, to: 'draft', set } : null;
    case 'deleted':
    case 'answered':
      return toWithdrawn.includes(reply.state) ? { ...base, to: 'withdrawn', set } : null;
    default:
      return cause satisfies never;
  }
}

/** The citizen's message as it stands now, stored or on the platform. */
export type MessageNow = Pick<Mention, 'text' | 'latestNativeId' | 'hidden'> & { readonly gone: boolean };

/** What happened to the message since the reply was written for it; null when nothing did. */
export function changeOf(target: ReplyTarget, message: MessageNow | null): VoidCause | null {
  if (message === null || message.gone) return { kind: 'deleted' };
  const now = {
    nativeId: message.latestNativeId,
    hidden: message.hidden,
    textHash: citizenTextHash(message.text),
  };
  if (now.textHash !== target.textHash || now.nativeId !== target.nativeId) return { kind: 'edited', now };
  if (now.hidden !== target.hidden) return { kind: 'hidden', now };
  return null;
}

/** An own post stands under the message already; a follow-up that was written after it knows that. */
export function isAnsweredBy(reply: Pick<Reply, 'followUp' | 'createdAt'>, postedAt: Date): boolean {
  return !(reply.followUp && postedAt <= reply.createdAt);
}

/** How long an approval holds. A choice of ours: after a week the facts may be others. */
const approvalHolds = 7 * 24 * 3_600_000;

export function isExpired(approvedAt: Date, now: Date): boolean {
  return now.getTime() - approvedAt.getTime() > approvalHolds;
}
