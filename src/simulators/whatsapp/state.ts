import type { Clock } from '../../core/clock.ts';
import type { AccessSwitches } from '../graph/access.ts';
import type { Webhooks } from '../kit/webhooks.ts';
import type { Messages } from './messages.ts';

/** Switches of the WhatsApp simulator, beside those of every Graph simulator. */
export interface WhatsappSwitches extends AccessSwitches {
  /** Every send is refused with this code of the error table; null: none. */
  refuseCode: number | null;
  /** HTTP status of that refusal: Meta's documents do not agree on it. */
  refuseStatus: number;
  /** Every send is taken and then reported as failed with this code; null: none. */
  failLaterCode: number | null;
  /** Reports reach us: `sent` and `delivered` after each send. */
  reports: boolean;
  /** The citizen has read it; reported with the others. */
  read: boolean;
  /** Business-scoped ids stand beside the numbers. */
  businessScopedIds: boolean;
  /** The app is subscribed to the business account. */
  subscribed: boolean;
  /** Approved templates with how many variables their body has. */
  readonly templates: Map<string, number>;
}

export interface WhatsappState {
  readonly clock: Clock;
  readonly messages: Messages;
  readonly webhooks: Webhooks;
  readonly account: { readonly id: string; readonly name: string };
  readonly businessId: string;
  readonly switches: WhatsappSwitches;
  /** Files by id, in memory. */
  readonly media: Map<string, { readonly type: string; readonly bytes: Uint8Array }>;
}
