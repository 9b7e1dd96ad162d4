import type { KeptMessage } from './messages.ts';
import type { WhatsappState } from './state.ts';

function seconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1_000));
}

function entryOf({ account, businessId }: WhatsappState, value: object): Record<string, unknown> {
  const metadata = { display_phone_number: '6280011112222', phone_number_id: account.id };
  const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
  return { id: businessId, changes: [change] };
}

/** A citizen's message as Meta delivers it. @param content what its type holds, for example `{type: 'text', text: {…}}` */
export function messageEntry(
  state: WhatsappState,
  message: KeptMessage,
  content: object,
): Record<string, unknown> {
  const scoped = state.switches.businessScopedIds ? `ID.${message.person.slice(-9)}00` : null;
  const contact = { profile: { name: message.author }, wa_id: message.person };
  return entryOf(state, {
    contacts: [{ ...contact, ...(scoped && { user_id: scoped }) }],
    messages: [
      {
        from: message.person,
        ...(scoped && { from_user_id: scoped }),
        id: message.id,
        timestamp: seconds(message.at),
        ...content,
      },
    ],
  });
}

/** What became of a message of ours. */
export function statusEntry(
  state: WhatsappState,
  sent: { readonly id: string; readonly person: string; readonly reference: string | null },
  status: 'sent' | 'delivered' | 'read' | 'failed',
  failure?: { readonly code: number; readonly title: string },
): Record<string, unknown> {
  return entryOf(state, {
    statuses: [
      {
        id: sent.id,
        status,
        timestamp: seconds(state.clock.now()),
        recipient_id: sent.person,
        ...(sent.reference !== null && { biz_opaque_callback_data: sent.reference }),
        ...(failure && {
          errors: [
            {
              code: failure.code,
              title: failure.title,
              message: failure.title,
              error_data: { details: failure.title },
            },
          ],
        }),
      },
    ],
  });
}
