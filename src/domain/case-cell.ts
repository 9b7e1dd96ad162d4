import type { PlatformId } from './ids.ts';

/** Cases that share agency, subject, platform and place, counted. */
export interface CaseCell {
  readonly agency: string | null;
  readonly subject: string | null;
  readonly platform: PlatformId;
  readonly kecamatan: string | null;
  readonly in: number;
  readonly answered: number;
  /** Answered after its time, or still open although its time is over. */
  readonly late: number;
  /** Open and not answered. */
  readonly waiting: number;
}
