import type { Clock } from '../core/clock.ts';
import { asError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Channel } from '../domain/channel.ts';
import { type MentionId, mentionId } from '../domain/ids.ts';
import type { FoundPost, Mention } from '../domain/mention.ts';
import type { Rejected } from '../platforms/connector.ts';
import { longestText, newestOfEach, rawText, toMention } from './intake.ts';
import { cameLate, lateAfterMs } from './late.ts';

/** An own post that answers a citizen's message, for the check of answers given by hand. */
export interface OwnAnswer {
  readonly id: MentionId;
  readonly nativeId: string;
  readonly parentId: MentionId;
  readonly text: string;
  readonly url: string | null;
  readonly postedAt: Date;
}

export interface IngestDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly tokens: (text: string) => string[];
  /** Stores each mention once; tells new from changed. */
  readonly store: (
    mentions: readonly Mention[],
  ) => Promise<{ added: readonly MentionId[]; changed: readonly MentionId[] }>;
  readonly quarantine: (
    items: readonly { source: string; nativeId: string | null; reason: string; raw: string }[],
  ) => Promise<void>;
  /** The citizen's words or their visibility changed: approvals that were given for them are void. */
  readonly onChanged: (ids: readonly MentionId[]) => Promise<void>;
  /** Stores answers of our own account and acts on those that no reply of ours explains. */
  readonly onOwnAnswers: (channel: Channel, answers: readonly OwnAnswer[]) => Promise<void>;
  /** From which delay a message counts as late; absent: 15 minutes. */
  readonly lateAfterMs?: number;
  /** May fail (queue away): the sweeper finds the work in the database. */
  readonly enqueueClassify: (ids: readonly MentionId[]) => Promise<void>;
}

export interface Ingested {
  readonly found: number;
  readonly added: number;
  readonly changed: number;
  readonly rejected: number;
}

function toOwnAnswer(post: FoundPost): OwnAnswer | null {
  if (post.parentNativeId === null) return null;
  return {
    id: mentionId(post.platform, post.nativeId),
    nativeId: post.nativeId,
    parentId: mentionId(post.platform, post.parentNativeId),
    text: post.text,
    url: post.url,
    postedAt: post.postedAt,
  };
}

/**
 * Takes in one page: stores citizens' posts once, puts what cannot be read into quarantine, notes our own answers, and
 * queues the rest for classification. Everything is in the database before anything is queued; safe to run twice and
 * side by side on the same page.
 */
export async function ingest(
  deps: IngestDeps,
  channel: Channel,
  page: {
    readonly posts: readonly FoundPost[];
    readonly rejected: readonly Rejected[];
    /** The platform brought it by itself. */
    readonly delivered?: true;
  },
): Promise<Ingested> {
  const now = deps.clock.now();
  const tooLong = page.posts.filter((post) => !post.byUs && post.text.length > longestText);
  const citizens = page.posts.filter((post) => !post.byUs && post.text.length <= longestText);
  await deps.quarantine([
    ...page.rejected.map((item) => ({
      source: channel._id,
      nativeId: item.nativeId,
      reason: item.reason,
      raw: rawText(item.raw),
    })),
    ...tooLong.map((post) => ({
      source: channel._id,
      nativeId: post.nativeId,
      reason: `Teks lebih panjang dari ${longestText} huruf / text longer than ${longestText} characters`,
      raw: rawText(post.raw),
    })),
  ]);

  const how = { delivered: page.delivered ?? false, lateAfterMs: deps.lateAfterMs ?? lateAfterMs };
  const mentions = newestOfEach(
    citizens.map((post) => ({
      ...toMention(post, { channel, now, tokens: deps.tokens }),
      ...(cameLate(post, channel, now, how) && { late: true }),
    })),
  );
  const { added, changed } = await deps.store(mentions);
  if (changed.length > 0) await deps.onChanged(changed);
  const own = page.posts.filter((post) => post.byUs).map(toOwnAnswer);
  await deps.onOwnAnswers(
    channel,
    own.filter((answer) => answer !== null),
  );

  const archived = new Set(mentions.filter((mention) => mention.archived).map((mention) => mention._id));
  const work = [...added, ...changed].filter((id) => !archived.has(id));
  try {
    await deps.enqueueClassify(work);
  } catch (error) {
    deps.log.warn('queue away, the sweeper will pick the work up', {
      channelId: channel._id,
      error: asError(error),
    });
  }
  return {
    found: citizens.length + tooLong.length,
    added: added.length,
    changed: changed.length,
    rejected: page.rejected.length + tooLong.length,
  };
}
