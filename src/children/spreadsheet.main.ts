/**
 * Reads the first sheet of an .xlsx and writes a JSON array of its cells' texts for each row. Runs in a process of its own
 * (run-capped.ts). Words for the user go to stderr, as the last line.
 */
import { once } from 'node:events';
import excel from 'exceljs';

const longestCell = 32_767;
const mostColumns = 200;

/** What a cell shows. Formulas count by their last result; nothing is evaluated. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, 19);
  if (typeof value !== 'object') return String(value);
  const cell = value as {
    text?: unknown;
    result?: unknown;
    richText?: { text?: unknown }[];
    error?: unknown;
  };
  if (Array.isArray(cell.richText)) return cell.richText.map((part) => String(part.text ?? '')).join('');
  if (cell.text !== undefined) return textOf(cell.text);
  return cell.error === undefined ? textOf(cell.result) : '';
}

const reader = new excel.stream.xlsx.WorkbookReader(process.argv[2] ?? '', {
  worksheets: 'emit',
  sharedStrings: 'cache',
  styles: 'cache',
  hyperlinks: 'ignore',
});
for await (const sheet of reader) {
  for await (const row of sheet) {
    const values = (row.values as unknown[]).slice(1, mostColumns + 1);
    const texts = Array.from(values, (value) => textOf(value).slice(0, longestCell));
    if (!process.stdout.write(`${JSON.stringify([row.number, texts])}\n`))
      await once(process.stdout, 'drain');
  }
  break;
}
