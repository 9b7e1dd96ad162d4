import type { ZodError } from 'zod';
import { prettifyError } from 'zod';
import type { FoundPost, Media, Reach } from '../../domain/mention.ts';
import type { Rejected } from '../connector.ts';
import { keptRaw } from './raw.ts';
import { type ListAnswer, MediaItem, Post, readable, User } from './schema.ts';
import { timeOfId } from './snowflake.ts';
import { typedText, wellFormed } from './text.ts';

export interface Account {
  readonly id: string;
  /** Without @. */
  readonly handle: string;
}

/** What an answer holds beside its posts, by id. */
export interface Includes {
  readonly users: ReadonlyMap<string, User>;
  readonly posts: ReadonlyMap<string, Post>;
  readonly media: ReadonlyMap<string, MediaItem>;
}

export function includesOf(answer: ListAnswer): Includes {
  const { users, tweets, posts, media } = answer.includes ?? {};
  return {
    users: new Map(readable(User, users).map((user) => [user.id, user])),
    posts: new Map(readable(Post, tweets ?? posts).map((post) => [post.id, post])),
    media: new Map(readable(MediaItem, media).map((item) => [item.media_key, item])),
  };
}

export interface Found {
  readonly posts: FoundPost[];
  readonly rejected: Rejected[];
}

/** Reads each post on its own; one that does not fit is rejected with the reason, and the others live. */
export function foundPosts(answer: ListAnswer, account: Account, stream: Stream): Found {
  const includes = includesOf(answer);
  const found: Found = { posts: [], rejected: [] };
  if (answer.data === undefined) return found;
  if (!Array.isArray(answer.data)) {
    found.rejected.push({ nativeId: null, reason: 'data is not a list', raw: keptRaw(answer.data) });
    return found;
  }
  for (const raw of answer.data as readonly unknown[]) {
    const parsed = Post.safeParse(raw);
    if (parsed.success) found.posts.push(foundPost(parsed.data, raw, includes, account, stream));
    else found.rejected.push(rejected(raw, parsed.error));
  }
  return found;
}

/** Where a post was found: the mentions, the own timeline, or a keyword search. */
export type Stream = 'mentions' | 'own' | 'search';

function rejected(raw: unknown, error: ZodError): Rejected {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null;
  const nativeId = typeof id === 'string' && /^[0-9]{1,19}$/.test(id) ? id : null;
  return { nativeId, reason: wellFormed(prettifyError(error)).slice(0, 500), raw: keptRaw(raw) };
}

function foundPost(
  post: Post,
  raw: unknown,
  includes: Includes,
  account: Account,
  stream: Stream,
): FoundPost {
  const history = historyOf(post);
  const author = post.author_id === undefined ? undefined : includes.users.get(post.author_id);
  const parent = referenced(post, 'replied_to', includes);
  const quoted = referenced(post, 'quoted', includes);
  const byUs = stream === 'own' || post.author_id === account.id;
  const handle = author?.username ?? (byUs ? account.handle : null);
  return {
    platform: 'x',
    nativeId: history.first,
    latestNativeId: history.last,
    version: history.length,
    text: textOf(post),
    author: {
      id: post.author_id ?? null,
      handle,
      name: author?.name === undefined ? null : wellFormed(author.name),
    },
    byUs,
    url: handle === null ? null : postUrl(handle, history.last),
    postedAt: post.created_at === undefined ? timeOfId(history.first) : new Date(post.created_at),
    reach: reachOf(post, quoted, account, stream),
    parentNativeId: parent?.nativeId ?? null,
    threadNativeId: post.conversation_id ?? history.first,
    quoted: quoted && { nativeId: quoted.nativeId, text: quoted.text },
    ownPost: parent?.authorId === account.id ? { nativeId: parent.nativeId, text: parent.text } : null,
    hidden: false,
    media: mediaOf(post, includes),
    language: post.lang ?? null,
    raw: keptRaw(raw),
  };
}

export function postUrl(handle: string, id: string): string {
  return `https://x.com/${encodeURIComponent(handle)}/status/${id}`;
}

/** The ids of all versions, oldest and newest. Each edit makes a new id; the first one stays the post's name. */
export function historyOf(post: Post): {
  first: string;
  last: string;
  length: number;
  ids: readonly string[];
} {
  const ids = post.edit_history_tweet_ids ?? post.edit_history_post_ids ?? [post.id];
  return { first: ids[0] ?? post.id, last: ids.at(-1) ?? post.id, length: ids.length, ids };
}

export function parentIdOf(post: Post): string | null {
  return referenceId(post, 'replied_to');
}

function referenceId(post: Post, type: string): string | null {
  const references = post.referenced_tweets ?? post.referenced_posts ?? [];
  return references.find((reference) => reference.type === type)?.id ?? null;
}

export function textOf(post: Post): string {
  const whole = post.note_tweet ?? post;
  return typedText(whole.text, whole.entities ?? post.entities, referenceId(post, 'quoted'));
}

interface Referenced {
  /** The first id of its edit history when it was sent along, else the id named. */
  readonly nativeId: string;
  readonly text: string | null;
  readonly authorId: string | null;
}

function referenced(post: Post, type: string, includes: Includes): Referenced | null {
  const id = referenceId(post, type);
  if (id === null) return null;
  const included = includes.posts.get(id);
  if (!included) return { nativeId: id, text: null, authorId: null };
  return {
    nativeId: historyOf(included).first,
    text: textOf(included),
    authorId: included.author_id ?? null,
  };
}

/** A search find that names or quotes us counts as a mention: X lets us answer it. */
function reachOf(post: Post, quoted: Referenced | null, account: Account, stream: Stream): Reach {
  if (stream !== 'search' || quoted?.authorId === account.id) return 'mention';
  const handle = account.handle.toLowerCase();
  const named = post.entities?.mentions ?? [];
  return named.some(({ username, id }) => id === account.id || username.toLowerCase() === handle)
    ? 'mention'
    : 'search';
}

function mediaOf(post: Post, includes: Includes): Media[] {
  return (post.attachments?.media_keys ?? []).map((key) => {
    const item = includes.media.get(key);
    const type = item?.type === 'photo' || item?.type === 'video' ? item.type : 'other';
    return { type, id: key, url: item?.url ?? item?.preview_image_url ?? null };
  });
}
