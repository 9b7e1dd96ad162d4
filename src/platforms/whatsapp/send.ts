import type { Clock } from '../../core/clock.ts';
import type { Capability, Outcome, ReplyTarget } from '../../domain/reply.ts';
import type { Send, TemplateNotice } from '../connector.ts';
import type { GraphClient } from '../graph/client.ts';
import { sendWith } from '../graph/outcome.ts';
import { Sent } from './schema.ts';

/** Longest text message. Source: Cloud API, "Messages". */
export const longestText = 4_096;
/** Longest text of one variable in the body of a template. */
export const longestVariable = 1_024;

export interface SendDeps {
  readonly client: GraphClient;
  readonly clock: Clock;
  readonly phoneNumberId: string;
  /** Approved template whose one variable carries the answer after the window has closed; null: none. */
  readonly answerTemplate: string | null;
}

function byHand(id: string, en: string): Capability {
  return { by: 'hand', reason: { id, en } };
}

function isWindowOpen(deps: Pick<SendDeps, 'clock'>, target: ReplyTarget): boolean {
  return target.replyUntil !== undefined && target.replyUntil > deps.clock.now();
}

export function capabilityOf(deps: SendDeps, target: ReplyTarget): Capability {
  if (!/^\d{5,20}$/.test(target.threadNativeId)) {
    return byHand(
      'WhatsApp tidak memberikan nomor warga ini; jawablah dari aplikasi WhatsApp.',
      'WhatsApp does not tell this person’s number; answer from the WhatsApp app.',
    );
  }
  if (isWindowOpen(deps, target) || deps.answerTemplate !== null) return { by: 'api' };
  return byHand(
    'Sudah lewat 24 jam sejak pesan terakhir warga, dan belum ada templat WhatsApp yang disetujui Meta. Hubungi warga dengan cara lain, atau tunggu ia menulis lagi.',
    'More than 24 hours since the citizen’s last message, and no template approved by Meta is set up. Reach him another way, or wait until he writes again.',
  );
}

/** What WhatsApp takes as the variable of a template: no line breaks, no tabs, no five spaces in a row. */
function asVariable(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/**
 * One message with one POST: free text within the window, which names the message it answers; after it the approved
 * template. What WhatsApp refuses later comes as a report (`statuses`), found by the reference.
 */
export function sendReply(
  deps: SendDeps,
  { target, text, reference }: Send,
  signal: AbortSignal,
): Promise<Outcome> {
  const content = isWindowOpen(deps, target)
    ? {
        type: 'text',
        text: { body: text, preview_url: false },
        context: { message_id: target.nativeId },
      }
    : templateContent(deps.answerTemplate ?? '', [asVariable(text)]);
  return post(deps, target.threadNativeId, content, reference, signal);
}

/** One template to a person who has not written to us. */
export function sendNotice(
  deps: Pick<SendDeps, 'client' | 'phoneNumberId'>,
  { to, template, variables, reference }: TemplateNotice,
  signal: AbortSignal,
): Promise<Outcome> {
  return post(deps, to, templateContent(template, variables.map(asVariable)), reference, signal);
}

function templateContent(name: string, variables: readonly string[]): object {
  const parameters = variables.map((text) => ({ type: 'text', text }));
  return {
    type: 'template',
    template: { name, language: { code: 'id' }, components: [{ type: 'body', parameters }] },
  };
}

async function post(
  deps: Pick<SendDeps, 'client' | 'phoneNumberId'>,
  to: string,
  content: object,
  reference: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const body = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    ...content,
    biz_opaque_callback_data: reference,
  };
  const accepted = (answer: unknown) => {
    const sent = Sent.safeParse(answer);
    const id = sent.data?.messages[0]?.id;
    return id === undefined ? null : ({ kind: 'accepted', nativeId: id, url: null } as const);
  };
  const outcome = await sendWith(
    () => deps.client.postJson([deps.phoneNumberId, 'messages'], body, signal),
    accepted,
    signal,
  );
  // No message has a permission of its own here: the next one would be refused too.
  const isDenied = outcome.kind === 'never' && outcome.reason === 'permission';
  return isDenied ? { ...outcome, broken: 'permission' } : outcome;
}
