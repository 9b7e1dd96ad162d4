import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { ImportRow } from '../../src/importing/import-row.ts';
import { readImport } from '../../src/importing/read-import.ts';

const file = 'fixtures/history-2023.csv';

async function rows(): Promise<ImportRow[]> {
  const found: ImportRow[] = [];
  for await (const line of readImport(file)) if ('row' in line) found.push(line.row);
  return found;
}

test('the history is 700 answered cases of January to November 2023 with the known figures', async () => {
  const all = await rows();
  expect(all).toHaveLength(700);
  expect(new Set(all.map((row) => row.externalId)).size).toBe(700);
  expect(all.filter((row) => row.agency === 'DPUPR')).toHaveLength(246);
  expect(all.filter((row) => row.agency === 'DIKBUD')).toHaveLength(35);
  expect(all.every((row) => row.answeredAt !== null && row.state === 'selesai')).toBe(true);
  const times = all.map((row) => row.postedAt.getTime());
  expect(Math.min(...times)).toBeGreaterThanOrEqual(Date.parse('2023-01-01T00:00:00+07:00'));
  expect(Math.max(...times)).toBeLessThan(Date.parse('2023-12-01T00:00:00+07:00'));
});

test('roads are most of what DPUPR got, and eight channels occur', async () => {
  const all = await rows();
  const roads = all.filter((row) => row.agency === 'DPUPR' && row.subject === 'jalan');
  expect(roads.length).toBeGreaterThan(246 / 2);
  expect(new Set(all.map((row) => row.platform)).size).toBe(8);
});

test('every row is marked as simulated, and the assumed split says so', () => {
  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(head?.endsWith('asumsi,catatan')).toBe(true);
  expect(lines.every((line) => line.endsWith(',DATA SIMULASI'))).toBe(true);
  const assumed = lines.filter((line) => line.endsWith(',ya,DATA SIMULASI'));
  expect(assumed).toHaveLength(700 - 246 - 35);
  expect(assumed.some((line) => /,(DPUPR|DIKBUD),/.test(line))).toBe(false);
});

test('its agencies and subjects are ones that the product knows', async () => {
  const ids = (name: string): Set<string> => {
    const list: { id?: string; code?: string }[] = JSON.parse(readFileSync(`data/${name}.json`, 'utf8'));
    return new Set(list.map((one) => one.id ?? one.code ?? ''));
  };
  const [agencies, subjects] = [ids('agencies'), ids('subjects')];
  const unknown = (await rows()).filter(
    (row) => !agencies.has(row.agency ?? '') || !subjects.has(row.subject ?? ''),
  );
  expect([...new Set(unknown.map((row) => `${row.agency} ${row.subject}`))]).toEqual([]);
});
