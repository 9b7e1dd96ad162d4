import type { MentionId, PlatformId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Mentions } from './mentions.ts';

/** What is read of a citizen's earlier messages. */
export type Earlier = Pick<
  Mention,
  '_id' | 'platform' | 'author' | 'text' | 'threadNativeId' | 'caseId' | 'postedAt'
>;

const fields = { platform: 1, author: 1, text: 1, threadNativeId: 1, caseId: 1, postedAt: 1 } as const;

/** A person with more messages than this is read back less far. */
const readAtMost = 2_000;

/** Messages of these citizens since then that belong to a case, newest first. */
export function earlierMessagesOf(
  mentions: Mentions,
  platform: PlatformId,
  authorIds: readonly string[],
  since: Date,
): Promise<Earlier[]> {
  return mentions
    .find({
      platform,
      'author.id': { $in: [...authorIds] },
      postedAt: { $gte: since },
      caseId: { $ne: null },
    })
    .sort({ postedAt: -1 })
    .limit(readAtMost)
    .project<Earlier>(fields)
    .toArray();
}

/**
 * What must be judged before these messages and still waits itself: the messages that they answer, and earlier ones of
 * the same citizen in the same thread.
 */
export async function waitingBefore(mentions: Mentions, later: readonly Mention[]): Promise<Mention[]> {
  const inThreads = later.filter((mention) => mention.threadNativeId !== mention.nativeId);
  if (inThreads.length === 0) return [];
  const parents: MentionId[] = inThreads.flatMap((mention) => mention.parentId ?? []);
  const sameAuthor = inThreads.flatMap(({ platform, author, threadNativeId, postedAt }) =>
    author.id === null
      ? []
      : [{ platform, 'author.id': author.id, threadNativeId, postedAt: { $lt: postedAt } }],
  );
  return mentions
    .find({ 'work.stage': 'classify', $or: [{ _id: { $in: parents } }, ...sameAuthor] })
    .limit(readAtMost)
    .toArray();
}
