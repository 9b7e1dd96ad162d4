import { z } from 'zod';
import { CappedError, type Caps, runCapped } from '../children/run-capped.ts';
import { readZipDirectory, whyNotUnpack } from '../children/zip-directory.ts';
import { RefusedError } from '../core/errors.ts';
import type { Cells } from './import-row.ts';

const inEnglish: Readonly<Record<string, string>> = {
  'dihentikan: memori': 'it needs too much memory',
  'dihentikan: waktu': 'it takes too long',
};

const Line = z.tuple([z.number().int(), z.array(z.string())]);

/**
 * The rows of an .xlsx's first sheet by the names in its first row, one at a time, read in a process of its own.
 * @throws {RefusedError} `invalid` when it cannot be read within the caps
 */
export async function* readXlsx(
  path: string,
  caps?: Caps,
): AsyncGenerator<{ readonly line: number; readonly cells: Cells }> {
  const why = whyNotUnpack(await readZipDirectory(path));
  if (why !== null)
    throw new RefusedError('invalid', { id: why, en: 'This is no .xlsx that can be opened.' });
  let header: readonly string[] | null = null;
  try {
    for await (const text of runCapped('spreadsheet', [path], caps)) {
      const [line, cells] = Line.parse(JSON.parse(text));
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (header === null) header = cells;
      else yield { line, cells: named(header, cells) };
    }
  } catch (error) {
    if (!(error instanceof CappedError)) throw error;
    throw new RefusedError('invalid', {
      id: `Berkas .xlsx ini tidak dapat dibaca (${error.message}). Simpan ulang sebagai .csv, lalu impor lagi.`,
      en: `This .xlsx cannot be read (${inEnglish[error.message] ?? error.message}). Save it as .csv and import that.`,
    });
  }
}

function named(header: readonly string[], cells: readonly string[]): Cells {
  return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
}
