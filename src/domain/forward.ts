import type { CaseNumber, LinkId, ReplyId, UserId } from './ids.ts';

/** How a person outside of Tanggap is told something: by mail, or by WhatsApp one to one. */
export const noticeWays = ['mail', 'whatsapp'] as const;
export type NoticeWay = (typeof noticeWays)[number];

/** Somebody of an agency, or above it, who is told of cases. From data/recipients.json, edited by the office. */
export interface Recipient {
  readonly id: string;
  /** Null: not of one agency (duty officer, head of the office). */
  readonly agency: string | null;
  /** Step of the escalation chain: `admin_opd`, `kepala_opd` …; `piket` is the duty officer for emergencies. */
  readonly role: string;
  readonly name: string;
  readonly way: NoticeWay;
  /** Mail address, or WhatsApp number without +. */
  readonly address: string;
  /** His account in Tanggap, when he has one: he may not approve what he answered. */
  readonly user: UserId | null;
}

/** When nobody answers: who is told after how many hours. From data/escalation.json. */
export interface EscalationStep {
  readonly role: string;
  /** Hours of the office after the case was passed on. */
  readonly afterOfficeHours: number;
}

/** One recipient's way to read one case and answer it, without an account. Its token is nowhere in the database. */
export interface AnswerLink {
  readonly _id: LinkId;
  readonly tokenHash: string;
  readonly caseId: CaseNumber;
  readonly agency: string;
  readonly recipient: Recipient;
  /** Who passed the case on. */
  readonly createdBy: UserId;
  readonly createdAt: Date;
  /** When the agency was asked; a link that is sent anew keeps it, and the steps taken. Absent: `createdAt`. */
  readonly askedAt?: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  /** First time that the right code was given: from then on it counts as opened. */
  readonly openedAt: Date | null;
  /** How many codes were sent, the time of the last one, and wrong tries at it. */
  readonly codes: { readonly sent: number; readonly at: Date | null; readonly wrong: number };
  /** Of the window in which the code was given; the answer comes from there. */
  readonly sessionHash: string | null;
  readonly answeredAt: Date | null;
  readonly replyId: ReplyId | null;
  /** Escalation steps taken. */
  readonly steps: number;
}

export function askedAtOf({ askedAt, createdAt }: Pick<AnswerLink, 'askedAt' | 'createdAt'>): Date {
  return askedAt ?? createdAt;
}

/** How far the agency's answer got. `belum-dibuka`: silent; `kedaluwarsa`: nobody answered within its days. */
export const linkStates = ['belum-dibuka', 'dibuka', 'dijawab', 'dicabut', 'kedaluwarsa'] as const;
export type LinkState = (typeof linkStates)[number];

export function linkStateOf(link: AnswerLink, now: Date): LinkState {
  if (link.answeredAt) return 'dijawab';
  if (link.revokedAt) return 'dicabut';
  if (link.expiresAt <= now) return 'kedaluwarsa';
  return link.openedAt ? 'dibuka' : 'belum-dibuka';
}

/** How far a forward got whatever its recipients did: one who opened it is enough. */
const furthest: readonly LinkState[] = ['dibuka', 'belum-dibuka', 'kedaluwarsa'];

/**
 * How far the last forward of a case got.
 * @param links all of the case, the newest first
 * @returns null when nobody was asked, or every link was revoked
 */
export function forwardStateOf(links: readonly AnswerLink[], now: Date): LinkState | null {
  const states = links.map((link) => linkStateOf(link, now));
  // What was answered before belongs to a forward of before.
  const answered = states.indexOf('dijawab');
  if (answered === 0) return 'dijawab';
  const last = states.slice(0, answered === -1 ? states.length : answered);
  return furthest.find((state) => last.includes(state)) ?? null;
}

/** What a notice tells. The words are made when it is sent: the database holds no token and no code. */
export type NoticeKind =
  | 'disposisi'
  | 'kode'
  | 'pengingat'
  | 'darurat'
  /** To a citizen: the code that proves his contact; and the answer to his report. */
  | 'kontak'
  | 'jawaban'
  /** To who sees to the channels: one fares badly; it runs again. */
  | 'gangguan'
  | 'pulih';

type NoticeState = 'waiting' | 'sending' | 'sent' | 'unknown' | 'failed';

/** A message to a person outside, from wish to sent. This document is the outbox entry; sent at most once by machine. */
export interface Notice {
  /** Made from what it tells, so that the same wish twice is one notice. */
  readonly _id: string;
  readonly kind: NoticeKind;
  /** Null: it is about a channel. */
  readonly caseId: CaseNumber | null;
  readonly linkId: LinkId | null;
  readonly recipient: Recipient;
  /** Of the code that it carries. */
  readonly codeNumber: number | null;
  /** The answer on the tracking page that it carries to the citizen. */
  readonly answerId?: string;
  /** The trouble of a channel that it tells of. */
  readonly incidentId?: string;
  readonly state: NoticeState;
  readonly dueAt: Date | null;
  readonly tries: number;
  readonly attempt: { readonly owner: string; readonly deadline: Date } | null;
  /** The mail server's or the platform's words. */
  readonly words: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}
