import { DateTime } from 'luxon';
import { z } from 'zod';
import { type CaseKind, type CaseState, caseStates } from '../domain/case.ts';
import type { PlatformId } from '../domain/ids.ts';

/** One case as the file tells it. Agency and subject are still the file's words. */
export interface ImportRow {
  /** Where the case comes from, when the file says so itself. */
  readonly source: string | null;
  readonly externalId: string;
  readonly platform: PlatformId;
  readonly kind: CaseKind;
  readonly subject: string | null;
  readonly agency: string | null;
  readonly kecamatan: string | null;
  readonly place: string | null;
  readonly postedAt: Date;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  readonly state: CaseState;
  readonly secret: boolean;
  readonly text: string;
}

/** Names of the columns, the first being ours; the others are what offices call them. */
const columns = {
  source: ['source', 'asal'],
  externalId: ['external_id', 'id', 'nomor', 'no_tiket', 'tracking_id'],
  channel: ['channel', 'kanal', 'sumber'],
  kind: ['kind', 'jenis', 'klasifikasi'],
  subject: ['subject', 'topik', 'pokok'],
  agency: ['agency', 'opd', 'instansi', 'disposisi'],
  kecamatan: ['kecamatan'],
  place: ['place', 'lokasi', 'tempat'],
  postedAt: ['posted_at', 'tanggal', 'tanggal_masuk', 'waktu_laporan'],
  answeredAt: ['answered_at', 'tanggal_jawab', 'dijawab_pada'],
  answeredBy: ['answered_by', 'dijawab_oleh', 'penjawab'],
  state: ['state', 'status'],
  secret: ['secret', 'rahasia'],
  text: ['text_summary', 'text', 'isi', 'uraian', 'laporan'],
} as const;

const channelWords: Readonly<Record<string, PlatformId>> = {
  x: 'x',
  twitter: 'x',
  twitterx: 'x',
  instagram: 'instagram',
  ig: 'instagram',
  facebook: 'facebook',
  fb: 'facebook',
  whatsapp: 'whatsapp',
  wa: 'whatsapp',
  website: 'website',
  web: 'website',
  situs: 'website',
  sp4n: 'sp4n',
  lapor: 'sp4n',
  sp4nlapor: 'sp4n',
  laporgub: 'laporgub',
  sapamas: 'sapamas',
  manual: 'manual',
  telepon: 'manual',
  suratlangsung: 'manual',
};

const kindWords: Readonly<Record<string, CaseKind>> = {
  pengaduan: 'pengaduan',
  aduan: 'pengaduan',
  pengaduanberkadarpengawasan: 'pengaduan',
  pengaduantidakberkadarpengawasan: 'pengaduan',
  aspirasi: 'aspirasi',
  permintaaninformasi: 'permintaan_informasi',
  informasi: 'permintaan_informasi',
};

/** Only the letters and digits: how words of files are compared. */
export function bare(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Dates without a zone are WIB. */
const dateForms = [
  'yyyy-MM-dd HH:mm',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd',
  'dd/MM/yyyy HH:mm',
  'dd/MM/yyyy HH:mm:ss',
  'dd/MM/yyyy HH.mm',
  'dd/MM/yyyy',
];

function readDate(word: string): Date | null {
  const iso = /^\d{4}-\d\d-\d\dT/.test(word) ? DateTime.fromISO(word, { zone: 'Asia/Jakarta' }) : null;
  if (iso?.isValid) return iso.toJSDate();
  for (const form of dateForms) {
    const date = DateTime.fromFormat(word, form, { zone: 'Asia/Jakarta' });
    if (date.isValid) return date.toJSDate();
  }
  return null;
}

function known<Value>(words: Readonly<Record<string, Value>>, what: string) {
  return z.string({ error: `${what} kosong` }).transform((word, context) => {
    const value = Object.hasOwn(words, bare(word)) ? words[bare(word)] : undefined;
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `${what} tidak dikenal: "${word.slice(0, 40)}"` });
    return z.NEVER;
  });
}

const Blank = z
  .string()
  .optional()
  .transform((word) => (word === undefined || word === '' || word === '-' ? null : word));

const OptionalDate = Blank.transform((word, context) => {
  if (word === null) return null;
  const date = readDate(word);
  if (date) return date;
  context.addIssue({ code: 'custom', message: `tanggal tidak terbaca: "${word.slice(0, 40)}"` });
  return z.NEVER;
});

const RequiredDate = OptionalDate.transform((date, context) => {
  if (date) return date;
  context.addIssue({ code: 'custom', message: 'tanggal masuk kosong' });
  return z.NEVER;
});

const CaseStateWord = z
  .string({ error: 'status kosong' })
  .transform((word) =>
    word
      .toLowerCase()
      .trim()
      .replace(/[\s-]+/g, '_'),
  )
  .pipe(z.enum(caseStates, { error: 'status tidak dikenal' }));

/** One row, each field by itself. */
export const Fields = z.object({
  source: Blank.refine((word) => word === null || word.length <= 100, 'asal terlalu panjang'),
  externalId: z
    .string({ error: 'nomor asal kosong' })
    .min(1, 'nomor asal kosong')
    .max(200, 'nomor asal terlalu panjang'),
  channel: known(channelWords, 'kanal'),
  kind: known(kindWords, 'jenis'),
  subject: Blank,
  agency: Blank,
  kecamatan: Blank,
  place: Blank,
  postedAt: RequiredDate,
  answeredAt: OptionalDate,
  answeredBy: Blank,
  state: CaseStateWord,
  secret: Blank.transform((word) => word !== null && /^(ya|y|yes|true|1|rahasia)$/i.test(word)),
  text: z.string().max(20_000, 'isi lebih dari 20.000 huruf').default(''),
});

const Row = Fields.superRefine((row, context) => {
  if (row.answeredAt !== null && row.answeredAt < row.postedAt) {
    context.addIssue({ code: 'custom', message: 'tanggal jawab mendahului tanggal masuk' });
  }
  if ((row.state === 'dijawab' || row.state === 'selesai') && row.answeredAt === null) {
    context.addIssue({ code: 'custom', message: `status ${row.state} tanpa tanggal jawab` });
  }
});

/** What a parsed line of a file holds: its cells by the file's own column names. */
export type Cells = Readonly<Record<string, unknown>>;

function cellsByOurNames(cells: Cells): Record<string, string | undefined> {
  const byName = new Map<string, string>();
  for (const [name, value] of Object.entries(cells)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    byName.set(name.trim().toLowerCase().replace(/\s+/g, '_'), String(value).trim());
  }
  return Object.fromEntries(
    Object.entries(columns).map(([ours, names]) => {
      const name = names.find((candidate) => byName.has(candidate));
      return [ours, name === undefined ? undefined : byName.get(name)];
    }),
  );
}

/** Everything that is wrong with a row, in words. */
export function problemsOf(error: z.ZodError): string {
  return [...new Set(error.issues.map((issue) => issue.message))].join('; ');
}

/** @returns the row, or why it cannot be taken in (Bahasa Indonesia, for the person who imports) */
export function readRow(cells: Cells): { readonly row: ImportRow } | { readonly reason: string } {
  const read = Row.safeParse(cellsByOurNames(cells));
  if (!read.success) {
    return { reason: problemsOf(read.error) };
  }
  const { channel, ...rest } = read.data;
  return { row: { ...rest, platform: channel } };
}
