import { stringify } from 'csv-stringify/sync';
import { safeCell } from '../text/safe-cell.ts';
import type { Sheet } from './sheet.ts';
import { inWib } from './wib.ts';

/** Tells spreadsheets that the file is UTF-8. */
const byteOrderMark = '\uFEFF';

/** RFC 4180 with a byte order mark, a piece per batch of rows. Times as `2026-11-24 14:05` in WIB. */
export async function* csvOf(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const lines = (rows: readonly (readonly string[])[]) =>
    Buffer.from(
      stringify(
        rows.map((row) => [...row]),
        { record_delimiter: '\r\n' },
      ),
    );
  yield Buffer.from(byteOrderMark);
  yield lines([sheet.columns.map((column) => column.name)]);
  for await (const batch of sheet.batches) {
    yield lines(
      batch.map((row) =>
        row.map((cell) => {
          if (cell === null) return '';
          if (typeof cell === 'number') return String(cell);
          return typeof cell === 'string' ? safeCell(cell) : inWib(cell);
        }),
      ),
    );
  }
}
