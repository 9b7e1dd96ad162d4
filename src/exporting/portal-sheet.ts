import type { Case, CaseState } from '../domain/case.ts';
import type { PlatformId } from '../domain/ids.ts';
import { type ExportedCase, type ExportWords, writtenPlace } from './case-columns.ts';
import type { Cell } from './sheet.ts';

/** What a column of a portal's input sheet may hold; data/import-mappings.json says which, in the order of its form. */
export const sheetFields = [
  'kind',
  'title',
  'text',
  'day',
  'place',
  'agency',
  'subject',
  'secrecy',
  'channel',
  'state',
  'externalId',
  'number',
  'link',
  'remark',
] as const;
type SheetField = (typeof sheetFields)[number];

export interface SheetColumn {
  readonly name: string;
  readonly from: SheetField;
}

export interface SheetWords extends ExportWords {
  /** The portal that the sheet is for. */
  readonly portal: string;
  readonly platformNames: Readonly<Record<PlatformId, string>>;
  readonly stateNames: Readonly<Record<CaseState, string>>;
}

/** LAPOR's own words for the kinds. */
const kindNames: Readonly<Record<Case['kind'], string>> = {
  pengaduan: 'Pengaduan',
  aspirasi: 'Aspirasi',
  permintaan_informasi: 'Permintaan Informasi',
};

const widths: Partial<Record<SheetField, number>> = { title: 40, text: 60, place: 30, link: 30 };

/** A title is what fits a line: an officer makes it better when he enters it. */
const longestTitle = 100;

function titleOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length <= longestTitle ? line : `${letters.slice(0, longestTitle - 1).join('')}…`;
}

function secrecyOf({ anonymous, secret }: ExportedCase['case']): string | null {
  const words = [...(anonymous ? ['Anonim'] : []), ...(secret ? ['Rahasia'] : [])];
  return words.length === 0 ? null : words.join(', ');
}

function remarkOf({ secret }: ExportedCase['case'], { demo }: SheetWords): string | null {
  const words = [
    ...(demo ? ['DATA SIMULASI'] : []),
    ...(secret ? ['Aduan rahasia: isinya buka di Tanggap'] : []),
  ];
  return words.length === 0 ? null : words.join('. ');
}

type Fill = (one: ExportedCase['case'], text: string | null, words: SheetWords, url: string | null) => Cell;

const fills: Readonly<Record<SheetField, Fill>> = {
  kind: (one) => kindNames[one.kind],
  title: (_, text) => (text === null ? null : titleOf(text)),
  text: (_, text) => text,
  day: (one) => one.openedAt,
  place: (one) => writtenPlace(one.place),
  agency: (one, _, { agencyNames }) =>
    one.agency === null ? null : (agencyNames.get(one.agency) ?? one.agency),
  subject: (one, _, { subjectNames }) =>
    one.subject === null ? null : (subjectNames.get(one.subject) ?? one.subject),
  secrecy: (one) => secrecyOf(one),
  channel: (one, _, { platformNames }) => platformNames[one.platform],
  state: (one, _, { stateNames }) => stateNames[one.state],
  externalId: (one, _, { portal }) =>
    one.elsewhere?.find(({ source }) => source === portal)?.externalId ?? null,
  number: (one) => one._id,
  link: (one, _text, _words, url) => (one.secret || one.anonymous ? null : url),
  remark: (one, _, words) => remarkOf(one, words),
};

export function sheetHead(columns: readonly SheetColumn[]) {
  return columns.map(({ name, from }) => ({ name, width: widths[from] ?? 18 }));
}

/** One case as the officer enters it in the portal. A secret one has no words: a file leaves the house. */
export function sheetCells(
  columns: readonly SheetColumn[],
  { case: one, root }: ExportedCase,
  words: SheetWords,
): readonly Cell[] {
  const text = one.secret || root === null ? null : words.textFor(one, root.text);
  return columns.map(({ from }) => fills[from](one, text, words, root?.url ?? null));
}
