import type { FoundPost } from '../../domain/mention.ts';
import type { InstagramComment, InstagramMedia } from './schema.ts';

export interface OwnAccount {
  /** The professional account's id (`user_id` of /me). */
  readonly id: string;
  /** Username without @. */
  readonly name: string;
}

/** @param parentId the top-level comment that this one answers; null at the top */
export function toFoundComment(
  account: OwnAccount,
  media: Pick<InstagramMedia, 'id' | 'caption' | 'permalink'>,
  found: { readonly item: InstagramComment; readonly raw: unknown },
  parentId: string | null,
): FoundPost {
  const { item, raw } = found;
  const username = item.from?.username ?? item.username ?? null;
  return {
    platform: 'instagram',
    nativeId: item.id,
    latestNativeId: item.id,
    version: 0,
    text: item.text,
    author: { id: item.from?.id ?? null, handle: username, name: null },
    byUs: isOwn(account, item.from?.id, username),
    url: media.permalink ?? null,
    postedAt: item.postedAt,
    reach: parentId === null ? 'comment' : 'comment-reply',
    parentNativeId: parentId,
    threadNativeId: parentId ?? item.id,
    quoted: null,
    ownPost: { nativeId: media.id, text: media.caption },
    hidden: item.hidden,
    media: [],
    language: null,
    raw,
  };
}

/** Somebody else's media in which the account is tagged. */
export function toFoundTag(
  account: OwnAccount,
  found: { readonly item: InstagramMedia; readonly raw: unknown },
): FoundPost {
  const { item, raw } = found;
  const type = item.media_type === 'VIDEO' ? 'video' : 'photo';
  return {
    platform: 'instagram',
    nativeId: item.id,
    latestNativeId: item.id,
    version: 0,
    text: item.caption,
    author: { id: null, handle: item.username ?? null, name: null },
    byUs: isOwn(account, undefined, item.username ?? null),
    url: item.permalink ?? null,
    postedAt: item.postedAt,
    reach: 'tag',
    parentNativeId: null,
    threadNativeId: item.id,
    quoted: null,
    ownPost: null,
    hidden: false,
    media: [{ type, id: item.id, url: null }],
    language: null,
    raw,
  };
}

/** Either sign is enough: `from` may be missing, and usernames may change between two answers. */
export function isOwn(account: OwnAccount, id: string | undefined, username: string | null): boolean {
  return id === account.id || username?.toLowerCase() === account.name.toLowerCase();
}
