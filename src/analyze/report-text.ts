import { DateTime } from 'luxon';
import type { LeaderReport } from './leader-report.ts';
import { platformNames } from './platform-names.ts';

export interface ReportWords {
  readonly agencyNames: ReadonlyMap<string, string>;
  readonly subjectNames: ReadonlyMap<string, string>;
  readonly id: string;
  readonly demo: boolean;
}

const number = (value: number) => value.toLocaleString('id-ID');

function moment(at: Date): string {
  return DateTime.fromJSDate(at, { zone: 'Asia/Jakarta' })
    .setLocale('id')
    .toFormat('cccc, d MMMM yyyy HH.mm');
}

function change(now: number, before: number): string {
  if (now === before) return 'tetap';
  return now > before ? `naik dari ${number(before)}` : `turun dari ${number(before)}`;
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `*${title}*`, ...lines];
}

const troubles = { paused: 'dijeda', broken: 'terputus', silent: 'tidak terbaca' } as const;

/** The report as a message for WhatsApp, whose bold is between asterisks; one screen, no case, no name, no text. */
export function reportText(report: LeaderReport, words: ReportWords): string {
  const agency = (code: string | null) =>
    code === null ? '(belum ditetapkan)' : (words.agencyNames.get(code) ?? code);
  const place = ({ subject, kecamatan }: { subject: string | null; kecamatan: string | null }) =>
    `${words.subjectNames.get(subject ?? '') ?? subject ?? '(belum ditetapkan)'}${kecamatan === null ? '' : `, ${kecamatan}`}`;
  const { before, messages, viral } = report;
  return [
    '*LAPORAN ADUAN*',
    `${moment(report.from)} s.d. ${moment(report.to)} WIB`,
    ...(words.demo ? ['DATA SIMULASI'] : []),
    '',
    `Aduan masuk: *${number(report.in)}* (${change(report.in, before.in)})`,
    `Dijawab: *${number(report.answered)}* (${change(report.answered, before.answered)})`,
    `Lewat batas: *${number(report.late)}* (${change(report.late, before.late)})`,
    `Menunggu jawaban: ${number(report.waiting)}`,
    ...(report.secret > 0 ? [`Rahasia (hanya jumlah): ${number(report.secret)}`] : []),
    ...block(
      'Pokok aduan terbanyak',
      report.topSubjects.map(
        (one, index) => `${index + 1}. ${place(one)}: ${number(one.in)}, menunggu ${number(one.waiting)}`,
      ),
    ),
    ...block(
      'Sedang ramai',
      viral === null
        ? []
        : [
            `${place(viral)}: ${number(viral.in)} (biasanya ${number(Math.round(viral.usual))}), menunggu ${number(viral.waiting)}`,
          ],
    ),
    ...block(
      'OPD terbanyak',
      report.byAgency
        .slice(0, 5)
        .map((row) => `${agency(row.key)}: ${number(row.in)}, dijawab ${number(row.answered)}`),
    ),
    ...block(
      'OPD belum menjawab',
      report.silentAgencies.map((row) => `${agency(row.key)}: ${number(row.waiting)} menunggu`),
    ),
    ...block(
      'Kanal yang tidak terpantau',
      report.blindChannels.map(
        (one) =>
          `${platformNames.get(one.platform) ?? one.platform} ${one.account}: ${troubles[one.state]}${one.lastReadAt === null ? '' : ` sejak ${moment(one.lastReadAt)}`}`,
      ),
    ),
    '',
    `Di luar aduan: apresiasi ${number(messages.praise)}, bukan aduan ${number(messages.notComplaints)}, spam ${number(messages.spam)}; semua pesan ${number(messages.total)}`,
    '',
    `Data s.d. ${moment(report.to)} WIB. Nomor laporan ${words.id}`,
  ].join('\n');
}
