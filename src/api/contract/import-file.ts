import { z } from 'zod';
import { portalIds } from '../../domain/elsewhere.ts';
import { importSteps } from '../../domain/import-run.ts';

/**
 * `POST /berkas/impor?portal=…&langkah=…&pemetaan=…` with the file as body and its name in `x-file-name`
 * (percent-encoded). `lihat` (columns and first rows) is answered at once; the other steps answer 202 with the run, which
 * goes on by itself (`imports.runs`). `pemetaan`: a saved mapping; absent: the last saved one that fits.
 */
export const ImportQuery = z.object({
  portal: z.enum(portalIds),
  langkah: z.enum(['lihat', ...importSteps]),
  pemetaan: z.string().max(60).optional(),
});

export interface ImportLook {
  /** Our names of columns → the file's own, as far as they were found. */
  readonly found: Readonly<Record<string, string>>;
  /** The saved mapping that was used; null: the known spellings. */
  readonly mapping: string | null;
  /** Columns without which no row can be taken in, by the spelling that we know best. */
  readonly missing: readonly string[];
  readonly columns: readonly string[];
  /** The first rows, as texts. */
  readonly rows: readonly (readonly string[])[];
}

/** A run that has begun. */
export interface ImportStarted {
  readonly run: string;
}
