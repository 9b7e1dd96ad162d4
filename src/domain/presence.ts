import type { UserId } from './ids.ts';

/** What somebody does with what he has open. `meninjau`: decides on a draft of it. */
export const doings = ['membaca', 'menulis', 'meninjau'] as const;
type Doing = (typeof doings)[number];

/** Somebody has a thread or a reply open, until `until` unless he says so again. */
export interface Presence {
  /** Case number, message id or reply id. */
  readonly subject: string;
  readonly user: UserId;
  readonly name: string;
  readonly doing: Doing;
  readonly until: Date;
}
