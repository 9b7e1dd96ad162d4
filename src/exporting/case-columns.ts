import type { Case } from '../domain/case.ts';
import type { Mention } from '../domain/mention.ts';
import type { Cell } from './sheet.ts';

/** The parts of a case's first message that a file shows. */
type RootMessage = Pick<Mention, 'author' | 'text' | 'url'>;

/** One case as the store hands it over, without notes and history. */
export interface ExportedCase {
  readonly case: Omit<Case, 'notes' | 'history' | 'tokens'>;
  /** Null when the first message is not in the database (an import without texts). */
  readonly root: RootMessage | null;
}

export interface ExportWords {
  /** Short names of agencies and names of subjects by id; unknown ids are shown as they are. */
  readonly agencyNames: ReadonlyMap<string, string>;
  readonly subjectNames: ReadonlyMap<string, string>;
  /** A text as this reader may see it. */
  readonly textFor: (one: ExportedCase['case'], text: string) => string;
  /** Time for "late so far". */
  readonly now: Date;
  /** Marks every row as simulated. */
  readonly demo: boolean;
}

/** A column: its fixed name, its width in characters in a spreadsheet, and how a case fills it. */
interface Column {
  readonly name: string;
  readonly width: number;
  readonly of: (one: ExportedCase['case'], root: RootMessage | null, words: ExportWords) => Cell;
}

const yesOrNo = (value: boolean) => (value ? 'ya' : 'tidak');
const named = (names: ReadonlyMap<string, string>, id: string | null) =>
  id === null ? null : (names.get(id) ?? id);

/** A place as people write it; null where none is known. */
export function writtenPlace(place: Case['place']): string | null {
  const parts = [place?.name, place?.kecamatan && `Kecamatan ${place.kecamatan}`].filter(Boolean);
  return parts.length === 0 ? null : parts.join(', ');
}

/** Open or answered after its time, as the recap and the report count it. */
function isLate({ dueAt, answeredAt, closedAt }: ExportedCase['case'], now: Date): boolean {
  return dueAt !== null && (answeredAt ?? closedAt ?? now) > dueAt;
}

/**
 * The columns of docs/exports.md, in their order. Names never change; new columns go to the end. A secret case is a row
 * without writer, link and text: a file leaves the house.
 */
export const caseColumns: readonly Column[] = [
  { name: 'nomor', width: 18, of: (one) => one._id },
  { name: 'kanal', width: 12, of: (one) => one.platform },
  { name: 'akun_kanal', width: 20, of: (one) => one.channelId },
  { name: 'jenis', width: 20, of: (one) => one.kind },
  { name: 'kode_pokok_aduan', width: 18, of: (one) => one.subject },
  { name: 'pokok_aduan', width: 24, of: (one, _, words) => named(words.subjectNames, one.subject) },
  { name: 'kode_opd', width: 14, of: (one) => one.agency },
  { name: 'opd', width: 24, of: (one, _, words) => named(words.agencyNames, one.agency) },
  { name: 'kode_opd_pendamping', width: 14, of: (one) => one.companion },
  { name: 'kewenangan', width: 12, of: (one) => one.authority },
  { name: 'kecamatan', width: 16, of: (one) => one.place?.kecamatan ?? null },
  { name: 'tempat', width: 20, of: (one) => one.place?.name ?? null },
  { name: 'urgensi', width: 10, of: (one) => one.urgency },
  { name: 'status', width: 16, of: (one) => one.state },
  { name: 'rahasia', width: 8, of: (one) => yesOrNo(one.secret) },
  { name: 'anonim', width: 8, of: (one) => yesOrNo(one.anonymous) },
  { name: 'ditulis_wib', width: 17, of: (one) => one.openedAt },
  { name: 'diterima_wib', width: 17, of: (one) => one.receivedAt },
  { name: 'batas_wib', width: 17, of: (one) => one.dueAt },
  { name: 'dijawab_wib', width: 17, of: (one) => one.answeredAt },
  { name: 'dijawab_lewat', width: 12, of: (one) => one.answeredBy },
  { name: 'ditutup_wib', width: 17, of: (one) => one.closedAt },
  { name: 'lewat_batas', width: 10, of: (one, _, words) => yesOrNo(isLate(one, words.now)) },
  { name: 'jumlah_pesan', width: 10, of: (one) => one.mentionIds.length },
  { name: 'jumlah_pendukung', width: 10, of: (one) => one.supporterIds.length },
  { name: 'penulis', width: 20, of: (one, root) => (one.secret || one.anonymous ? null : writerOf(root)) },
  {
    name: 'tautan',
    width: 30,
    of: (one, root) => (one.secret || one.anonymous ? null : (root?.url ?? null)),
  },
  {
    name: 'isi',
    width: 60,
    of: (one, root, words) => (one.secret || root === null ? null : words.textFor(one, root.text)),
  },
  { name: 'catatan', width: 16, of: (_one, _root, words) => (words.demo ? 'DATA SIMULASI' : null) },
];

function writerOf(root: RootMessage | null): string | null {
  if (root === null) return null;
  return root.author.handle === null ? root.author.name : `@${root.author.handle}`;
}

export function cellsOf(one: ExportedCase, words: ExportWords): readonly Cell[] {
  return caseColumns.map((column) => column.of(one.case, one.root, words));
}
