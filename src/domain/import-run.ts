import type { PortalId } from './elsewhere.ts';
import type { UserId } from './ids.ts';

/** What taking in one file brought. `refused` rows are faulty; the others of `read` were saved or were the same. */
export interface ImportCounts {
  readonly read: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
}

/** `uji`: judges every row, stores nothing · `jalankan`: takes the file in. */
export const importSteps = ['uji', 'jalankan'] as const;
type ImportStep = (typeof importSteps)[number];

/** Under way · ended · ended by a person · the file could not be read · its server stopped without a word. */
export const importStates = ['running', 'done', 'stopped', 'failed', 'lost'] as const;
type ImportState = (typeof importStates)[number];

/** Line in the file, why, what stood there. */
export type RefusedRow = readonly [line: number, reason: string, row: string];

/** A file from the browser that is tried or taken in, also while nobody looks. */
export interface ImportRun {
  /** `ir-<ulid>` */
  readonly _id: string;
  readonly portal: PortalId;
  /** As the browser called it; for people, it names nothing on our disk. */
  readonly file: string;
  readonly step: ImportStep;
  readonly by: UserId;
  readonly startedAt: Date;
  readonly state: ImportState;
  /** So far. */
  readonly counts: ImportCounts;
  /** Words of the file for states that nobody knows: a saved mapping can name them. */
  readonly unknownStates: readonly string[];
  /** Last sign of life. */
  readonly beatAt: Date;
  /** Somebody wants it to end. */
  readonly stopBy: UserId | null;
  readonly endedAt: Date | null;
  /** Why it failed. */
  readonly words: { readonly id: string; readonly en: string } | null;
}
