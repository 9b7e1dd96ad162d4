import type { Authority, Kind, Place, Urgency } from './classification.ts';
import type { CaseNumber, ChannelId, MentionId, PlatformId, UserId } from './ids.ts';

/** LAPOR's words. The last four stand beside the main line. */
export const caseStates = [
  'baru',
  'terverifikasi',
  'disposisi',
  'proses',
  'dijawab',
  'selesai',
  'tertunda',
  'bukan_wewenang',
  'diarsipkan',
  'dibuka_kembali',
] as const;
export type CaseState = (typeof caseStates)[number];

/** What can be done to a case, in LAPOR's words. */
export const caseVerbs = [
  'verifikasi',
  'disposisi',
  'proses',
  'jawab',
  'selesai',
  'tunda',
  'lanjutkan',
  'bukan wewenang',
  'arsipkan',
  'buka kembali',
] as const;
export type CaseVerb = (typeof caseVerbs)[number];

/** Kinds that open a case. */
export type CaseKind = Extract<Kind, 'pengaduan' | 'aspirasi' | 'permintaan_informasi'>;

export interface CaseEvent {
  readonly at: Date;
  readonly by: UserId;
  readonly what: string;
  readonly from: CaseState | null;
  readonly to: CaseState | null;
  readonly note: string | null;
}

/** An aduan: one citizen's matter with its follow-ups. */
export interface Case {
  readonly _id: CaseNumber;
  /** What the citizen needs beside the number to look his case up. */
  readonly trackingCode: string;
  /** Unique: one case per top-level message of a citizen. */
  readonly rootMentionId: MentionId;
  readonly mentionIds: readonly MentionId[];
  /** Content-less replies of others that back it ("nggonku yo podo"). */
  readonly supporterIds: readonly MentionId[];
  readonly platform: PlatformId;
  readonly channelId: ChannelId;
  readonly kind: CaseKind;
  readonly subject: string | null;
  readonly agency: string | null;
  readonly companion: string | null;
  readonly authority: Authority | null;
  readonly place: Place | null;
  readonly urgency: Urgency;
  readonly state: CaseState;
  /** When the citizen wrote; clocks count from here. */
  readonly openedAt: Date;
  /** When we saw it; our own punctuality counts from here. */
  readonly receivedAt: Date;
  /** Deadline by kind and calendar; null where no clock is known (aspirasi) or while `tertunda`. */
  readonly dueAt: Date | null;
  /** Set while `tertunda`: the clock stands since then. */
  readonly pausedAt: Date | null;
  readonly answeredAt: Date | null;
  /** `luar`: somebody answered by hand on the platform. */
  readonly answeredBy: 'tanggap' | 'luar' | null;
  readonly closedAt: Date | null;
  readonly secret: boolean;
  readonly anonymous: boolean;
  readonly assignee: UserId | null;
  readonly notes: readonly { readonly at: Date; readonly by: UserId; readonly text: string }[];
  readonly history: readonly CaseEvent[];
  /** Set on cases that came from a file: where from, and its own number. */
  readonly imported: { readonly source: string; readonly externalId: string } | null;
  readonly version: number;
}

/** Whether the agency in charge was given the matter. It stays true: a text may say so from then on. */
export function wasForwarded(one: Pick<Case, 'state' | 'history'>): boolean {
  const has: readonly CaseState[] = ['disposisi', 'proses'];
  return has.includes(one.state) || one.history.some((event) => event.to !== null && has.includes(event.to));
}
