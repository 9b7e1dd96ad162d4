import type { PlatformId } from '../domain/ids.ts';
import type { Faults } from './kit/faults.ts';
import type { Ledger } from './kit/ledger.ts';
import type { Webhooks } from './kit/webhooks.ts';

/** What a citizen or the office writes on a simulated platform. */
export interface SimulatedPost {
  readonly nativeId: string;
  readonly author: string;
  readonly byOffice: boolean;
  readonly text: string;
  readonly at: Date;
  /** The post or comment that it answers or stands under; null for a post of its own. */
  readonly parentNativeId: string | null;
  readonly quotedNativeId: string | null;
  readonly deleted: boolean;
  readonly hidden: boolean;
  /** Earlier texts, oldest first. */
  readonly earlierTexts: readonly string[];
}

export interface NewPost {
  readonly author: string;
  readonly text: string;
  /** Default: the simulator's now. */
  readonly at?: Date;
  readonly parentNativeId?: string;
  readonly quotedNativeId?: string;
  /** Stands under or tags the office without naming it (X: not given; Facebook: on its wall; Instagram: tagged). */
  readonly asVisitor?: boolean;
  /** Links of pictures, shown as attachments. */
  readonly media?: readonly string[];
}

/**
 * A local server that speaks one platform's real contract (shared notes: docs/… of each folder's readme). Keeps posts,
 * replies and its ledger on disk, so that a restart changes nothing.
 */
export interface Simulator extends AsyncDisposable {
  readonly platform: PlatformId;
  /** `http://127.0.0.1:<port>`; `/sim` is the page for people. */
  readonly baseUrl: URL;
  readonly account: { readonly id: string; readonly name: string };
  /** The token that it accepts at first. */
  readonly token: string;
  /** Writes as a citizen. */
  write(post: NewPost): SimulatedPost;
  /** Writes as the office: an own post (no parent) or an answer given by hand. */
  writeAsOffice(post: Omit<NewPost, 'author'>): SimulatedPost;
  edit(nativeId: string, text: string): void;
  delete(nativeId: string): void;
  hide(nativeId: string, hidden: boolean): void;
  /** Everything written, oldest first. */
  posts(): readonly SimulatedPost[];
  readonly faults: Faults;
  readonly ledger: Ledger;
  /** Where it delivers by itself; absent: it has no webhooks. */
  readonly webhooks?: Webhooks;
  /** Signs deliveries. */
  readonly appSecret?: string;
  /** Account above this one (WhatsApp). */
  readonly businessId?: string;
}
