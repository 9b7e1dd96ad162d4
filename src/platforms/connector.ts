import type { Cursors } from '../domain/channel.ts';
import type { ChannelId, PlatformId } from '../domain/ids.ts';
import type { FoundPost, Media } from '../domain/mention.ts';
import type { Capability, Outcome, ReplyTarget, SendReport } from '../domain/reply.ts';

/** A part of a platform's answer that did not parse. Goes to quarantine with the reason. */
export interface Rejected {
  readonly nativeId: string | null;
  readonly reason: string;
  readonly raw: unknown;
}

/** One page of a poll, in the platform's own order. */
export interface Page {
  /** Citizens' posts and our own (`byUs`), as found. */
  readonly posts: readonly FoundPost[];
  readonly rejected: readonly Rejected[];
  /** Cursors that are safe to store once this page and all pages before it are stored. Null: none yet. */
  readonly advance: Cursors | null;
  /** What the page cost: calls made, and money in millionths of a US dollar. */
  readonly cost: { readonly calls: number; readonly micros: number };
  /** No call before this time, when the platform's limit is (nearly) used up. */
  readonly blockedUntil: Date | null;
  /** How much of the platform's own allowance of calls is used, 0..1; absent where it does not tell. */
  readonly quotaUsed?: number;
  /**
   * Set when this page and those before it have handed over everything that our account wrote until then (but for the
   * platform's own delay). Absent where a poll does not read all own posts.
   */
  readonly ownSeenUntil?: Date;
  /** Posts may have been missed (page cap, reach of the platform): said in words, for the coverage ledger. */
  readonly gap: string | null;
}

export interface PollOptions {
  readonly signal: AbortSignal;
  /** `deep`: the nightly sweep, without trusting cursors. */
  readonly depth: 'normal' | 'deep';
  /** The first poll of a channel goes back to here; older posts may still be handed over. */
  readonly startFrom: Date;
}

/** The citizen's message as it stands on the platform now. */
export type TargetNow =
  | {
      readonly state: 'present';
      readonly text: string;
      readonly hidden: boolean;
      readonly latestNativeId: string;
    }
  | { readonly state: 'gone' }
  /** The platform shows it to nobody (private messages): what is stored is all that is known. */
  | { readonly state: 'unseen' };

/** A reply of our own account that stands under a message. */
export interface OwnReply {
  readonly nativeId: string;
  readonly text: string;
  readonly url: string | null;
  readonly postedAt: Date;
}

/** What one delivery (webhook) of a platform brought for one account. */
export interface Received {
  /** Places in the delivery's `entry` list that are about this account. */
  readonly ours: readonly number[];
  readonly posts: readonly FoundPost[];
  readonly rejected: readonly Rejected[];
  /** Native ids of messages that are not there any more. */
  readonly removed: readonly string[];
  /** What became of messages that we sent. */
  readonly reports: readonly SendReport[];
}

/** One reply on its way out. */
export interface Send {
  readonly target: ReplyTarget;
  readonly text: string;
  /** Ours, at most 100 characters; a platform that can hands it back with its reports on the message. */
  readonly reference: string;
}

/** What came of a look at the webhook subscription, in words for people. */
export interface Subscribed {
  /** What had to be repaired. */
  readonly repaired: readonly string[];
  /** What the platform does not deliver, and what that means. */
  readonly refused: readonly string[];
}

/** A picture as it came from the platform; never stored. */
export interface MediaFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A message to somebody who did not write to us. */
export interface TemplateNotice {
  readonly to: string;
  /** Name of a template that the platform approved, and the variables of its body. */
  readonly template: string;
  readonly variables: readonly string[];
  readonly reference: string;
}

/** What a look at our own replies brought. */
export interface OwnLook {
  readonly replies: readonly OwnReply[];
  /**
   * From here until now nothing of ours was left out (but for the platform's own delay). Later than asked for when its
   * list does not reach so far: then a reply that is not among them may be there all the same.
   */
  readonly completeFrom: Date;
}

