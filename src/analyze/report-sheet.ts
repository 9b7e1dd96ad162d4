import type { LeaderReport } from './leader-report.ts';
import { platformNames } from './platform-names.ts';
import type { ReportWords } from './report-text.ts';

type Line = readonly (string | number | Date | null)[];

const columns = [
  { name: 'bagian', width: 24 },
  { name: 'nama', width: 32 },
  { name: 'kecamatan', width: 18 },
  { name: 'masuk', width: 10 },
  { name: 'dijawab', width: 10 },
  { name: 'lewat_batas', width: 12 },
  { name: 'menunggu', width: 10 },
  { name: 'waktu_wib', width: 17 },
  { name: 'catatan', width: 18 },
];

/** The report as one table: a line per figure, the part it belongs to in the first column. */
export function reportSheet(report: LeaderReport, words: ReportWords) {
  const note = words.demo ? 'DATA SIMULASI' : null;
  const agency = (code: string | null) => (code === null ? null : (words.agencyNames.get(code) ?? code));
  const line = (
    part: string,
    name: string | null,
    counts: Partial<Record<'in' | 'answered' | 'late' | 'waiting', number>>,
    at: Date | null = null,
    kecamatan: string | null = null,
  ): Line => [
    part,
    name,
    kecamatan,
    counts.in ?? null,
    counts.answered ?? null,
    counts.late ?? null,
    counts.waiting ?? null,
    at,
    note,
  ];
  const lines: readonly Line[] = [
    line('Masa', 'dari', {}, report.from),
    line('Masa', 'sampai', {}, report.to),
    line('Aduan', 'masa ini', report),
    line('Aduan', 'masa sebelumnya', report.before),
    line('Aduan', 'rahasia (hanya jumlah)', { in: report.secret }),
    ...report.topSubjects.map((one) =>
      line(
        'Pokok aduan terbanyak',
        words.subjectNames.get(one.subject ?? '') ?? one.subject,
        one,
        null,
        one.kecamatan,
      ),
    ),
    ...report.byAgency.map((row) => line('OPD', agency(row.key), row)),
    ...report.silentAgencies.map((row) => line('OPD belum menjawab', agency(row.key), row)),
    ...report.byPlatform.map((row) => line('Kanal', row.key && (platformNames.get(row.key) ?? row.key), row)),
    ...report.blindChannels.map((one) =>
      line(
        'Kanal tidak terpantau',
        `${platformNames.get(one.platform) ?? one.platform} ${one.account}`,
        {},
        one.lastReadAt,
      ),
    ),
    line('Pesan', 'semua', { in: report.messages.total }),
    line('Pesan', 'apresiasi', { in: report.messages.praise }),
    line('Pesan', 'bukan aduan', { in: report.messages.notComplaints }),
    line('Pesan', 'spam', { in: report.messages.spam }),
  ];
  return { title: 'Laporan', columns, batches: oneBatch(lines) };
}

async function* oneBatch(lines: readonly Line[]): AsyncGenerator<readonly Line[]> {
  yield lines;
}
