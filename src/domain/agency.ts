import type { Authority } from './classification.ts';

/** An OPD, BUMD, kecamatan office or outside body, from data/agencies.json. */
export interface Agency {
  readonly _id: string;
  readonly name: string;
  /** Short local name, as on screen and in replies. */
  readonly shortName: string;
  readonly authority: Authority;
  readonly kind: string;
}

/** What a message can be about, from data/subjects.json. `agency` is the regency's own default. */
export interface Subject {
  readonly _id: string;
  readonly name: string;
  /** Group for charts. */
  readonly sector: string;
  readonly agency: string;
  readonly companion: string | null;
  readonly secret: boolean;
}

/** Working days for a step by kind; `workingDays` null = no clock known. */
export interface ClockRule {
  readonly scheme: string;
  readonly kind: string;
  readonly step: string;
  readonly workingDays: number | null;
  /** ISO date from which the rule holds. */
  readonly effectiveFrom: string;
  readonly verified: boolean;
  readonly source: string;
}

/** A day off, ISO date in WIB. */
export interface Holiday {
  readonly date: string;
  readonly name: string;
}
