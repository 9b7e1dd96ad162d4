import { z } from 'zod';
import { caseStates } from '../domain/case.ts';
import type { PlatformId } from '../domain/ids.ts';
import { sheetFields } from '../exporting/portal-sheet.ts';
import { bare, type Cells, Fields, type ImportRow, problemsOf } from './import-row.ts';

const ourNames = [
  'externalId',
  'postedAt',
  'title',
  'text',
  'category',
  'kind',
  'source',
  'agency',
  'state',
  'answeredAt',
  'secret',
] as const;
export type PortalColumn = (typeof ourNames)[number];

/** How one portal's files call their columns and states (data/import-mappings.json). */
export const PortalMapping = z.object({
  columns: z.record(z.enum(ourNames), z.array(z.string().min(1))),
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
  const found = ourNames.map((ours) => {
    const known = mapping.columns[ours].find((name) => byBare.has(bare(name)));
    return [ours, known === undefined ? undefined : byBare.get(bare(known))] as const;
  });
  return Object.fromEntries(found.filter(([, name]) => name !== undefined));
}

const needed = ['externalId', 'postedAt', 'text', 'state'] as const;

/** What a file must have and has not, by the spelling that we know best. */
export function missingColumns(mapping: PortalMapping, header: readonly string[]): readonly string[] {
  const names = mapColumns(mapping, header);
  return needed.flatMap((ours) => (names[ours] === undefined ? [mapping.columns[ours][0] ?? ours] : []));
}

/** Reads a row of a portal's file. What the file does not say (agency, subject, place) is left for the classifier. */
export function portalReader(platform: PlatformId, mapping: PortalMapping) {
  return (cells: Cells): { readonly row: ImportRow } | { readonly reason: string } => {
    const names = mapColumns(mapping, Object.keys(cells));
    const missing = missingColumns(mapping, Object.keys(cells));
    if (missing.length > 0) return { reason: `kolom tidak ditemukan: ${missing.join(', ')}` };
    const cell = (ours: PortalColumn): string => String(cells[names[ours] ?? ''] ?? '').trim();
    const state = mapping.states[bare(cell('state'))];
    if (state === undefined) return { reason: `status tidak dikenal: "${cell('state').slice(0, 40)}"` };
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
