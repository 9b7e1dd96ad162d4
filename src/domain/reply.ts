import type { BrokenReason } from '../core/errors.ts';
import type { CaseNumber, ChannelId, MentionId, PlatformId, ReplyId, UserId } from './ids.ts';
import type { Reach } from './mention.ts';

export const replyStates = [
  'draft',
  'submitted',
  'changes_requested',
  'rejected',
  'withdrawn',
  'approved',
  'released',
  'sending',
  'sent',
  'unknown',
  'needs_person',
  'failed',
] as const;
export type ReplyState = (typeof replyStates)[number];

/** States in which a reply still holds its target (partial unique index `one_open_reply_per_target`). */
export const openReplyStates = [
  'draft',
  'submitted',
  'changes_requested',
  'approved',
  'released',
  'sending',
  'unknown',
  'needs_person',
] as const satisfies readonly ReplyState[];

/** The citizen's message that a reply answers, as it was when the draft was written. */
export interface ReplyTarget {
  readonly platform: PlatformId;
  readonly channelId: ChannelId;
  readonly mentionId: MentionId;
  /** The id that the platform's reply call names. */
  readonly nativeId: string;
  /** Top of the platform's thread, where answers of the platform can land (Instagram flattens). */
  readonly threadNativeId: string;
  readonly parentNativeId: string | null;
  readonly reach: Reach;
  readonly hidden: boolean;
  /** Until when the platform takes free text; moved on by each further message of the conversation. Absent: no limit. */
  readonly replyUntil?: Date;
  /** The answer to a public message goes to its author alone (Meta's private reply: one a comment, within seven days). */
  readonly via?: 'private-reply';
  /** sha256 of the citizen's text when the draft was approved; another text voids the approval. */
  readonly textHash: string;
}

/** May the platform's API carry an answer? `hand`: a person opens the platform and marks it as answered. */
export type Capability =
  | { readonly by: 'api' }
  | { readonly by: 'hand'; readonly reason: { readonly id: string; readonly en: string } };

/**
 * What a send call brought. `unknown` covers everything that may have been published. `broken`: the refusal was about
 * the channel and not about this message; it stops until a person has seen to it.
 */
export type Outcome =
  | { readonly kind: 'accepted'; readonly nativeId: string; readonly url: string | null }
  | {
      readonly kind: 'not-now';
      readonly reason: string;
      readonly retryAfterMs: number;
      readonly broken?: BrokenReason;
    }
  | {
      readonly kind: 'never';
      readonly reason: string;
      readonly platformWords: string;
      readonly broken?: BrokenReason;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What is wrong with the channel, when a send was refused for it; null: nothing that we know. */
export function channelFault(
  outcome: Outcome,
): { readonly reason: BrokenReason; readonly platformWords: string } | null {
  if ((outcome.kind !== 'not-now' && outcome.kind !== 'never') || !outcome.broken) return null;
  const platformWords = outcome.kind === 'never' ? outcome.platformWords : outcome.reason;
  return { reason: outcome.broken, platformWords };
}

/** How far a sent reply got, by what the platform told us afterwards. Only ever forward. */
export const deliveryStates = ['sent', 'delivered', 'read', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What a platform tells of a message of ours after the send call, in any order and more than once. */
export interface SendReport {
  /** What we gave along with the send call; null where the platform hands nothing back. */
  readonly reference: string | null;
  readonly nativeId: string;
  readonly state: DeliveryState;
  readonly at: Date;
  /** The platform's words for a failure. */
  readonly words: string | null;
  /** The failure is the channel's, as in {@link Outcome}. */
  readonly broken?: BrokenReason;
}

/** One try at sending. At most one is ever open per reply. */
export interface Attempt {
  readonly number: number;
  /** Worker that holds it. */
  readonly owner: string;
  readonly startedAt: Date;
  readonly deadline: Date;
}

interface ReplyEvent {
  readonly at: Date;
  readonly by: UserId;
  readonly from: ReplyState | null;
  readonly to: ReplyState;
  readonly note: string | null;
}

/** A reply from draft to sent. This document is the outbox entry. */
export interface Reply {
  readonly _id: ReplyId;
  readonly caseId: CaseNumber;
  readonly target: ReplyTarget;
  readonly state: ReplyState;
  /** True in openReplyStates; indexed with the target's mention. Kept by the store, never set by hand. */
  readonly open: boolean;
  readonly text: string;
  /** What the text was before each edit, oldest first; absent on a reply that was never edited. */
  readonly earlier?: readonly {
    readonly revision: number;
    readonly text: string;
    /** Who replaced it, and when. */
    readonly by: UserId;
    readonly at: Date;
  }[];
  /** Grows with each edit of the text. */
  readonly revision: number;
  /** Grows with every write; every move names the version it saw. */
  readonly version: number;
  /** Everybody who wrote, edited or submitted it, or gave the agency's answer; none of them may approve it. */
  readonly authors: readonly UserId[];
  /** Explicit "balasan lanjutan": written knowing that the message was answered before. */
  readonly followUp?: boolean;
  /**
   * The case whose receipt this is (design rule 4). It holds no place at its message, so that the answer can be written
   * meanwhile; unique, so that a case gets one.
   */
  readonly acknowledges?: CaseNumber;
  /** Who confirmed what a correction says, and when he did: a correction does not go out without it. */
  readonly confirmation?: { readonly who: string; readonly at: Date; readonly recordedBy: UserId } | null;
  readonly situation: string | null;
  readonly templateId: string | null;
  /** Set while approved or later; `hash` binds text, target and revision. */
  readonly approval: { readonly by: UserId; readonly at: Date; readonly hash: string } | null;
  readonly releasedBy: UserId | null;
  /** Not sent before (30 s hold after release, or the platform's retry time). */
  readonly notBefore: Date | null;
  readonly attempt: Attempt | null;
  /** How often the platform said "not now" since release. */
  readonly postponed: number;
  /** When reconcile looks (again) for an `unknown` reply on the platform. */
  readonly lookAt: Date | null;
  readonly looks: number;
  readonly sent: {
    readonly nativeId: string | null;
    readonly url: string | null;
    readonly at: Date;
    /** `look`: found on the platform after an unclear send; `hand`: a person sent it and marked it. */
    readonly by: 'answer' | 'look' | 'hand';
  } | null;
  /** How far it got, where the platform tells. */
  readonly delivery?: { readonly state: DeliveryState; readonly at: Date };
  /** Why it was voided, returned, refused or failed; people's words or the platform's. */
  readonly reason: string | null;
  /** Written by the demo's simulated staff ("peran demo"). */
  readonly byDemoRole: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly history: readonly ReplyEvent[];
}
