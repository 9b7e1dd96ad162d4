import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { safeCell } from '../text/safe-cell.ts';

/** Rows that were refused, each with the reason, as a file that a spreadsheet opens without running anything. */
export interface RefusedFile extends AsyncDisposable {
  add(line: number, reason: string, raw: string): void;
}

/** @param path it is written over; a file without refused rows holds the header alone */
export function openRefusedFile(path: string): RefusedFile {
  const rows = stringify({ header: true, bom: true, columns: ['baris', 'alasan', 'isi'] });
  const written = finished(rows.pipe(createWriteStream(path)));
  return {
    add(line, reason, raw) {
      rows.write([line, safeCell(reason), safeCell(raw)]);
    },
    async [Symbol.asyncDispose]() {
      rows.end();
      await written;
    },
  };
}
