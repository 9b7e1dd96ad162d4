import type { FoundPost, Media } from '../../domain/mention.ts';
import type { Attachment, FacebookComment, FacebookPost } from './schema.ts';

export interface OwnPage {
  readonly id: string;
  readonly name: string;
}

/** A post whose comments are read, as far as its comments need it. */
export interface PostAbove {
  readonly id: string;
  readonly text: string;
  /** Somebody else's post on our wall. */
  readonly visitor: boolean;
}

/** `{page}_{post}` and `{post}` are one object; endpoints hand back either. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('_') + 1);
}

/** One form for each comment, whatever form the answer had: `{post}_{comment}`. */
export function commentId(postId: string, id: string): string {
  return `${lastSegment(postId)}_${lastSegment(id)}`;
}

/** One form for each post: `{page}_{post}`. */
export function postId(page: OwnPage, id: string): string {
  return `${page.id}_${lastSegment(id)}`;
}

const shared = { platform: 'facebook', version: 0, quoted: null, language: null } as const;

export function toFoundComment(
  page: OwnPage,
  above: PostAbove,
  { item, raw }: { readonly item: FacebookComment; readonly raw: unknown },
): FoundPost {
  const nativeId = commentId(above.id, item.id);
  // Meta has two levels: the parent of a reply is the top comment. Under somebody else's post the thread is that post.
  const parentComment = item.parent ? commentId(above.id, item.parent.id) : null;
  const parentNativeId = parentComment ?? (above.visitor ? above.id : null);
  return {
    ...shared,
    nativeId,
    latestNativeId: nativeId,
    text: item.message,
    author: authorOf(item.from),
    byUs: item.from?.id === page.id,
    url: item.permalink_url ?? null,
    postedAt: item.postedAt,
    reach: parentNativeId === null ? 'comment' : 'comment-reply',
    parentNativeId,
    threadNativeId: above.visitor ? above.id : (parentComment ?? nativeId),
    ownPost: above.visitor ? null : { nativeId: above.id, text: above.text },
    hidden: item.is_hidden,
    media: item.attachment ? toMedia([item.attachment]) : [],
    raw,
  };
}

export function toFoundPost(
  id: string,
  reach: 'visitor-post' | 'tag',
  { item, raw }: { readonly item: FacebookPost; readonly raw: unknown },
): FoundPost {
  return {
    ...shared,
    nativeId: id,
    latestNativeId: id,
    text: item.message,
    author: authorOf(item.from),
    byUs: false,
    url: item.permalink_url ?? null,
    postedAt: item.postedAt,
    reach,
    parentNativeId: null,
    threadNativeId: id,
    ownPost: null,
    hidden: item.is_hidden,
    media: toMedia(item.attachments?.data ?? []),
    raw,
  };
}

function authorOf(from: FacebookComment['from']): FoundPost['author'] {
  return { id: from?.id ?? null, handle: null, name: from?.name ?? null };
}

function toMedia(attachments: readonly Attachment[]): Media[] {
  return attachments.map(({ type, media_type, media }) => {
    const kind = media_type ?? type ?? '';
    const url = media?.image?.src ?? null;
    if (kind.startsWith('photo')) return { type: 'photo', id: null, url };
    return { type: kind.startsWith('video') ? 'video' : 'other', id: null, url };
  });
}
