import { type ImportDeps, type ImportSummary, importCases } from '../importing/import-cases.ts';
import { readImport } from '../importing/read-import.ts';
import type { Services } from '../services.ts';
import { inTransaction } from '../store/database.ts';
import { storeImported } from '../store/imports.ts';
import { putInQuarantine } from '../store/quarantine.ts';

/** Takes in a file of cases that were handled elsewhere. @param source names its origin, for identity */
export function importFile(
  services: Services,
  file: string,
  source: string,
  onProgress?: (read: number) => void,
): Promise<ImportSummary> {
  const { client, db } = services.database;
  const deps: ImportDeps = {
    clock: services.clock,
    clocks: services.clocks,
    agencyNames: services.agencyNames,
    subjectNames: services.subjectNames,
    authorityOf: (agency) => services.authorities.get(agency) ?? null,
    store: (batch) => storeImported(inTransaction(client), db, batch),
    quarantine: (refused, now) => putInQuarantine(db, refused, now),
  };
  return importCases(deps, source, readImport(file), onProgress);
}
