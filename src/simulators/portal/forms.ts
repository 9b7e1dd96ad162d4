import type { PlatformId } from '../../domain/ids.ts';
import { kindOf, type Report } from '../kit/reports.ts';

export type PortalId = Extract<PlatformId, 'sp4n' | 'laporgub' | 'sapamas'>;

/** One portal: how it looks from outside, and what a line of its export says. */
export interface PortalForm {
  readonly title: string;
  /** Begins each tracking id. */
  readonly prefix: string;
  readonly firstNumber: number;
  readonly columns: Readonly<Record<string, (report: ExportedReport) => string>>;
}

interface ExportedReport extends Report {
  readonly answeredAt: Date | null;
}

const kindWords = {
  pengaduan: 'Pengaduan',
  aspirasi: 'Aspirasi',
  permintaan_informasi: 'Permintaan Informasi',
} as const;

/** `24/11/2026 10:03`, WIB. */
function wib(at: Date | null): string {
  if (at === null) return '';
  const part = (value: number) => String(value).padStart(2, '0');
  const local = new Date(at.getTime() + 7 * 3_600_000);
  const day = `${part(local.getUTCDate())}/${part(local.getUTCMonth() + 1)}/${local.getUTCFullYear()}`;
  return `${day} ${part(local.getUTCHours())}:${part(local.getUTCMinutes())}`;
}

const id = (report: ExportedReport) => report.nativeId;
const at = (report: ExportedReport) => wib(report.at);
const answered = (report: ExportedReport) => wib(report.answeredAt);
const text = (report: ExportedReport) => report.text;
const kind = (report: ExportedReport) => kindWords[kindOf(report.text)];
const title = (report: ExportedReport) => report.text.split(/[.!?\n]/)[0]?.slice(0, 60) ?? '';
const state = (open: string, done: string) => (report: ExportedReport) =>
  report.answeredAt === null ? open : done;

/** The columns are those of data/import-mappings.json; SP4N's are its "Laporan Ringkas". */
export const portalForms: Readonly<Record<PortalId, PortalForm>> = {
  sp4n: {
    title: 'SP4N-LAPOR!',
    prefix: 'SP4N-SIM-',
    firstNumber: 7_710_500,
    columns: {
      'Tracking ID': id,
      'Tanggal Laporan': at,
      'Judul Laporan': title,
      'Isi Laporan': text,
      Kategori: () => '',
      Klasifikasi: kind,
      Sumber: () => 'Website',
      'Instansi Tujuan': () => '',
      Status: state('Belum Diverifikasi', 'Selesai'),
      'Tanggal Tindak Lanjut': answered,
    },
  },
  laporgub: {
    title: 'LaporGub',
    prefix: 'LG-SIM-',
    firstNumber: 88_300,
    columns: {
      'Kode Aduan': id,
      'Tanggal Aduan': at,
      'Isi Aduan': text,
      Jenis: kind,
      Media: () => 'Aplikasi',
      Status: state('Disposisi', 'Selesai'),
      'Tanggal Selesai': answered,
    },
  },
  sapamas: {
    title: 'SAPAMAS',
    prefix: 'SAPAMAS-',
    firstNumber: 500,
    columns: {
      'No Aduan': id,
      'Tanggal Aduan': at,
      'Isi Aduan': text,
      Jenis: kind,
      Status: state('Masuk', 'Dijawab'),
      'Tanggal Jawab': answered,
    },
  },
};
