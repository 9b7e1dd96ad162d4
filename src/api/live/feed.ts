import type { Act, Matter } from '../../domain/policies.ts';
import type { LiveEvent } from '../contract/live.ts';

/** An event with the right that it takes to hear of it. */
export interface Addressed {
  readonly event: LiveEvent;
  readonly act: Act;
  /** Absent: it is about no citizen. */
  readonly matter?: Matter;
  /** It moved from one agency or secrecy to another: who may not see it now is told that his list changed. */
  readonly moved?: boolean;
}

/** An event with its place in the stream of this process. */
export interface Numbered extends Addressed {
  readonly id: string;
}

interface Subscription extends Disposable {
  /** What the browser missed since its last event; null when nobody knows any more: it must ask for everything. */
  readonly missed: readonly Numbered[] | null;
  /** Where the stream stands when nothing was missed. */
  readonly place: string;
  /** Waits for events; empty when `within` is over first. Null: the watch broke, or he is too slow. */
  take(within: number, signal: AbortSignal | undefined): Promise<readonly Numbered[] | null>;
  /** True once this session was ended in the database. */
  readonly revoked: boolean;
}

export interface Hub {
  /** @param lastId of the event that the browser saw last @param session id whose end is noticed at once */
  subscribe(lastId: string | undefined, session: string | null): Promise<Subscription>;
}
