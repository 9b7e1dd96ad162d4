import { type CaseNumber, type ReplyId, systemUser, type UserId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Reply, ReplyTarget } from '../domain/reply.ts';
import { citizenTextHash } from '../domain/reply-hash.ts';

/** The citizen's message as a target, as it is now. */
export function targetOf(mention: Mention, parentNativeId: string | null): ReplyTarget {
  return {
    platform: mention.platform,
    channelId: mention.channelId,
    mentionId: mention._id,
    nativeId: mention.latestNativeId,
    threadNativeId: mention.threadNativeId,
    parentNativeId,
    reach: mention.reach,
    hidden: mention.hidden,
    ...(mention.replyUntil && { replyUntil: mention.replyUntil }),
    textHash: citizenTextHash(mention.text),
  };
}

/**
 * A draft before it is stored. An automatic one has `sistem` as its author; a person who writes or submits it becomes
 * one too, and none of them may approve it.
 */
export function newReply(made: {
  readonly id: ReplyId;
  readonly caseId: CaseNumber;
  readonly target: ReplyTarget;
  readonly text: string;
  readonly templateId: string | null;
  readonly situation: string | null;
  readonly authors?: readonly UserId[];
  readonly followUp?: boolean;
  readonly byDemoRole?: boolean;
  readonly now: Date;
}): Omit<Reply, 'open' | 'version'> {
  const { now, authors = [systemUser] } = made;
  return {
    _id: made.id,
    caseId: made.caseId,
    target: made.target,
    state: 'draft',
    text: made.text,
    revision: 1,
    authors,
    followUp: made.followUp ?? false,
    situation: made.situation,
    templateId: made.templateId,
    approval: null,
    releasedBy: null,
    notBefore: null,
    attempt: null,
    postponed: 0,
    lookAt: null,
    looks: 0,
    sent: null,
    reason: null,
    byDemoRole: made.byDemoRole ?? false,
    createdAt: now,
    updatedAt: now,
    history: [{ at: now, by: authors[0] ?? systemUser, from: null, to: 'draft', note: null }],
  };
}
