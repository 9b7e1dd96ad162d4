import { type Clock, MINUTE, SECOND } from '../core/clock.ts';
import { type NoticeWay, noticeWays, type Recipient } from '../domain/forward.ts';
import type { MentionId } from '../domain/ids.ts';
import { codeOf, isSame } from './secrets.ts';

const codeHoldsMs = 15 * MINUTE;
const codeAgainAfterMs = 60 * SECOND;
const mostCodes = 5;
const mostTries = 5;

/** A citizen's contact as he gave it, and what is proved of it. */
export interface Reachable {
  readonly _id: MentionId;
  readonly mail: string | null;
  readonly phone: string | null;
  readonly contacts?: Partial<
    Record<
      NoticeWay,
      { readonly codes: { readonly sent: number; readonly at: Date }; readonly confirmedAt: Date | null }
    >
  >;
}

export interface ContactDeps<Report extends Reachable> {
  readonly clock: Clock;
  /** Makes the codes; not in the database. */
  readonly key: string;
  readonly find: (id: MentionId) => Promise<Report | null>;
  /** Counts the code and stores its notice, all or nothing; nothing when another request was faster. */
  readonly sendCode: (report: Report, way: NoticeWay, now: Date) => Promise<void>;
  readonly countTry: (report: Report, way: NoticeWay, most: number) => Promise<boolean>;
  readonly confirm: (id: MentionId, way: NoticeWay, now: Date) => Promise<void>;
}

/** A telephone as citizens of Indonesia write it, as WhatsApp wants it: `62812…`; null when it is none. */
export function whatsappNumber(phone: string): string | null {
  const digits = phone.replaceAll(/\D/g, '');
  const number = digits.startsWith('0') ? `62${digits.slice(1)}` : digits;
  return /^62\d{8,13}$/.test(number) ? number : null;
}

/** Where a notice to the citizen goes; null: he gave no such contact. */
export function contactAddress({ mail, phone }: Pick<Reachable, 'mail' | 'phone'>, way: NoticeWay) {
  return way === 'mail' ? mail : phone && whatsappNumber(phone);
}

/** The way that its owner proved to be his; null: none. */
export function confirmedWay(report: Reachable | null): NoticeWay | null {
  return noticeWays.find((way) => report?.contacts?.[way]?.confirmedAt) ?? null;
}

/** A citizen as a notice's recipient. His address stays where he gave it, and is read when the notice is sent. */
export function citizenRecipient(id: MentionId, way: NoticeWay): Recipient {
  return { id, agency: null, role: 'pelapor', name: 'Pelapor', way, address: '', user: null };
}

export function contactCode(key: string, id: MentionId, way: NoticeWay, number: number): string {
  return codeOf(key, `${id} ${way}`, number);
}

/** Sends a code to the citizen's own contact; nothing when he gave none, or had one just now, or too many. */
export async function requestContactCode<Report extends Reachable>(
  deps: ContactDeps<Report>,
  id: MentionId,
  way: NoticeWay,
): Promise<void> {
  const now = deps.clock.now();
  const report = await deps.find(id);
  if (!report || !contactAddress(report, way)) return;
  const codes = report.contacts?.[way]?.codes;
  if (codes && (codes.sent >= mostCodes || now.getTime() - codes.at.getTime() < codeAgainAfterMs)) return;
  await deps.sendCode(report, way, now);
}

/** The citizen gives the code back. @returns false for a wrong one, one that is over, and after too many tries */
export async function giveContactCode<Report extends Reachable>(
  deps: ContactDeps<Report>,
  id: MentionId,
  way: NoticeWay,
  code: string,
): Promise<boolean> {
  const now = deps.clock.now();
  const report = await deps.find(id);
  const codes = report?.contacts?.[way]?.codes;
  if (!report || !codes || now.getTime() - codes.at.getTime() > codeHoldsMs) return false;
  if (!(await deps.countTry(report, way, mostTries))) return false;
  if (!isSame(code.trim(), contactCode(deps.key, id, way, codes.sent))) return false;
  await deps.confirm(id, way, now);
  return true;
}
