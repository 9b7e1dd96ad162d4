import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { RefusedError } from '../core/errors.ts';
import { projectRoot } from '../core/root.ts';
import { type PortalId, portalIds } from '../domain/elsewhere.ts';
import { channelId } from '../domain/ids.ts';
import type { ImportMapping } from '../domain/import-mapping.ts';
import type { Cells, ImportRow } from '../importing/import-row.ts';
import { fittingMapping, PortalMapping, portalReader, withSaved } from '../importing/portal-row.ts';
import { ownAccount } from '../platforms/registry.ts';
import type { Services } from '../services.ts';
import { listImportMappings } from '../store/import-mappings.ts';

const Mappings = z.object({ sp4n: PortalMapping, laporgub: PortalMapping, sapamas: PortalMapping });

/** How each portal's files call things. Read anew for each file: whoever edits it need not restart anything. */
export function readMapping(portal: PortalId): PortalMapping {
  const file = path.join(projectRoot, 'data/import-mappings.json');
  return Mappings.parse(JSON.parse(readFileSync(file, 'utf8')))[portal];
}

/**
 * Reads the rows of one file of a portal. Which mapping fits is known from its first row.
 * @param chosen the saved mapping to use; null: the last saved one that fits, else the known spellings
 */
export async function rowReader(
  db: Services['database']['db'],
  portal: PortalId,
  chosen: string | null = null,
  onUnknownState?: (word: string) => void,
) {
  const resolve = await mappingResolver(db, portal, chosen);
  let read: ReturnType<typeof portalReader> | null = null;
  return (cells: Cells) => {
    read ??= portalReader(portal, resolve(Object.keys(cells)).mapping, onUnknownState);
    return read(cells);
  };
}

/** Leads from the columns of a file to how it is read. @throws {RefusedError} `not-found` when the chosen one is gone */
export async function mappingResolver(
  db: Services['database']['db'],
  portal: PortalId,
  chosen: string | null,
): Promise<
  (header: readonly string[]) => { readonly mapping: PortalMapping; readonly saved: ImportMapping | null }
> {
  const known = readMapping(portal);
  const all = await listImportMappings(db, portal);
  if (chosen !== null && !all.some((one) => one._id === chosen))
    throw new RefusedError('not-found', {
      id: 'Pemetaan kolom ini sudah tidak ada. Pilih yang lain.',
      en: 'This mapping of columns is gone. Choose another one.',
    });
  return (header) => {
    const saved =
      chosen === null ? fittingMapping(all, header) : (all.find((one) => one._id === chosen) ?? null);
    return { mapping: withSaved(known, saved), saved };
  };
}

/** @throws {RefusedError} `not-found` when the word names no portal of ours */
export function portalNamed(word: string): PortalId {
  const read = z.enum(portalIds).safeParse(word);
  if (read.success) return read.data;
  throw new RefusedError('not-found', {
    id: `Kanal impor: pilih dari ${portalIds.join(', ')}.`,
    en: `Channels to import: choose from ${portalIds.join(', ')}.`,
  });
}

/** What the import of a portal's rows has beside that of any file: its channel, other names, the classifier's word. */
export function portalImport(services: Services, portal: PortalId) {
  return {
    channelId: channelId(portal, ownAccount.name),
    agencyAliases: services.reference.current.agencyAliases,
    propose: (row: ImportRow) =>
      services.classifier.classify({
        text: row.text,
        platform: portal,
        ownPostText: null,
        parentText: null,
        quotedText: null,
        receivingAgency: null,
      }),
  };
}
