import { z } from 'zod';
import { portalIds } from '../../domain/elsewhere.ts';

/** `lihat`: columns and first rows · `uji`: judges every row, stores nothing · `jalankan`: takes the file in. */
const importSteps = ['lihat', 'uji', 'jalankan'] as const;

/** `POST /berkas/impor?portal=…&langkah=…` with the file as body and its name in `x-file-name` (percent-encoded). */
export const ImportQuery = z.object({ portal: z.enum(portalIds), langkah: z.enum(importSteps) });

export interface ImportLook {
  /** Our names of columns → the file's own, as far as they were found. */
  readonly found: Readonly<Record<string, string>>;
  /** Columns without which no row can be taken in, by the spelling that we know best. */
  readonly missing: readonly string[];
  readonly columns: readonly string[];
  /** The first rows, as texts. */
  readonly rows: readonly (readonly string[])[];
}

export interface ImportResult {
  readonly counts: Readonly<Record<'read' | 'added' | 'updated' | 'unchanged' | 'refused', number>>;
  /** The refused rows, at most so many as fit an answer: line in the file, why, what stood there. */
  readonly refused: readonly (readonly [line: number, reason: string, row: string])[];
}
