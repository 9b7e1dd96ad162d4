import type { PlatformId } from './ids.ts';

/** What kind of message it is (SP4N-LAPOR!'s words; `apresiasi` and `bukan_aduan` open no case). */
export const kinds = ['pengaduan', 'aspirasi', 'permintaan_informasi', 'apresiasi', 'bukan_aduan'] as const;
export type Kind = (typeof kinds)[number];

export const urgencies = ['rendah', 'biasa', 'tinggi', 'darurat'] as const;
export type Urgency = (typeof urgencies)[number];

/** Who owns the matter: the regency itself or somebody else. */
export const authorities = ['ours', 'province', 'state', 'village', 'utility', 'neighbour'] as const;
export type Authority = (typeof authorities)[number];

export interface Place {
  /** Name of the kecamatan, for example `Tasikmadu`; null when only a name outside the regency was found. */
  readonly kecamatan: string | null;
  /** Desa, kelurahan or a known spot within it, for example `Papahan`. */
  readonly name: string | null;
}

/** `minor` and `victim`: the name of a child, of somebody who was hurt. */
export type PersonalDataType = 'nik' | 'kk' | 'phone' | 'email' | 'plate' | 'account' | 'minor' | 'victim';

/** A span of personal data; `start` inclusive, `end` exclusive, in UTF-16 units of the original text. */
export interface PersonalData {
  readonly type: PersonalDataType;
  readonly start: number;
  readonly end: number;
}

/**
 * Marks on a message, read from its words; but `masuk_terlambat` says how it reached us, and `berantai` that several people
 * sent nearly the same text within days.
 */
export const flags = [
  'kasar',
  'klaim_belum_pasti',
  'ditagih',
  'sarkasme',
  'spam',
  'tanpa_isi',
  'masuk_terlambat',
  'berantai',
] as const;
export type Flag = (typeof flags)[number];

/** One reason of a decision. `weight` is in the unit of its source and only comparable within it. */
export interface Evidence {
  readonly words: string;
  readonly source: 'rule' | 'keyword' | 'bayes' | 'context' | 'model';
  /** The subject (or agency, for an agency rule) that it speaks for. */
  readonly for: string;
  readonly weight: number;
}

/** What the classifier says about one message. Pure data; stored on the mention. */
export interface Classification {
  readonly kind: Kind | null;
  /** False: the classifier abstains, a person decides (view "Perlu dicek"). */
  readonly decided: boolean;
  /** What it is about, an id of data/subjects.json. */
  readonly subject: string | null;
  /** Who is in charge, a code of data/agencies.json (own OPD or outside body). */
  readonly agency: string | null;
  readonly companion: string | null;
  readonly authority: Authority | null;
  /** 0..1 for the top subject. */
  readonly confidence: number;
  readonly runnersUp: readonly {
    readonly subject: string;
    readonly agency: string | null;
    readonly confidence: number;
  }[];
  readonly evidence: readonly Evidence[];
  readonly place: Place | null;
  readonly urgency: Urgency;
  readonly secret: boolean;
  /** Why it should be secret, in Bahasa Indonesia; empty when it should not. */
  readonly secretReasons: readonly string[];
  readonly personalData: readonly PersonalData[];
  readonly language: 'id' | 'jv' | 'mixed' | 'en' | 'other';
  readonly flags: readonly Flag[];
  readonly modelVersion: string;
}

/** One subject that was thought of, and everything that speaks for it. */
export interface Reasons {
  readonly subject: string;
  readonly agency: string;
  readonly confidence: number;
  readonly because: readonly Evidence[];
}

/** A decision with the reasons of what came first and of the runner-up; empty where nothing was thought of. */
export interface Explanation {
  readonly said: Classification;
  readonly candidates: readonly Reasons[];
}

/** What the classifier is given. Everything but the text is weak evidence. */
export interface ClassifierInput {
  readonly text: string;
  readonly platform: PlatformId | null;
  /** Text of our own post that the message stands under. */
  readonly ownPostText: string | null;
  /** Text of the citizen's message that it answers. */
  readonly parentText: string | null;
  readonly quotedText: string | null;
  /** Code of the agency whose account received it (RSUD's own Instagram), null for the regency's account. */
  readonly receivingAgency: string | null;
}
