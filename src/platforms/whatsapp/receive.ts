import type { z } from 'zod';
import type { FoundPost } from '../../domain/mention.ts';
import { type DeliveryState, deliveryStates, type SendReport } from '../../domain/reply.ts';
import type { Received, Rejected } from '../connector.ts';
import { brokenByCode } from '../graph/errors.ts';
import { toFoundPost } from './found.ts';
import { Entry, Envelope, Message, readContacts, Status, Value } from './schema.ts';

interface Account {
  /** Phone number id. */
  readonly id: string;
  /** WhatsApp Business Account. */
  readonly businessId: string;
}

type Change = z.infer<typeof Entry>['changes'][number];

/** What is gathered while a delivery is read. */
interface Sheet {
  readonly posts: FoundPost[];
  readonly rejected: Rejected[];
  readonly reports: SendReport[];
}

/** Reads a delivery of Meta for one phone number. Batches hold entries of other numbers too, which stay untouched. */
export function readDelivery(account: Account, delivery: unknown): Received {
  const sheet: Sheet = { posts: [], rejected: [], reports: [] };
  const ours: number[] = [];
  const envelope = Envelope.safeParse(delivery);
  for (const [place, raw] of (envelope.data?.entry ?? []).entries()) {
    const entry = Entry.safeParse(raw);
    if (!entry.success) continue;
    const changes = entry.data.changes.filter((change) => isOurs(account, entry.data.id, change));
    if (changes.length > 0) ours.push(place);
    for (const change of changes) readChange(sheet, change);
  }
  return { ours, ...sheet, removed: [] };
}

function isOurs(account: Account, entryId: string | undefined, { field, value }: Change): boolean {
  if (field !== 'messages') return entryId === account.businessId;
  const parsed = Value.safeParse(value);
  return parsed.success && parsed.data.metadata.phone_number_id === account.id;
}

/** Told about the account itself; people see them in Meta's own pages. */
const notForUs = [
  'account_update',
  'message_template_status_update',
  'phone_number_quality_update',
  'security',
];

function readChange(sheet: Sheet, { field, value }: Change): void {
  const parsed = Value.safeParse(value);
  if (field !== 'messages' || !parsed.success) {
    if (!notForUs.includes(field))
      reject(sheet, `Jenis kabar tidak dikenal / unknown field: ${field}`, value);
    return;
  }
  const contacts = readContacts(parsed.data.contacts);
  for (const raw of parsed.data.messages) readMessage(sheet, contacts, raw);
  for (const raw of parsed.data.statuses) readStatus(sheet, raw);
}

function readMessage(sheet: Sheet, contacts: ReturnType<typeof readContacts>, raw: unknown): void {
  const message = Message.safeParse(raw);
  if (!message.success) {
    reject(sheet, `Pesan tidak dapat dibaca / unreadable message: ${firstIssue(message.error)}`, raw);
    return;
  }
  const { type, group_id, system } = message.data;
  // A thumb on a message is no message.
  if (type === 'reaction') return;
  if (group_id !== undefined) {
    reject(sheet, 'Pesan grup / group message', raw);
    return;
  }
  const post = type === 'system' ? null : toFoundPost(message.data, contacts, raw);
  if (post) sheet.posts.push(post);
  else reject(sheet, `Jenis pesan tidak dikenal / unknown kind: ${system?.type ?? type}`, raw);
}

function readStatus(sheet: Sheet, raw: unknown): void {
  const status = Status.safeParse(raw);
  if (!status.success) {
    reject(sheet, `Status tidak dapat dibaca / unreadable status: ${firstIssue(status.error)}`, raw);
    return;
  }
  const { id, timestamp, biz_opaque_callback_data: reference, errors } = status.data;
  const state = deliveryStates.find((one): one is DeliveryState => one === status.data.status);
  // Statuses come and go with versions (`played`, `deleted`); an unknown one says nothing about whether it arrived.
  if (state === undefined) return;
  const words = errors?.map(
    ({ code, title, error_data }) => `(#${code}) ${error_data?.details ?? title ?? ''}`,
  );
  const broken = errors?.map(({ code }) => brokenByCode(code)).find((one) => one !== null);
  sheet.reports.push({
    reference: reference ?? null,
    nativeId: id,
    state,
    at: timestamp,
    words: words?.join('; ').slice(0, 500) ?? null,
    ...(broken && { broken }),
  });
}

/** Without a native id: Meta's holds the phone number. */
function reject(sheet: Sheet, reason: string, raw: unknown): void {
  sheet.rejected.push({ nativeId: null, reason, raw });
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown';
}
