import { voidIfChanged } from '../src/approve/review.ts';
import type { Channel } from '../src/domain/channel.ts';
import type { MentionId } from '../src/domain/ids.ts';
import type { OwnAnswer } from '../src/ingest/ingest.ts';
import { publishDeps } from '../src/joins/publish.ts';
import { reviewDeps } from '../src/joins/review.ts';
import { noteOwnAnswer } from '../src/publish/own-answer.ts';
import type { Services } from '../src/services.ts';
import { auditRecorder } from '../src/store/audit.ts';
import { ownPosts, storeOwnPosts } from '../src/store/own-posts.ts';

/** Citizens edited, hid or deleted messages: what was written or approved for them is taken back. */
export async function noteChangedMentions(services: Services, ids: readonly MentionId[]): Promise<void> {
  const deps = reviewDeps(services, auditRecorder(services.database.db, services.auditKey));
  for (const id of ids) await voidIfChanged(deps, id);
}

/**
 * Answers of our own account that a poll brought. Kept first, so that a message which is classified later knows that it
 * was answered; then those that no reply of ours explains end their case "di luar Tanggap".
 */
export async function noteOwnAnswers(
  services: Services,
  channel: Channel,
  answers: readonly OwnAnswer[],
): Promise<void> {
  await storeOwnPosts(
    ownPosts(services.database.db),
    answers.map(({ id, nativeId, parentId, url, postedAt }) => ({
      _id: id,
      channelId: channel._id,
      nativeId,
      parentId,
      url,
      postedAt,
    })),
  );
  const deps = publishDeps(services);
  for (const { nativeId, parentId, text, url, postedAt } of answers) {
    const parentNativeId = parentId.slice(channel.platform.length + 1);
    await noteOwnAnswer(deps, { nativeId, text, url, postedAt, mentionId: parentId, parentNativeId });
  }
}
