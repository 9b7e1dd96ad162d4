import type { AccessSwitches } from '../graph/access.ts';
import type { GraphState } from '../graph/start.ts';

/** Switches of the Page simulator, beside those of every Graph simulator. */
export interface FacebookSwitches extends AccessSwitches {
  /** `from` is left out of what citizens wrote, as without Advanced Access. */
  withoutFrom: boolean;
  /** The feed's order is not that of time. */
  rankedFeed: boolean;
  /** Told by /debug_token; null: never. */
  expiresAt: Date | null;
  /** Told by /debug_token. */
  scopes: readonly string[];
}

export type FacebookState = GraphState<FacebookSwitches>;
