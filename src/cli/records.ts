import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline, Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { parse } from 'csv-parse';
import { asError, RefusedError } from '../core/errors.ts';

type FileRecord = Readonly<Record<string, unknown>>;

/**
 * Rows of a .csv (comma, semicolon or tab) or .jsonl file, as they stand there.
 * @throws {RefusedError} `invalid`, with what is wrong with the file
 */
export async function* recordsOf(file: string): AsyncGenerator<FileRecord> {
  try {
    yield* file.toLowerCase().endsWith('.csv') ? csvRecords(file) : jsonRecords(file);
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    const { message } = asError(error);
    throw refused(
      `${file} tidak dapat dibaca sebagai .csv atau .jsonl: ${message}`,
      `${file} cannot be read as .csv or .jsonl: ${message}`,
    );
  }
}

function refused(id: string, en: string): RefusedError {
  return new RefusedError('invalid', { id, en });
}

/** Its letters, without a BOM: what is not UTF-8 would be lost silently. */
async function* lettersOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of createReadStream(file)) yield decode(decoder, file, bytes);
  yield decode(decoder, file);
}

function decode(decoder: TextDecoder, file: string, bytes?: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw refused(
      `Huruf ${file} bukan UTF-8. Buka di Excel, simpan sebagai "CSV UTF-8".`,
      `The letters of ${file} are not UTF-8: save it as "CSV UTF-8".`,
    );
  }
}

async function* csvRecords(file: string): AsyncGenerator<FileRecord> {
  const parser = parse({
    columns: true,
    delimiter: await delimiterOf(file),
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // An error of the file reaches whoever reads the parser.
  pipeline(lettersOf(file), parser, () => {});
  for await (const record of parser) yield record;
}

/** The one that the head has most of: a semicolon within a text must not cut it. */
async function delimiterOf(file: string): Promise<string> {
  for await (const letters of lettersOf(file)) {
    const head = /^[^\r\n]*/.exec(letters)?.[0] ?? '';
    const count = (delimiter: string) => head.split(delimiter).length;
    return [',', ';', '\t'].reduce((most, other) => (count(other) > count(most) ? other : most));
  }
  return ',';
}

async function* jsonRecords(file: string): AsyncGenerator<FileRecord> {
  let line = 0;
  for await (const text of createInterface({ input: Readable.from(lettersOf(file)) })) {
    line += 1;
    if (text.trim() !== '') yield objectOf(text, `${file}:${line}`);
  }
}

function objectOf(text: string, where: string): FileRecord {
  try {
    const read: unknown = JSON.parse(text);
    if (read !== null && typeof read === 'object') return read as FileRecord;
  } catch {
    // Told below, with its place.
  }
  throw refused(
    `${where}: bukan objek JSON. Berkas CSV harus bernama .csv.`,
    `${where}: no JSON object. A CSV file must be called .csv.`,
  );
}

/**
 * The text of a row: its columns, the empty ones left out, joined by ". ".
 * @param columns as asked for, comma-separated
 * @param row counted from 1, for the words of the error
 * @throws {RefusedError} `invalid`, naming the column that is not there
 */
export function columnsOf(record: FileRecord, columns: string, row: number): string {
  const names = columns.split(',').map((name) => name.trim());
  const missing = names.find((name) => !(name in record));
  if (missing !== undefined) {
    throw refused(
      `Baris ${row}: kolom "${missing}" tidak ada. Yang ada: ${Object.keys(record).join(', ')}.`,
      `Row ${row}: no column "${missing}". There are: ${Object.keys(record).join(', ')}.`,
    );
  }
  return names
    .map((name) => String(record[name] ?? ''))
    .filter((part) => part !== '')
    .join('. ');
}
