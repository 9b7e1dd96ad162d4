import { createHash } from 'node:crypto';
import { RefusedError } from '../../core/errors.ts';
import type { CapturedVia } from '../../domain/desk-words.ts';
import { type ChannelId, channelId } from '../../domain/ids.ts';
import type { FoundPost } from '../../domain/mention.ts';
import { toMention } from '../../ingest/intake.ts';
import { type LinkedPost, readLink } from '../../platforms/links.ts';
import { listChannels } from '../../store/channels.ts';
import { findMention, mentions, storeMentions } from '../../store/mentions.ts';
import { searchTokens } from '../../text/search-tokens.ts';
import { caller } from '../context.ts';
import type { Asked } from './change.ts';

export interface Captured {
  readonly key: string;
  readonly text: string;
  readonly url?: string | undefined;
  readonly via: CapturedVia;
  readonly authorName?: string | undefined;
  readonly writtenAt?: Date | undefined;
}

/** Where messages go that came through no channel of ours. */
const office = channelId('manual', 'kantor');

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** A link without what trackers hang on it. */
function bare(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host.toLowerCase()}${pathname.replace(/\/+$/, '')}`;
}

function postOf(wish: Captured, linked: LinkedPost | null, now: Date): FoundPost {
  const nativeId =
    linked?.nativeId ?? short(wish.url === undefined ? `key ${wish.key}` : `url ${bare(wish.url)}`);
  return {
    platform: linked?.platform ?? 'manual',
    nativeId,
    latestNativeId: nativeId,
    version: 0,
    text: wish.text,
    author: { id: null, handle: linked?.handle ?? null, name: wish.authorName ?? null },
    byUs: false,
    url: wish.url ?? null,
    postedAt: wish.writtenAt ?? linked?.postedAt ?? now,
    reach: 'import',
    parentNativeId: null,
    threadNativeId: nativeId,
    quoted: null,
    ownPost: null,
    hidden: false,
    media: [],
    language: null,
    raw: { via: wish.via },
  };
}

async function channelFor({ deps }: Asked, linked: LinkedPost | null): Promise<ChannelId> {
  if (!linked) return office;
  const all = await listChannels(deps.db);
  return all.find((one) => one.platform === linked.platform)?._id ?? office;
}

/**
 * "Catat aduan": stores what reached the office by phone, letter or a link, and queues it for classification. The id comes
 * from the link where it names the post, so that a poll that finds it too finds the same message; else from the link's or
 * the caller's key, so that a double click is one message.
 */
export async function captureBy(asked: Asked, wish: Captured) {
  const user = caller(asked);
  const { db, clock, recordAudit, queueClassify } = asked.deps;
  const now = clock.now();
  if (wish.writtenAt && wish.writtenAt > now) {
    throw new RefusedError('invalid', {
      id: 'Waktu menulis tidak boleh di masa depan.',
      en: 'The time of writing cannot be in the future.',
    });
  }
  const linked = wish.url === undefined ? null : readLink(wish.url);
  const channel = { _id: await channelFor(asked, linked), startFrom: new Date(0) };
  const mention = toMention(postOf(wish, linked, now), { channel, now, tokens: searchTokens });
  const known = await findMention(mentions(db), mention._id);
  // What the platform itself said stays; typed text never becomes an "edit" of it.
  const { added } = known ? { added: [] } : await storeMentions(mentions(db), [mention], now);
  if (added.length > 0) {
    const fields = { via: wish.via, linked: linked !== null };
    await recordAudit({ at: now, by: user._id, act: 'mention.capture', subject: mention._id, fields });
    await queueClassify(added);
  }
  return { mentionId: mention._id, added: added.length > 0, caseNumber: known?.caseId ?? null };
}
