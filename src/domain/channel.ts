import type { BrokenReason } from '../core/errors.ts';
import type { ChannelId, PlatformId } from './ids.ts';

/** Where each stream of a channel stopped: opaque strings that only its connector reads. */
export type Cursors = Readonly<Record<string, string>>;

/** One account of ours on one platform, with its health. */
export interface Channel {
  readonly _id: ChannelId;
  readonly platform: PlatformId;
  /** The account's name as people know it. */
  readonly account: string;
  /** Agency that owns the account (RSUD's own Instagram), null for the regency's. */
  readonly agency: string | null;
  /** `paused` by a person, `broken` by the platform. Neither polls nor sends. */
  readonly state: 'ok' | 'paused' | 'broken';
  readonly broken: {
    readonly reason: BrokenReason;
    readonly platformWords: string;
    readonly since: Date;
  } | null;
  /** Whether replies may leave. Off at first in live mode. */
  readonly sending: boolean;
  /** Posts older than this are stored as archive only. */
  readonly startFrom: Date;
  /** First start with this account. */
  readonly connectedAt: Date;
  readonly cursors: Cursors;
  /** Posts of our own account are all stored up to here, where the platform lets a poll read them all. */
  readonly ownSeenUntil?: Date;
  /** Consecutive failures and when the breaker lets the next call through. */
  readonly breaker: { readonly failures: number; readonly openUntil: Date | null };
  /** The platform's own limit: no call before this. */
  readonly blockedUntil: Date | null;
  /** How much of its allowance of calls the platform said was used, 0..1; absent: it never told. */
  readonly quota?: { readonly used: number; readonly at: Date };
  /** Money in millionths of a US dollar, for platforms that charge; null limit = none. */
  readonly budget: {
    readonly month: string;
    readonly spentMicros: number;
    readonly limitMicros: number | null;
  };
  /** What the platform said of our token at the last probe; absent: never asked. */
  readonly probe?: {
    readonly at: Date;
    readonly expiresAt: Date | null;
    readonly warnings: readonly string[];
  };
  /** What the platform does not deliver by webhook, in words, as of the last look; absent: never looked. */
  readonly refusedFields?: readonly string[];
  readonly lastPolledAt: Date | null;
  readonly lastSuccessAt: Date | null;
}

/** Who may deliver to us for a platform, by webhook. */
export interface WebhookDoor {
  readonly platform: PlatformId;
  /** Secrets of the apps that deliver; one platform may have several (Instagram Login has its own). */
  readonly appSecrets: readonly string[];
  /** What the platform repeats to us when the address is set up. */
  readonly verifyToken: string;
}
