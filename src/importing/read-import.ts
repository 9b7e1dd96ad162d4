import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { type CsvError, parse } from 'csv-parse';
import { RefusedError } from '../core/errors.ts';
import { type Cells, type ImportRow, readRow } from './import-row.ts';
import { readXlsx } from './read-xlsx.ts';

/** One line of the file, in its order. `line` counts from 1, the header included. */
export type ImportLine =
  | { readonly line: number; readonly row: ImportRow }
  | { readonly line: number; readonly reason: string; readonly raw: string };

/** A longer line is no case; it is cut and refused instead of being held in memory. */
const longestLine = 1_000_000;
const keptOfRefused = 10_000;

/**
 * Reads a file of cases, `.csv` (comma, semicolon or tab; with or without BOM), `.xlsx` (its first sheet) or `.jsonl`, one
 * line at a time. Lines that cannot be taken in come with the reason in Bahasa Indonesia.
 * @param read turns a line's cells into a row; a portal's files have their own names of columns
 * @throws {RefusedError} `invalid` when the file is of another kind or cannot be opened
 */
export async function* readImport(path: string, read: ReadRow = readRow): AsyncGenerator<ImportLine> {
  for await (const { line, cells, raw, reason } of readCells(path)) {
    if (cells === null) yield { line, reason: reason ?? '', raw };
    else yield asLine(line, cells, raw, read);
  }
}

type ReadRow = (cells: Cells) => { readonly row: ImportRow } | { readonly reason: string };

/** One line with its cells by the file's own names, or why it could not be read. */
interface RawLine {
  readonly line: number;
  readonly cells: Cells | null;
  readonly raw: string;
  readonly reason?: string;
}

/** @throws {RefusedError} `invalid` */
export async function* readCells(path: string): AsyncGenerator<RawLine> {
  const kind = extname(path).toLowerCase();
  if (kind !== '.csv' && kind !== '.xlsx' && kind !== '.jsonl' && kind !== '.xls') {
    throw new RefusedError('invalid', {
      id: `Hanya berkas .csv, .xlsx atau .jsonl yang bisa diimpor, bukan "${kind}".`,
      en: `Only .csv, .xlsx and .jsonl files can be imported, not "${kind}".`,
    });
  }
  const start = await firstBytes(path);
  refuseDisguised(start, kind);
  refuseForeignLetters(start, kind);
  if (kind === '.csv') yield* readCsv(path, delimiterOf(start));
  else if (kind === '.jsonl') yield* readJsonLines(path);
  else for await (const { line, cells } of readXlsx(path)) yield { line, cells, raw: JSON.stringify(cells) };
}

/** Portals hand out old .xls files, and web pages that are called .xls. @throws {RefusedError} `invalid` */
function refuseDisguised(start: string, kind: string): void {
  const saveAgain = 'Buka di Excel atau LibreOffice, simpan sebagai .xlsx atau .csv, lalu impor lagi.';
  if (/^\s*<(?:!doctype|html|table|\?xml|head|meta)/i.test(start))
    throw new RefusedError('invalid', {
      id: `Ini halaman web (tabel HTML), bukan lembar kerja, apa pun nama berkasnya. ${saveAgain}`,
      en: 'This is an HTML table, whatever its name says: save it as .xlsx or .csv.',
    });
  if (kind === '.xls' || start.startsWith('\uFFFD\uFFFD\u0011\u0871'))
    throw new RefusedError('invalid', {
      id: `Ini berkas Excel lama (.xls). ${saveAgain}`,
      en: 'This is an old Excel file (.xls): save it as .xlsx or .csv.',
    });
}

/** Excel's older kinds of CSV; letters would be lost silently. @throws {RefusedError} `invalid` */
function refuseForeignLetters(start: string, kind: string): void {
  // The last letter may be cut in the middle.
  if (kind === '.xlsx' || !start.slice(0, -3).includes('\uFFFD')) return;
  throw new RefusedError('invalid', {
    id: 'Huruf berkas ini bukan UTF-8. Buka di Excel, simpan sebagai "CSV UTF-8", lalu impor lagi.',
    en: 'The letters of this file are not UTF-8: save it as "CSV UTF-8".',
  });
}

async function firstBytes(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8_192), 0, 8_192, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    throw new RefusedError('invalid', {
      id: `Berkas tidak bisa dibuka: ${path}`,
      en: `The file cannot be opened: ${path} (${error instanceof Error ? error.message : ''})`,
    });
  }
}

/** Excel in Indonesian writes semicolons. The header decides: commas inside texts come later. */
function delimiterOf(start: string): string {
  const header = start.slice(0, start.search(/[\r\n]|$/));
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best), ',');
}

async function* readCsv(path: string, delimiter: string): AsyncGenerator<RawLine> {
  const refused: RawLine[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    columns: true,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestLine,
  });
  parser.on('skip', (error: CsvError) => {
    refused.push({
      line: Number(error.lines ?? 0),
      cells: null,
      reason: `baris tidak terbaca (${error.code})`,
      raw: String(error.record ?? '').slice(0, keptOfRefused),
    });
  });
  // An error of the file itself must reach the reader of the parser.
  createReadStream(path)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Cells;
      info: { lines: number };
    }>) {
      yield* refused.splice(0);
      yield { line: info.lines, cells: record, raw: JSON.stringify(record) };
    }
  } catch (error) {
    // A record without an end, or one that is too long: nothing after it can be told apart.
    yield { line: parser.info.lines, cells: null, reason: brokenOff(error), raw: '' };
  }
  yield* refused.splice(0);
}

function brokenOff(error: unknown): string {
  return `pembacaan berhenti di sini: ${error instanceof Error ? error.message : String(error)}`;
}

function asLine(line: number, cells: Cells, raw: string, readRow: ReadRow): ImportLine {
  const read = readRow(cells);
  return 'row' in read
    ? { line, row: read.row }
    : { line, reason: read.reason, raw: raw.slice(0, keptOfRefused) };
}

async function* readJsonLines(path: string): AsyncGenerator<RawLine> {
  let line = 0;
  for await (const { text, whole } of textLines(path)) {
    line += 1;
    if (text.trim() === '') continue;
    const cells = whole ? parsedObject(text) : null;
    if (cells === null) {
      const reason = whole ? 'baris bukan objek JSON' : 'baris lebih dari 1.000.000 huruf';
      yield { line, cells: null, reason, raw: text.slice(0, keptOfRefused) };
    } else {
      yield { line, cells, raw: text };
    }
  }
}

function parsedObject(text: string): Cells | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Cells) : null;
  } catch {
    return null;
  }
}

/** Lines of a file; of one that is too long, the start (`whole` false), without ever holding more. */
async function* textLines(path: string): AsyncGenerator<{ text: string; whole: boolean }> {
  let text = '';
  let whole = true;
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const parts = chunk.replace(/^\uFEFF/, '').split('\n');
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        yield { text, whole };
        text = '';
        whole = true;
      }
      whole = whole && text.length + part.length <= longestLine;
      text = whole ? text + part : (text + part).slice(0, keptOfRefused);
    }
  }
  yield { text, whole };
}
