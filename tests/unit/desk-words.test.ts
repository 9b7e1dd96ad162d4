import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { groupName } from '../../web/src/settings/lists/group-words.ts';

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

/** Names that are the same in both languages. */
const ofBoth = ['edupark', 'madrasah'];

// Planted: one of them left out of the list of names.
test('each group of words of the classifier has a name in both languages, never an id', () => {
  const rules = JSON.parse(readFileSync('data/rules.json', 'utf8')) as { signals: Record<string, unknown> };
  const ids = Object.keys(rules.signals);
  const same = ids.filter((id) => groupName(id, 'id') === groupName(id, 'en'));
  expect(same.sort()).toEqual(ofBoth);
  expect(ids.filter((id) => groupName(id, 'en').includes('_'))).toEqual([]);
});
