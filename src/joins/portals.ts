import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { RefusedError } from '../core/errors.ts';
import { projectRoot } from '../core/root.ts';
import { type PortalId, portalIds } from '../domain/elsewhere.ts';
import { channelId } from '../domain/ids.ts';
import type { ImportRow } from '../importing/import-row.ts';
import { PortalMapping } from '../importing/portal-row.ts';
import { ownAccount } from '../platforms/registry.ts';
import type { Services } from '../services.ts';

const Mappings = z.object({ sp4n: PortalMapping, laporgub: PortalMapping, sapamas: PortalMapping });

/** How each portal's files call things. Read anew for each file: whoever edits it need not restart anything. */
export function readMapping(portal: PortalId): PortalMapping {
  const file = path.join(projectRoot, 'data/import-mappings.json');
  return Mappings.parse(JSON.parse(readFileSync(file, 'utf8')))[portal];
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
