import { stringify } from 'csv-stringify/sync';
import { DateTime } from 'luxon';
import { safeCell } from '../text/safe-cell.ts';
import { platformNames } from './platform-names.ts';
import type { Recap, RecapRow } from './recap.ts';

export interface RecapWords {
  /** Short names of agencies and names of subjects by id; unknown ids are shown as they are. */
  readonly agencyNames: ReadonlyMap<string, string>;
  readonly subjectNames: ReadonlyMap<string, string>;
  /** Marks every output as simulated. */
  readonly demo: boolean;
}

const undecided = '(belum ditetapkan)';
const simulated = 'DATA SIMULASI';

interface Group {
  readonly code: string;
  readonly title: string;
  readonly rows: readonly RecapRow[];
  readonly names: ReadonlyMap<string, string>;
}

function groups(recap: Recap, words: RecapWords): readonly Group[] {
  return [
    { code: 'opd', title: 'Menurut OPD', rows: recap.byAgency, names: words.agencyNames },
    { code: 'kanal', title: 'Menurut kanal', rows: recap.byPlatform, names: platformNames },
    { code: 'topik', title: 'Menurut topik', rows: recap.bySubject, names: words.subjectNames },
  ];
}

function nameOf(group: Group, row: RecapRow): string {
  return row.key === null ? undecided : (group.names.get(row.key) ?? row.key);
}

function inWords(day: string): string {
  return DateTime.fromISO(day).setLocale('id').toFormat('d MMMM yyyy');
}

const number = (value: number): string => value.toLocaleString('id-ID');

function share(part: number, whole: number): string {
  if (whole === 0) return '';
  return ` (${((100 * part) / whole).toLocaleString('id-ID', { maximumFractionDigits: 1 })} %)`;
}

function table(group: Group): readonly string[] {
  const cells = group.rows.map((row) => [
    nameOf(group, row),
    number(row.in),
    number(row.answered),
    number(row.late),
  ]);
  const all = [[group.title, 'Masuk', 'Dijawab', 'Lewat batas'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  return all.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

/** For people, in Bahasa Indonesia. */
export function recapText(recap: Recap, words: RecapWords): string {
  const facts: readonly (readonly [string, string])[] = [
    ['Aduan masuk', number(recap.in)],
    ['Dijawab', number(recap.answered) + share(recap.answered, recap.in)],
    ['Lewat batas', number(recap.late) + share(recap.late, recap.in)],
    ['Rahasia (hanya jumlah)', number(recap.secret)],
    ['Semua pesan', number(recap.messages.total)],
    ['  apresiasi', number(recap.messages.praise)],
    ['  spam', number(recap.messages.spam)],
    ['  bukan aduan', number(recap.messages.notComplaints)],
  ];
  const lines = [
    `REKAP ADUAN ${inWords(recap.from)} s.d. ${inWords(recap.to)} (WIB)`,
    ...(words.demo ? [simulated] : []),
    '',
    ...facts.map(([name, value]) => `${name.padEnd(24)}${value}`),
  ];
  for (const group of groups(recap, words)) {
    if (group.rows.length > 0) lines.push('', ...table(group));
  }
  return `${lines.join('\n')}\n`;
}

const csvColumns = [
  'dari',
  'sampai',
  'kelompok',
  'kunci',
  'nama',
  'masuk',
  'dijawab',
  'lewat_batas',
  'catatan',
] as const;

/** One line per total, agency, channel and subject; days in WIB; the column names are fixed. */
export function recapCsv(recap: Recap, words: RecapWords): string {
  const note = words.demo ? simulated : '';
  const line = (
    code: string,
    key: string,
    name: string,
    counts: readonly (number | '')[],
  ): readonly (string | number)[] => [
    recap.from,
    recap.to,
    code,
    safeCell(key),
    safeCell(name),
    ...counts,
    note,
  ];
  const rows = [
    line('total', '', 'Aduan', [recap.in, recap.answered, recap.late]),
    line('rahasia', '', 'Rahasia (hanya jumlah)', [recap.secret, '', '']),
    line('pesan', 'semua', 'Semua pesan', [recap.messages.total, '', '']),
    line('pesan', 'apresiasi', 'Apresiasi', [recap.messages.praise, '', '']),
    line('pesan', 'spam', 'Spam', [recap.messages.spam, '', '']),
    line('pesan', 'bukan_aduan', 'Bukan aduan', [recap.messages.notComplaints, '', '']),
    ...groups(recap, words).flatMap((group) =>
      group.rows.map((row) =>
        line(group.code, row.key ?? '', nameOf(group, row), [row.in, row.answered, row.late]),
      ),
    ),
  ];
  return stringify([[...csvColumns], ...rows.map((row) => [...row])]);
}
