import { MINUTE } from '../core/clock.ts';

import type { Snooze } from './case.ts';
import type { Classification, Kind, Place } from './classification.ts';

import type { CaseNumber, ChannelId, MentionId, PlatformId } from './ids.ts';

/** A citizen as the platform shows him; each part may be missing (privacy, missing permission). */
interface Author {
  readonly id: string | null;
  readonly handle: string | null;
  readonly name: string | null;
  /** A second id of the same person, where the platform has two (WhatsApp: the business-scoped id). */
  readonly alias?: string | null;
  /** He left a mail address or a telephone with us; it is kept apart (store/site-reports.ts). */
  readonly leftContact?: true;
}

export interface Media {
  readonly type: 'photo' | 'video' | 'other';
  /** A platform's media id, or null when only a link is given. */
  readonly id: string | null;
  readonly url: string | null;
}

/**
 * How a post reached us. Decides whether it can be answered through the platform:
 * `mention` (names or quotes us) · `search` (keyword find, does not name us) · `comment` (top level, under a post of
 * ours) · `comment-reply` (answers a comment) · `visitor-post` · `tag` (we are tagged in somebody's media) ·
 * `import` (came in a file) · `private` (a message to us alone: nobody else can read it or its answer).
 */
export type Reach =
  | 'mention'
  | 'search'
  | 'comment'
  | 'comment-reply'
  | 'visitor-post'
  | 'tag'
  | 'import'
  | 'private';

/** What the citizen himself said on a form of ours. His word stands over the classifier's. */
export interface Declared {
  readonly kind: Extract<Kind, 'pengaduan' | 'aspirasi' | 'permintaan_informasi'>;
  /** Null: he named none. */
  readonly place: Place | null;
  /** LAPOR's *rahasia*: the text itself is not public. */
  readonly secret: boolean;
  /** LAPOR's *anonim*: who he is stays hidden. */
  readonly anonymous: boolean;
}

/** One post as a connector found it: already parsed, not yet stored. */
export interface FoundPost {
  readonly platform: PlatformId;
  /** Stable over edits (X: the first id of the edit history). */
  readonly nativeId: string;
  /** The id that a reply must name now (X: the newest id of the edit history). Mostly equal to nativeId. */
  readonly latestNativeId: string;
  /** Grows with each edit where the platform numbers them, else 0. */
  readonly version: number;
  readonly text: string;
  readonly author: Author;
  /** Written by the account of this channel. Such posts never become mentions. */
  readonly byUs: boolean;
  readonly url: string | null;
  readonly postedAt: Date;
  readonly reach: Reach;
  /** Native id of the post or comment that this one answers; null at the top. */
  readonly parentNativeId: string | null;
  /** Native id of the whole thread (X: conversation_id; Meta: the top-level comment or the post itself). */
  readonly threadNativeId: string;
  /** The post that it quotes (X). */
  readonly quoted: { readonly nativeId: string; readonly text: string | null } | null;
  /** The post of ours that it stands under, when there is one. */
  readonly ownPost: { readonly nativeId: string; readonly text: string | null } | null;
  readonly hidden: boolean;
  readonly media: readonly Media[];
  readonly language: string | null;
  /** Until when the platform takes free text as an answer; absent: no such limit. */
  readonly replyUntil?: Date;
  readonly declared?: Declared;
  /** What the platform sent, kept once. */
  readonly raw: unknown;
}

/** How long the queue has for a classification before the sweeper steps in, in milliseconds. */
export const classifyWithinMs = 2 * MINUTE;

/** Where the work on a mention stands; `dueAt` is when the sweeper looks again. */
interface Work {
  readonly stage: 'classify' | 'done' | 'quarantined';
  readonly dueAt: Date | null;
  readonly tries: number;
  /** Judged again, and about to be part of this case: until it is, nobody else decides about it. */
  readonly opens?: CaseNumber;
}

/** A public post or comment that concerns us, stored. */
export interface Mention {
  readonly _id: MentionId;
  readonly platform: PlatformId;
  readonly channelId: ChannelId;
  readonly nativeId: string;
  readonly latestNativeId: string;
  readonly version: number;
  /** Grows with every change that makes a new classification necessary; fences slow classifiers. */
  readonly revision: number;
  readonly text: string;
  /** Normalised words for search. */
  readonly tokens: readonly string[];
  readonly author: Author;
  readonly url: string | null;
  readonly reach: Reach;
  readonly parentId: MentionId | null;
  /** Native id of the thread. */
  readonly threadNativeId: string;
  readonly quoted: FoundPost['quoted'];
  readonly ownPost: FoundPost['ownPost'];
  readonly hidden: boolean;
  readonly media: readonly Media[];
  readonly language: string | null;
  /** Until when the platform takes free text as an answer; absent: no such limit. */
  readonly replyUntil?: Date;
  readonly declared?: Declared;
  /** What the platform sent, as JSON text (BSON forbids some keys and depths), cut at 64 kB. */
  readonly raw: string;
  readonly postedAt: Date;
  readonly receivedAt: Date;
  /** Written while its channel gave nothing, seen only when it did again. */
  readonly late?: true;
  readonly edits: readonly { readonly text: string; readonly version: number; readonly replacedAt: Date }[];
  readonly deletedAt: Date | null;
  /** When we last asked the platform whether it still stands there as stored; absent: never. */
  readonly lookedAt?: Date;
  /** Older than the channel's `startFrom`: stored, but no case, clock or draft ever. */
  readonly archived: boolean;
  readonly classification: Classification | null;
  readonly caseId: CaseNumber | null;
  readonly work: Work;
  /** "Ingatkan nanti" of a message without a case. */
  readonly snooze?: Snooze | null;
}
