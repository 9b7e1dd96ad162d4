import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { type Recap, recap } from '../../src/analyze/recap.ts';
import { recapCsv, recapText } from '../../src/analyze/recap-formats.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { PlatformId } from '../../src/domain/ids.ts';

const words = {
  agencyNames: new Map([
    ['DPUPR', 'DPUPR'],
    ['PUDAM', 'PUDAM Tirta Lawu'],
  ]),
  subjectNames: new Map([['jalan', 'Jalan rusak']]),
  demo: true,
};

const sample: Recap = {
  from: '2023-01-01',
  to: '2023-11-30',
  in: 1_300,
  answered: 1_200,
  late: 65,
  secret: 3,
  byAgency: [
    { key: 'DPUPR', in: 1_000, answered: 950, late: 60 },
    { key: 'PUDAM', in: 200, answered: 200, late: 5 },
    { key: null, in: 100, answered: 50, late: 0 },
  ],
  byPlatform: [{ key: 'sp4n', in: 1_300, answered: 1_200, late: 65 }],
  bySubject: [{ key: 'jalan', in: 1_300, answered: 1_200, late: 65 }],
  messages: { total: 2_000, praise: 40, spam: 12, notComplaints: 30 },
};

test('the text is in Bahasa Indonesia, aligned, and marked as simulated in the demo only', () => {
  const text = recapText(sample, words);
  expect(text).toContain('REKAP ADUAN 1 Januari 2023 s.d. 30 November 2023 (WIB)\nDATA SIMULASI\n');
  expect(text).toMatch(/^Dijawab {17}1\.200 \(92,3 %\)$/m);
  expect(text).toMatch(/^DPUPR {15}1\.000 {6}950 {11}60$/m);
  expect(text).toMatch(/^\(belum ditetapkan\)/m);
  expect(text).toContain('SP4N-LAPOR!');
  expect(recapText(sample, { ...words, demo: false })).not.toContain('SIMULASI');
});

test('the CSV has fixed columns and the same numbers', () => {
  const rows: Record<string, string>[] = parse(recapCsv(sample, words), { columns: true });
  expect(Object.keys(rows[0] ?? {})).toEqual([
    'dari',
    'sampai',
    'kelompok',
    'kunci',
    'nama',
    'masuk',
    'dijawab',
    'lewat_batas',
    'catatan',
  ]);
  expect(rows[0]).toMatchObject({ kelompok: 'total', masuk: '1300', dijawab: '1200', lewat_batas: '65' });
  expect(rows.find((row) => row.nama === 'PUDAM Tirta Lawu')).toMatchObject({
    kelompok: 'opd',
    masuk: '200',
  });
  expect(rows.every((row) => row.catatan === 'DATA SIMULASI')).toBe(true);
});

// Planted: safeCell left out of the name column → all but the plain ones fail.
test.each(['=1+1', '+62', '-5', '@SUM(A1)', '\tx', '\rx', '\0=x', '＝1+1', ' =1', '\n=1'])(
  'a name that starts like a formula (%j) is no formula in the CSV',
  (name) => {
    const csv = recapCsv(sample, { ...words, agencyNames: new Map([['DPUPR', name]]) });
    const rows: Record<string, string>[] = parse(csv, { columns: true });
    expect(rows.find((row) => row.kunci === 'DPUPR')?.nama).toBe(`'${name}`);
  },
);

const clock = fixedClock('2026-11-24T03:00:00Z');
const none = { total: 0, praise: 0, spam: 0, notComplaints: 0 };

test('both days are whole days in WIB', async () => {
  const asked: { from: Date; to: Date }[] = [];
  await recap(
    {
      clock,
      countCases: async (period) => {
        asked.push(period);
        return [];
      },
      countMessages: async () => none,
    },
    { from: '2023-01-01', to: '2023-11-30', agency: null, platform: null },
  );
  expect(asked[0]).toMatchObject({
    from: new Date('2022-12-31T17:00:00Z'),
    to: new Date('2023-11-30T17:00:00Z'),
  });
});

test('a cell counts once in each grouping, and every grouping adds up to the total', async () => {
  const cell = (agency: string | null, subject: string, platform: PlatformId, count: number) => ({
    agency,
    subject,
    platform,
    in: count,
    answered: count - 1,
    late: 1,
    secret: 1,
  });
  const result = await recap(
    {
      clock,
      countCases: async () => [
        cell('DLH', 'sampah', 'x', 2),
        cell('DPUPR', 'jalan', 'x', 5),
        cell('DPUPR', 'pohon', 'facebook', 3),
        cell(null, 'jalan', 'x', 2),
      ],
      countMessages: async () => none,
    },
    { from: '2026-11-01', to: '2026-11-01', agency: null, platform: null },
  );
  expect(result).toMatchObject({ in: 12, answered: 8, late: 4, secret: 4 });
  expect(result.byAgency).toEqual([
    { key: 'DPUPR', in: 8, answered: 6, late: 2 },
    { key: null, in: 2, answered: 1, late: 1 },
    { key: 'DLH', in: 2, answered: 1, late: 1 },
  ]);
  for (const rows of [result.byPlatform, result.bySubject])
    expect(rows.reduce((sum, row) => sum + row.in, 0)).toBe(12);
});

test.each([
  ['2023-02-31', '2023-03-01'],
  ['kemarin', '2023-03-01'],
  ['2023-03-02', '2023-03-01'],
  ['2023-1-1', '2023-03-01'],
])('the period %s to %s is refused in words', async (from, to) => {
  const deps = { clock, countCases: async () => [], countMessages: async () => none };
  await expect(recap(deps, { from, to, agency: null, platform: null })).rejects.toMatchObject({
    code: 'invalid',
    words: { id: expect.stringContaining('anggal') },
  });
});
