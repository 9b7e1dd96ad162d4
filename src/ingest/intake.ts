import type { Channel } from '../domain/channel.ts';
import { mentionId } from '../domain/ids.ts';
import { classifyWithinMs, type FoundPost, type Mention } from '../domain/mention.ts';

/** Longer than any platform's longest post; what is longer is no message but an attack. In UTF-16 units. */
export const longestText = 100_000;
const longestRaw = 64 * 1024;

/** JSON text of what a platform sent, cut, never throwing (depth, cycles, lone surrogates). */
export function rawText(raw: unknown): string {
  try {
    const text = JSON.stringify(raw) ?? 'null';
    return text.length > longestRaw ? `${text.slice(0, longestRaw)}… (cut at 64 kB)` : text;
  } catch (error) {
    return `(not serialisable: ${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Text as it can be stored and compared: no lone surrogates, no NUL. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

export interface IntakeContext {
  readonly channel: Pick<Channel, '_id' | 'startFrom'>;
  readonly now: Date;
  readonly tokens: (text: string) => string[];
}

/** A found post as the mention that is stored for it. Older than `startFrom`: archive, no work ever. */
export function toMention(post: FoundPost, { channel, now, tokens }: IntakeContext): Mention {
  const text = storable(post.text);
  const archived = post.postedAt < channel.startFrom;
  return {
    _id: mentionId(post.platform, post.nativeId),
    platform: post.platform,
    channelId: channel._id,
    nativeId: post.nativeId,
    latestNativeId: post.latestNativeId,
    version: post.version,
    revision: 1,
    text,
    tokens: tokens(text),
    author: {
      id: post.author.id,
      handle: post.author.handle && storable(post.author.handle).slice(0, 200),
      name: post.author.name && storable(post.author.name).slice(0, 200),
      ...(post.author.alias && { alias: post.author.alias }),
    },
    url: post.url,
    reach: post.reach,
    parentId: post.parentNativeId === null ? null : mentionId(post.platform, post.parentNativeId),
    threadNativeId: post.threadNativeId,
    quoted: post.quoted && { ...post.quoted, text: post.quoted.text && storable(post.quoted.text) },
    ownPost: post.ownPost && { ...post.ownPost, text: post.ownPost.text && storable(post.ownPost.text) },
    hidden: post.hidden,
    media: post.media,
    language: post.language,
    ...(post.replyUntil && { replyUntil: post.replyUntil }),
    ...(post.declared && { declared: post.declared }),
    raw: rawText(post.raw),
    postedAt: post.postedAt,
    receivedAt: now,
    edits: [],
    deletedAt: null,
    archived,
    classification: null,
    caseId: null,
    work: archived
      ? { stage: 'done', dueAt: null, tries: 0 }
      : { stage: 'classify', dueAt: new Date(now.getTime() + classifyWithinMs), tries: 0 },
  };
}

/** The newest version of each post, in the order of first appearance: one bulk write may name an id only once. */
export function newestOfEach(mentions: readonly Mention[]): Mention[] {
  const byId = new Map<string, Mention>();
  for (const mention of mentions) {
    const seen = byId.get(mention._id);
    if (!seen || mention.version > seen.version) byId.set(mention._id, mention);
  }
  return [...byId.values()];
}
