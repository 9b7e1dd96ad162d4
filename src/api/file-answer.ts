import { ReadableStream } from 'node:stream/web';
import { csvOf } from '../exporting/csv.ts';
import type { Sheet } from '../exporting/sheet.ts';
import { xlsxOf } from '../exporting/xlsx.ts';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** A table as a file to keep. Rows are read as fast as the receiver takes them; when he goes away, reading ends. */
export function fileAnswer(sheet: Sheet, format: keyof typeof types, name: string) {
  const pieces = format === 'csv' ? csvOf(sheet) : xlsxOf(sheet);
  return {
    headers: {
      'content-type': types[format],
      'content-disposition': `attachment; filename="${name}.${format}"`,
    },
    body: ReadableStream.from(pieces) as globalThis.ReadableStream<Uint8Array>,
  };
}
