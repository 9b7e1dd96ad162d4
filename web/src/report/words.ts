import { words } from '../shared/language.tsx';

export const reportWords = words(
  {
    title: 'Laporan pimpinan',
    make: 'Susun laporan',
    hint: 'Angka sampai menit ini, dibekukan dengan nomor sehingga dapat dibuka lagi persis sama.',
    earlier: 'Laporan sebelumnya',
    frozen: (id: string, at: string) => `Laporan ${id}, data s.d. ${at}`,
    text: 'Teks untuk WhatsApp',
    copy: 'Salin teks',
    copied: 'Teks disalin.',
    print: 'Cetak',
    sheet: 'Unduh XLSX',
    csv: 'Unduh CSV',
    agency: 'OPD',
    perAgency: 'Menurut OPD',
    silent: 'OPD yang belum menjawab',
    noneSilent: 'Tidak ada: setiap OPD sudah menjawab.',
    waits: (n: number) => `${n.toLocaleString('id-ID')} menunggu`,
    in: 'Aduan masuk',
    answered: 'Dijawab',
    late: 'Lewat batas',
    waiting: 'Menunggu jawaban',
    secret: (n: number) => `${n.toLocaleString('id-ID')} rahasia (hanya jumlah)`,
    change: (now: number, before: number) =>
      now === before
        ? 'tetap'
        : `${now > before ? '▲ naik' : '▼ turun'} dari ${before.toLocaleString('id-ID')}`,
    top: 'Lima pokok aduan terbanyak',
    subject: 'Pokok aduan, kecamatan',
    undecided: 'Belum ditentukan',
    nowhere: 'tempat tidak disebut',
    viral: 'Sedang ramai',
    usual: (now: number, usual: number, waiting: number) =>
      `${now} (biasanya ${usual.toLocaleString('id-ID', { maximumFractionDigits: 1 })}), ${waiting} menunggu`,
    blind: 'Kanal yang tidak terpantau',
    noneBlind: 'Tidak ada: semua kanal terbaca.',
    trouble: { paused: 'dijeda', broken: 'terputus', silent: 'tidak terbaca' },
    lastRead: 'terakhir terbaca',
    moreAgencies: (n: number) => `dan ${n} OPD lagi: lihat XLSX.`,
    outside: (praise: number, not: number, spam: number, all: number) =>
      `Di luar aduan: ${praise} apresiasi, ${not} bukan aduan, ${spam} spam; ${all} pesan seluruhnya.`,
    until: (at: string) => `Data s.d. ${at}`,
    numbered: (id: string) => `Nomor laporan ${id}`,
    by: (who: string) => `Disusun oleh ${who}`,
    none: 'Belum ada laporan.',
  },
  {
    title: "Leader's report",
    make: 'Make the report',
    hint: 'Figures up to this minute, frozen under a number so that it can be opened again just the same.',
    earlier: 'Earlier reports',
    frozen: (id: string, at: string) => `Report ${id}, data until ${at}`,
    text: 'Text for WhatsApp',
    copy: 'Copy the text',
    copied: 'The text is copied.',
    print: 'Print',
    sheet: 'Download XLSX',
    csv: 'Download CSV',
    agency: 'Agency',
    perAgency: 'By agency',
    silent: 'Agencies that have not answered',
    noneSilent: 'None: every agency has answered.',
    waits: (n: number) => `${n.toLocaleString('en')} waiting`,
    in: 'Cases in',
    answered: 'Answered',
    late: 'Late',
    waiting: 'Waiting',
    secret: (n: number) => `${n.toLocaleString('en')} secret (number only)`,
    change: (now: number, before: number) =>
      now === before
        ? 'unchanged'
        : `${now > before ? '▲ up' : '▼ down'} from ${before.toLocaleString('en')}`,
    top: 'Five commonest subjects',
    subject: 'Subject, district',
    undecided: 'Not decided',
    nowhere: 'no place named',
    viral: 'Rising now',
    usual: (now: number, usual: number, waiting: number) =>
      `${now} (usually ${usual.toLocaleString('en', { maximumFractionDigits: 1 })}), ${waiting} waiting`,
    blind: 'Channels that bring nothing',
    noneBlind: 'None: all channels are read.',
    trouble: { paused: 'paused', broken: 'broken', silent: 'silent' },
    lastRead: 'last read',
    moreAgencies: (n: number) => `and ${n} more agencies: see the XLSX.`,
    outside: (praise: number, not: number, spam: number, all: number) =>
      `Beside cases: ${praise} praise, ${not} no complaint, ${spam} spam; ${all} messages in all.`,
    until: (at: string) => `Data until ${at}`,
    numbered: (id: string) => `Report ${id}`,
    by: (who: string) => `Made by ${who}`,
    none: 'There is no report yet.',
  },
);

export interface ReportSearch {
  /** The report that is open. */
  readonly buka?: string;
}

export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const { buka } = search;
  return typeof buka === 'string' && buka.length <= 60 ? { buka } : {};
}
