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
    silent: 'OPD yang belum menjawab',
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
    silent: 'Agencies that have not answered',
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
