import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { RefusedError } from '../core/errors.ts';

type FileRecord = Readonly<Record<string, unknown>>;

/** Rows of a .csv (comma, semicolon or tab) or .jsonl file, as they stand there. */
export function recordsOf(file: string): AsyncGenerator<FileRecord> {
  return file.toLowerCase().endsWith('.csv') ? csvRecords(file) : jsonRecords(file);
}

async function* csvRecords(file: string): AsyncGenerator<FileRecord> {
  const options = {
    bom: true,
    columns: true,
    delimiter: await delimiterOf(file),
    relax_quotes: true,
    relax_column_count: true,
  };
  for await (const record of createReadStream(file).pipe(parse(options))) yield record;
}

/** The one that the head has most of: a semicolon within a text must not cut it. */
async function delimiterOf(file: string): Promise<string> {
  const lines = createInterface({ input: createReadStream(file) });
  for await (const head of lines) {
    lines.close();
    const count = (delimiter: string) => head.split(delimiter).length;
    return [',', ';', '\t'].reduce((most, other) => (count(other) > count(most) ? other : most));
  }
  return ',';
}

async function* jsonRecords(file: string): AsyncGenerator<FileRecord> {
  for await (const text of createInterface({ input: createReadStream(file) })) {
    if (text.trim() !== '') yield JSON.parse(text) as FileRecord;
  }
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
    throw new RefusedError('invalid', {
      id: `Baris ${row}: kolom "${missing}" tidak ada. Yang ada: ${Object.keys(record).join(', ')}.`,
      en: `Row ${row}: no column "${missing}". There are: ${Object.keys(record).join(', ')}.`,
    });
  }
  return names
    .map((name) => String(record[name] ?? ''))
    .filter((part) => part !== '')
    .join('. ');
}
