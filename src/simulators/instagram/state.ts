import type { AccessSwitches } from '../graph/access.ts';
import type { GraphState } from '../graph/start.ts';

/** Switches for what Meta does not document, beside those of every Graph simulator. */
export interface InstagramSwitches extends AccessSwitches {
  /** Whether replies count in `comments_count`. */
  countsReplies: boolean;
}

/** `account.id` is the professional account's id (`user_id` of /me); the app-scoped `id` of /me is another one. */
export type InstagramState = GraphState<InstagramSwitches>;
