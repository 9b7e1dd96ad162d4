import { z } from 'zod';
import { HOUR } from '../../core/clock.ts';
import { type Access, admit } from '../graph/access.ts';
import { badParameter, GraphRefusal, missingObject } from '../graph/answers.ts';
import { answerCall, parametersOf } from '../graph/frame.ts';
import type { SimulatorApp, SimulatorContext } from '../kit/serve.ts';
import { statusEntry } from './events.ts';
import { refusal, SendLimits, wordsOf } from './limits.ts';
import type { WhatsappState } from './state.ts';

const version = '/:version{v[0-9]+\\.[0-9]+}';
const windowMs = 24 * HOUR;
const longestText = 4_096;

const Outgoing = z.object({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z.string().regex(/^\+?\d{8,15}$/),
  type: z.enum(['text', 'template']),
  text: z
    .object({ body: z.string().min(1).max(longestText), preview_url: z.boolean().optional() })
    .optional(),
  template: z
    .object({
      name: z.string(),
      language: z.object({ code: z.string() }),
      components: z
        .array(
          z.object({
            type: z.literal('body'),
            parameters: z.array(z.object({ type: z.literal('text'), text: z.string().min(1).max(1_024) })),
          }),
        )
        .default([]),
    })
    .optional(),
  context: z.object({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
});
type Outgoing = z.infer<typeof Outgoing>;

/** `/{phone}`, `/{phone}/messages`, `/{waba}/subscribed_apps`. Source: Cloud API reference v26.0. */
export function addWhatsappRoutes(app: SimulatorApp, state: WhatsappState, access: Access): void {
  const limits = new SendLimits();
  const inside = (c: SimulatorContext, work: () => Promise<object> | object) =>
    answerCall(c, async () => {
      const own = new URLSearchParams(new URL(c.req.url).searchParams);
      admit(c, access, c.req.path.endsWith('/messages') ? own : await parametersOf(c));
      return work();
    });
  app.get(`${version}/:id`, (c) =>
    inside(c, () =>
      state.media.has(c.req.param('id')) ? mediaLink(c, state) : phoneNumber(state, c.req.param('id')),
    ),
  );
  app.get('/media/:id', (c) => {
    admit(c, access, new URLSearchParams());
    const file = state.media.get(c.req.param('id'));
    return file ? c.body(new Uint8Array(file.bytes), 200, { 'content-type': file.type }) : c.notFound();
  });
  app.post(`${version}/:id/messages`, (c) => inside(c, () => send(c, state, limits)));
  app.get(`${version}/:id/subscribed_apps`, (c) => inside(c, () => subscribedApps(state, c.req.param('id'))));
  app.post(`${version}/:id/subscribed_apps`, (c) =>
    inside(c, () => {
      subscribedApps(state, c.req.param('id'));
      state.switches.subscribed = true;
      return { success: true };
    }),
  );
}

/** Valid five minutes in life; here as long as the file is there. */
function mediaLink(c: SimulatorContext, { media, account }: WhatsappState): object {
  const id = c.req.param('id') ?? '';
  if (c.req.query('phone_number_id') !== account.id) throw missingObject(id);
  const url = new URL(`/media/${id}`, c.req.url).href;
  return { messaging_product: 'whatsapp', url, mime_type: media.get(id)?.type, id };
}

function phoneNumber({ account }: WhatsappState, id: string): object {
  if (id !== account.id) throw missingObject(id);
  return {
    id,
    display_phone_number: '+62 800-1111-2222',
    verified_name: account.name,
    quality_rating: 'GREEN',
  };
}

function subscribedApps({ businessId, switches }: WhatsappState, id: string): object {
  if (id !== businessId) throw missingObject(id);
  const one = { whatsapp_business_api_data: { id: '900000000000001', name: 'Tanggap (simulasi)' } };
  return { data: switches.subscribed ? [one] : [] };
}

async function send(c: SimulatorContext, state: WhatsappState, limits: SendLimits): Promise<object> {
  if (c.req.param('id') !== state.account.id) throw missingObject(c.req.param('id') ?? '');
  const parsed = Outgoing.safeParse(await c.req.json().catch(() => null));
  if (!parsed.success) throw badParameter(z.prettifyError(parsed.error));
  const message = parsed.data;
  const person = message.to.replace('+', '');
  const text = textOf(message);
  const target = message.context?.message_id ?? person;
  try {
    check(state, limits, message, person);
  } catch (error) {
    if (error instanceof GraphRefusal) c.set('received', { kind: 'reply', target, text, resultId: null });
    throw error;
  }
  const { account, clock, messages } = state;
  const at = clock.now();
  const context = message.context?.message_id ?? null;
  const kept = messages.add({ person, author: account.name, byOffice: true, text, at, context });
  c.set('received', { kind: 'reply', target, text, resultId: kept.id });
  report(state, { id: kept.id, person, reference: message.biz_opaque_callback_data ?? null });
  return {
    messaging_product: 'whatsapp',
    contacts: [{ input: message.to, wa_id: person }],
    messages: [{ id: kept.id, message_status: 'accepted' }],
  };
}

function textOf({ text, template }: Outgoing): string {
  if (text) return text.body;
  const variables = (template?.components ?? []).flatMap(({ parameters }) =>
    parameters.map((one) => one.text),
  );
  return `[templat ${template?.name ?? ''}] ${variables.join(' · ')}`;
}

/** @throws {GraphRefusal} */
function check(state: WhatsappState, limits: SendLimits, message: Outgoing, person: string): void {
  const { switches, clock, messages } = state;
  if (switches.refuseCode !== null) throw refusal(switches.refuseCode, switches.refuseStatus);
  if (message.type === 'template') checkTemplate(state, message.template);
  else {
    if (!message.text) throw refusal(131_008);
    const last = messages.lastOf(person);
    if (last === null || clock.now().getTime() - last.getTime() > windowMs) throw refusal(131_047);
    if (message.context && !messages.find(message.context.message_id)) throw refusal(131_009);
  }
  limits.take(person, clock.now());
}

function checkTemplate({ switches }: WhatsappState, template: Outgoing['template']): void {
  const wanted = template && switches.templates.get(template.name);
  if (!template || wanted === undefined || template.language.code !== 'id') throw refusal(132_001);
  const given = template.components.flatMap(({ parameters }) => parameters);
  if (given.length !== wanted) throw refusal(132_000);
  if (given.some(({ text }) => /[\n\t]| {5}/.test(text))) throw refusal(131_009);
}

function report(
  state: WhatsappState,
  sent: { readonly id: string; readonly person: string; readonly reference: string | null },
): void {
  const { switches, webhooks } = state;
  if (!switches.reports) return;
  const { failLaterCode: code } = switches;
  if (code !== null) {
    webhooks.queue(statusEntry(state, sent, 'failed', { code, title: wordsOf(code) }));
    return;
  }
  webhooks.queue(statusEntry(state, sent, 'sent'));
  webhooks.queue(statusEntry(state, sent, 'delivered'));
  if (switches.read) webhooks.queue(statusEntry(state, sent, 'read'));
}
