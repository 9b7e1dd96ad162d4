import type { CaseState } from './case.ts';
import type { Kind, Urgency } from './classification.ts';
import type { PortalId } from './elsewhere.ts';
import type { PlatformId, UserId } from './ids.ts';

/** The saved views of the inbox, in the order of the rail. */
export const threadViews = [
  'darurat',
  'baru',
  'perlu-dicek',
  'belum-ditanggapi',
  'hampir-lewat',
  'opd-belum-menjawab',
  'menunggu-persetujuan',
  'minta-dibuka',
  'milik-saya',
  'disebut',
  'ingatkan-nanti',
  'tunda',
  'bukan-wewenang',
  'tersaring',
  'apresiasi',
  'selesai',
  'arsip',
  'aduan',
  'semua',
] as const;
export type ThreadView = (typeof threadViews)[number];

/** How sure the classifier was: `tinggi` from 0.85, `sedang` from 0.60, `rendah` below. */
export const confidenceBands = ['tinggi', 'sedang', 'rendah'] as const;
export type ConfidenceBand = (typeof confidenceBands)[number];

/** From this one, before that one. */
export const bandLimits: Readonly<Record<ConfidenceBand, readonly [from: number, before: number]>> = {
  tinggi: [0.85, Number.POSITIVE_INFINITY],
  sedang: [0.6, 0.85],
  rendah: [0, 0.6],
};

/** How a case stands against its deadline, as trends and reports count it. */
export const outcomes = ['dijawab', 'terlambat', 'menunggu'] as const;
export type Outcome = (typeof outcomes)[number];

/** In a filter: nobody decided it. */
export const undecided = '-';

/** From this one, before that one. */
export interface Span {
  readonly from: Date;
  readonly before: Date;
}

/**
 * What of the inbox is meant. One language for lists, counts and exports, so that the same filter gives the same number.
 * Parts that are absent do not narrow.
 */
export interface ThreadFilter {
  readonly view: ThreadView;
  /** In charge, or companion. */
  readonly agency?: string | undefined;
  /** In charge, as trends count; null: nobody yet. */
  readonly inCharge?: string | null | undefined;
  /** Null: not decided. */
  readonly subject?: string | null | undefined;
  readonly platform?: PlatformId | undefined;
  /** Null: not known. */
  readonly kecamatan?: string | null | undefined;
  readonly kind?: Kind | undefined;
  readonly state?: CaseState | undefined;
  readonly urgency?: Urgency | undefined;
  readonly secret?: boolean | undefined;
  /** Null: nobody has it. */
  readonly assignee?: UserId | null | undefined;
  readonly confidence?: ConfidenceBand | undefined;
  readonly outcome?: Outcome | undefined;
  /** The machine gave it to one agency, a person to another one. */
  readonly mistaken?: { readonly said: string; readonly right: string } | undefined;
  /** Came in after a gap of its channel. */
  readonly late?: boolean | undefined;
  /** Written in one of these, for example Tuesdays from nine to ten of one month. */
  readonly during?: readonly Span[] | undefined;
  /** When the citizen wrote: from this moment, before that one. */
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
  /** "Ingatkan nanti" is over before this moment. */
  readonly wakesBefore?: Date | undefined;
  /** Cases without a number in this portal: nobody entered them there yet. */
  readonly missingIn?: PortalId | undefined;
  /** All of these normalised words (searchTokens), or one case number. */
  readonly words?: readonly string[] | undefined;
}
