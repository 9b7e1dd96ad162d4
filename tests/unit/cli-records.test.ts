import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { columnsOf, recordsOf } from '../../src/cli/records.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'records-'));

async function read(name: string, content: string) {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const rows = [];
  for await (const row of recordsOf(file)) rows.push(row);
  return rows;
}

test.each([
  ['comma', 'id,text,label\n1,lampu mati; gelap,PJU\n'],
  ['semicolon', '\ufeffid;text;label\n1;"lampu mati; gelap";PJU\n'],
  ['tab', 'id\ttext\tlabel\n1\tlampu mati; gelap\tPJU\n'],
])('a CSV by %s keeps a text with other signs whole', async (name, content) => {
  expect(await read(`${name}.csv`, content)).toEqual([{ id: '1', text: 'lampu mati; gelap', label: 'PJU' }]);
});

test('columns are joined by a full stop, empty ones left out, a missing one is named', () => {
  expect(columnsOf({ judul: 'Lampu', isi: 'mati', lain: '' }, 'judul, lain,isi', 1)).toBe('Lampu. mati');
  expect(() => columnsOf({ isi: 'mati' }, 'teks', 3)).toThrow('Row 3: no column "teks". There are: isi.');
});

test('an empty file has no rows', async () => {
  expect(await read('empty.csv', '')).toEqual([]);
});
