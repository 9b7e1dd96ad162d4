import { z } from 'zod';
import { caseStates } from '../domain/case.ts';
import type { PlatformId } from '../domain/ids.ts';
import {
  type ImportMapping,
  neededColumns,
  type PortalColumn,
  portalColumns,
} from '../domain/import-mapping.ts';
import { sheetFields } from '../exporting/portal-sheet.ts';
import { bare, type Cells, Fields, type ImportRow, problemsOf } from './import-row.ts';

/** How one portal's files call their columns and states (data/import-mappings.json). */
export const PortalMapping = z.object({
  columns: z.record(z.enum(portalColumns), z.array(z.string().min(1))),
  /** States by their bare letters ("Belum Diverifikasi" → `belumdiverifikasi`). */
  states: z.record(z.string(), z.enum(caseStates)),
  /** Columns of the sheet that is carried over into the portal, in the order of its form. */
  sheet: z.array(z.object({ name: z.string().min(1), from: z.enum(sheetFields) })).optional(),
});
export type PortalMapping = z.infer<typeof PortalMapping>;

/** Our names → the file's own, as far as the file has them. */
export function mapColumns(
  mapping: PortalMapping,
  header: readonly string[],
): Partial<Record<PortalColumn, string>> {
  const byBare = new Map(header.map((name) => [bare(name), name]));
  const found = portalColumns.map((ours) => {
    const known = mapping.columns[ours].find((name) => byBare.has(bare(name)));
    return [ours, known === undefined ? undefined : byBare.get(bare(known))] as const;
  });
  return Object.fromEntries(found.filter(([, name]) => name !== undefined));
}

/** The known spellings and states with a saved mapping's in their place; columns that it leaves out are not read. */
export function withSaved(known: PortalMapping, saved: ImportMapping | null): PortalMapping {
  if (saved === null) return known;
  const columns = portalColumns.map((ours) => [
    ours,
    [saved.columns[ours]].filter((name) => name !== undefined),
  ]);
  return {
    ...known,
    columns: Object.fromEntries(columns) as PortalMapping['columns'],
    states: { ...known.states, ...saved.states },
  };
}

/** The first saved mapping whose columns all stand in the file. */
export function fittingMapping(
  saved: readonly ImportMapping[],
  header: readonly string[],
): ImportMapping | null {
  const has = new Set(header.map(bare));
  return saved.find((one) => Object.values(one.columns).every((name) => has.has(bare(name)))) ?? null;
}

/** What a file must have and has not, by the spelling that we know best. */
export function missingColumns(mapping: PortalMapping, header: readonly string[]): readonly string[] {
  const names = mapColumns(mapping, header);
  return neededColumns.flatMap((ours) =>
    names[ours] === undefined ? [mapping.columns[ours][0] ?? ours] : [],
  );
}

/**
 * Reads a row of a portal's file. What the file does not say (agency, subject, place) is left for the classifier.
 * @param onUnknownState told each word for a state that the mapping does not have
 */
export function portalReader(
  platform: PlatformId,
  mapping: PortalMapping,
  onUnknownState?: (word: string) => void,
) {
  return (cells: Cells): { readonly row: ImportRow } | { readonly reason: string } => {
    const names = mapColumns(mapping, Object.keys(cells));
    const missing = missingColumns(mapping, Object.keys(cells));
    if (missing.length > 0) return { reason: `kolom tidak ditemukan: ${missing.join(', ')}` };
    const cell = (ours: PortalColumn): string => String(cells[names[ours] ?? ''] ?? '').trim();
    const state = mapping.states[bare(cell('state'))];
    if (state === undefined) {
      onUnknownState?.(cell('state').slice(0, 40));
      return { reason: `status tidak dikenal: "${cell('state').slice(0, 40)}"` };
    }
    const read = Fields.safeParse({
      source: platform,
      externalId: cell('externalId'),
      channel: platform,
      kind: cell('kind') || 'pengaduan',
      agency: cell('agency'),
      postedAt: cell('postedAt'),
      answeredAt: cell('answeredAt'),
      state,
      secret: cell('secret'),
      text: [cell('title'), cell('text')].filter((part) => part !== '').join('\n\n'),
    });
    if (!read.success) return { reason: problemsOf(read.error) };
    if (read.data.text === '') return { reason: 'isi laporan kosong' };
    const { channel: _, ...rest } = read.data;
    return { row: { ...rest, platform } };
  };
}
