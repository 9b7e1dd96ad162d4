import type { Authority, Flag, Kind, Place, Urgency } from './classification.ts';
import {
  type CaseNumber,
  type ChannelId,
  type MentionId,
  type PlatformId,
  systemUser,
  type UserId,
} from './ids.ts';

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

/** States in which the citizen may ask to open it again. */
export const finishedStates = [
  'dijawab',
  'selesai',
  'bukan_wewenang',
  'diarsipkan',
] as const satisfies readonly CaseState[];

/** States in which the agency has to do something. */
export const statesOfAgency = [
  'disposisi',
  'proses',
  'dibuka_kembali',
] as const satisfies readonly CaseState[];

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
  /** Where the proof of it lies: a link to a screenshot, or words. */
  readonly proof?: string;
}

/** A remark for colleagues; the citizen never sees it. */
export interface CaseNote {
  readonly at: Date;
  readonly by: UserId;
  readonly text: string;
  /** Colleagues that it names by `@login`: their view "Disebut". */
  readonly mentions?: readonly UserId[];
}

export interface Snooze {
  readonly until: Date;
  readonly by: UserId;
}

/** The number that a case has somewhere else: in the file that it came from, or in a portal that an officer entered it in. */
export interface Elsewhere {
  /** `<source>/<number>`; unique, so that one number never belongs to two cases. */
  readonly key: string;
  /** A portal's id, or the name of a file's origin. */
  readonly source: string;
  readonly externalId: string;
  /** Where we entered it: what the portal last said of it, null before its first file. Where it came from: null. */
  readonly state: CaseState | null;
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
  /** Calls for an inspection ("berkadar pengawasan"): the longer clock. A person says so; absent: it does not. */
  readonly oversight?: boolean;
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
  /** From when on it counts as late (cases/late-from.ts); written by the store alone, with whatever it depends on. */
  readonly lateFrom?: Date | null;
  readonly secret: boolean;
  readonly anonymous: boolean;
  readonly assignee: UserId | null;
  readonly notes: readonly CaseNote[];
  readonly history: readonly CaseEvent[];
  /** What the citizen said on the tracking page about how his case was handled; absent: nothing yet. */
  readonly feedback?: {
    readonly rating?: { readonly stars: number; readonly at: Date };
    /** He asks to open it again; a person decides. Gone with the next move of the case. */
    readonly reopen?: { readonly reason: string; readonly at: Date };
  };
  /** Set on cases that came from a file: where from, and its own number. */
  readonly imported: {
    readonly source: string;
    readonly externalId: string;
    /** The file did not say which of our agencies has it: the one here is the classifier's word. */
    readonly agencyUnnamed?: true;
  } | null;
  /** Its numbers in files and portals, the imported one among them; absent or null: none. */
  readonly elsewhere?: readonly Elsewhere[] | null;
  readonly version: number;
  /** Words of its messages for the search (searchTokens); absent on cases that came from a file without texts. */
  readonly tokens?: readonly string[];
  /** How sure the classifier was of the first message, 0..1; absent or null once a person decided. */
  readonly confidence?: number | null;
  /** What its messages were marked with ("ditagih warga", "klaim belum pasti"). */
  readonly flags?: readonly Flag[];
  /** "Ingatkan nanti": out of the daily views until then. Not a state; no clock stops. */
  readonly snooze?: Snooze | null;
  /** The case whose answer this one follows; null or absent when it goes its own way. */
  readonly lead?: CaseNumber | null;
  /** Its messages' raw payloads hold no personal data any more; absent until it is closed, and again after a new message. */
  readonly rawMasked?: boolean;
  /** On a lead: the cases that follow its answer. */
  readonly followers?: readonly CaseNumber[];
}

/**
 * Whether the agency in charge was given the matter. It stays true: a text may say so from then on. That a portal passed a
 * report on, or works on it, says nothing of an agency that its file did not name.
 */
export function wasForwarded(one: Pick<Case, 'state' | 'history' | 'imported'>): boolean {
  const has: readonly (CaseState | null)[] = ['disposisi', 'proses'];
  const isOurs = one.imported?.agencyUnnamed !== true;
  const counts = one.history.filter((event) => isOurs || event.by !== systemUser);
  return (isOurs && has.includes(one.state)) || counts.some((event) => has.includes(event.to));
}
