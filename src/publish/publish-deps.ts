import type { Clock } from '../core/clock.ts';
import type { ChannelBrokenError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { CaseNumber, ChannelId, MentionId, ReplyId } from '../domain/ids.ts';
import type { Attempt, Reply, ReplyTarget } from '../domain/reply.ts';
import type { ReplyMove } from '../domain/reply-move.ts';
import type { Connector } from '../platforms/connector.ts';

/** Steps of sending, by name, for tests that let a process die right there. */
export const failpoints = ['loaded', 'looked', 'claimed', 'before-post', 'after-post', 'settled'] as const;
export type Failpoint = (typeof failpoints)[number];

/** Whether anything may leave on this channel right now: stop switch, and the channel's own sending and health. */
export type Leave = { readonly ok: true } | { readonly ok: false; readonly why: 'stopped' | 'channel' };

/** Our own posts under a message, as polls have stored them. */
export interface StoredOwnPosts {
  /** Every own post up to here is stored. Null: the channel's polls do not read all of them. */
  readonly until: Date | null;
  readonly posts: readonly {
    readonly nativeId: string;
    readonly url: string | null;
    readonly postedAt: Date;
  }[];
}

export interface PublishDeps {
  readonly clock: Clock;
  /** Milliseconds that never jump, for the deadline within this process. */
  readonly monotonicNow: () => number;
  readonly log: Log;
  /** Name of this worker, unique among all that run. */
  readonly owner: string;
  readonly connectorFor: (id: ChannelId) => Connector | null;
  readonly findReply: (id: ReplyId) => Promise<Reply | null>;
  /** Every reply to the message or in its thread, in any state: who is an own post from? */
  readonly repliesAround: (target: {
    readonly mentionId: MentionId;
    readonly threadNativeId: string;
  }) => Promise<readonly Reply[]>;
  /** Reads the stop switch and the channel afresh. */
  readonly mayLeave: (id: ChannelId) => Promise<Leave>;
  /** When the citizen wrote; answers by hand are looked for from then on. Null: the case is gone. */
  readonly caseOpenedAt: (id: CaseNumber) => Promise<Date | null>;
  /** What polls have stored of our own posts. */
  readonly storedOwnPosts: (target: ReplyTarget) => Promise<StoredOwnPosts>;
  /** Whether sending it answers the case; a receipt or a question does not. */
  readonly answersCase: (reply: Reply) => boolean;
  /** Whether this text may stand in public: a secret case gets the locked text only. */
  readonly mayBePublic: (reply: Reply) => Promise<boolean>;
  /** Whether exactly this receipt may still leave: two persons stand behind its text. */
  readonly isInForce: (acknowledgement: Reply) => Promise<boolean>;
  readonly claim: (id: ReplyId, version: number, attempt: Attempt, now: Date) => Promise<Reply | null>;
  /** One step and the case that it answers, in one transaction; null when the reply changed. */
  readonly move: (move: ReplyMove) => Promise<Reply | null>;
  /** Somebody answered by hand: the case is answered outside of Tanggap. Safe to call again. */
  readonly markAnsweredOutside: (
    id: CaseNumber,
    answer: { readonly postedAt: Date; readonly url: string | null },
  ) => Promise<void>;
  /** The platform says that the channel needs a person. */
  readonly channelBroke: (
    id: ChannelId,
    broken: Pick<ChannelBrokenError, 'reason' | 'platformWords'>,
  ) => Promise<void>;
  readonly failpoint?: (step: Failpoint) => void;
}
