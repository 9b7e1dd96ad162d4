import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const folder = path.resolve(import.meta.dirname, '../../web/src');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.tsx'),
);

/** Names, which are the same in every language. */
const names = new Set(['Tanggap', 'Ctrl K', 'DATA SIMULASI', 'CSV', 'XLSX', 'WIB']);

/** Text between tags, and what a screen reader is told, written into the page itself. */
const literal =
  />\s*([^<>{}=;()]*\p{L}{2}[^<>{}=;()]*?)\s*<\/|(?:aria-label|title|label|placeholder)="([^"]*\p{L}{2}[^"]*)"/gu;

// `words()` refuses at compile time an Indonesian text without its English one; what would get round it is written in place.
test('no page says anything in one language only', () => {
  const found = files.flatMap((file) => {
    const source = readFileSync(path.join(folder, file), 'utf8');
    const said = [...source.matchAll(literal)].map(([, text, attribute]) => (text ?? attribute ?? '').trim());
    return said.filter((text) => !names.has(text)).map((text) => `${file}: ${text}`);
  });
  expect(found).toEqual([]);
  expect(files.length).toBeGreaterThan(60);
});