export interface Hiding {
  /** From what is stored about the message, without a call. */
  fits(message: Pick<ReplyTarget, 'reach'>): boolean;
  /** Safe to run again. @throws {PermanentError} when it is gone or the platform refuses */
  set(nativeId: string, hidden: boolean, signal: AbortSignal): Promise<void>;
}

/** Whether the token works, as far as the platform tells. */
export interface Probe {
  readonly account: { readonly id: string; readonly name: string };
  readonly expiresAt: Date | null;
  readonly warnings: readonly string[];
}

/**
 * One account on one platform. Holds no state that a restart may not lose, retries nothing by itself, and refuses what
 * it cannot parse into `rejected`. A method that is absent is something the platform cannot do.
 *
 * Every method but `measure` and `capability` may throw {@link RateLimitedError}, {@link TransientError},
 * {@link PermanentError} or {@link ChannelBrokenError} (src/core/errors.ts); `reply` throws nothing: every end of a send
 * is an {@link Outcome}.
 */
export interface Connector {
  readonly platform: PlatformId;
  readonly channelId: ChannelId;
  /** Length as the platform counts it, and its limit. */
  measure(text: string): { readonly used: number; readonly limit: number };
  /** Until when the author of this public message can be answered in private, once. Absent or null: never. */
  privateReplyUntil?(message: Pick<ReplyTarget, 'reach' | 'hidden'>, postedAt: Date): Date | null;
  /** From what is stored about the target, without a call. */
  capability(target: ReplyTarget): Capability;
  /** What our own records add when that said `api` (whether the citizen would ever read it). Absent: nothing. */
  capabilityNow?(target: ReplyTarget): Promise<Capability>;
  /** Absent: the platform lists nothing, it only delivers. */
  poll?(cursors: Cursors, options: PollOptions): AsyncIterable<Page>;
  /** Reads a delivery whose signature was checked. Safe to run again on the same one. */
  receive?(delivery: unknown, signal: AbortSignal): Promise<Received>;
  /** Looks at the citizen's message just before sending. Absent: what is stored is all that anybody can know. */
  inspect?(target: ReplyTarget, signal: AbortSignal): Promise<TargetNow>;
  /** The same for at most 100 messages in one call, by native id; what the platform says nothing about is left out. */
  inspectMany?(targets: readonly ReplyTarget[], signal: AbortSignal): Promise<ReadonlyMap<string, TargetNow>>;
  /** Our own replies under the target written since then, for reconcile and for answers given by hand. */
  ownReplies?(target: ReplyTarget, since: Date, signal: AbortSignal): Promise<OwnLook>;
  /** One POST, no retry. Aborting means `unknown` once the first byte is out. */
  reply(send: Send, signal: AbortSignal): Promise<Outcome>;
  /** Takes a citizen's comment out of everybody's sight, and shows it again. Absent: the platform has no such way. */
  readonly hiding?: Hiding;
  /** Tells a person outside with an approved template; one POST, no retry. Absent: the platform has no such way. */
  notify?(notice: TemplateNotice, signal: AbortSignal): Promise<Outcome>;
  /** A picture of a message, from the platform's own delivery hosts alone. Absent: it gives none. */
  media?(media: Media, signal: AbortSignal): Promise<MediaFile>;
  probe(signal: AbortSignal): Promise<Probe>;
  /** Makes the platform deliver to us, where it does not yet. */
  subscribe?(signal: AbortSignal): Promise<Subscribed>;
  /** Gets a new token when it is time, in use or not. Absent where tokens do not end by themselves. */
  renewToken?(signal: AbortSignal): Promise<void>;
}

/** A connector whose platform can be asked for messages and for our own replies. */
export type PollingConnector = Connector & Required<Pick<Connector, 'poll' | 'inspect' | 'ownReplies'>>;
