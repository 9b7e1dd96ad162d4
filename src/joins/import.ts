import type { ImportLook } from '../api/contract/import-file.ts';
import type { PortalId } from '../domain/elsewhere.ts';
import type { ImportCounts } from '../domain/import-run.ts';
import { type ImportDeps, type ImportSummary, importCases } from '../importing/import-cases.ts';
import type { Cells } from '../importing/import-row.ts';
import { mapColumns, missingColumns } from '../importing/portal-row.ts';
import { readCells, readImport } from '../importing/read-import.ts';
import type { Services } from '../services.ts';
import { noteReceived } from '../store/channels.ts';
import { inTransaction } from '../store/database.ts';
import { countImported, storeImported } from '../store/imports.ts';
import { putInQuarantine } from '../store/quarantine.ts';
import { settlePortalAnswers } from './portal-answers.ts';
import { mappingResolver, portalImport, rowReader } from './portals.ts';

export interface ImportOptions {
  /** Names the file's origin, for identity; a portal's files need none. */
  readonly source: string;
  /** Null: a file in our own words (fixtures/history-2023.csv is one). */
  readonly portal: PortalId | null;
  /** Reads and judges every row and stores nothing. */
  readonly dryRun: boolean;
  /** A saved mapping of the portal's columns; absent: the last saved one that fits the file. */
  readonly mapping?: string | null;
  readonly onProgress?: (so: ImportCounts) => void;
  readonly onUnknownState?: (word: string) => void;
  readonly onRefused?: NonNullable<ImportDeps['onRefused']>;
  readonly signal?: AbortSignal;
}

function depsFor(services: Services, options: ImportOptions): ImportDeps {
  const { client, db } = services.database;
  const { portal, dryRun, onRefused, signal } = options;
  return {
    clock: services.clock,
    clocks: services.clocks,
    agencyNames: services.agencyNames,
    subjectNames: services.subjectNames,
    authorityOf: (agency) => services.authorities.get(agency) ?? null,
    ...(portal !== null && portalImport(services, portal)),
    ...(onRefused && { onRefused }),
    ...(signal && { signal }),
    async store(batch) {
      if (dryRun) return countImported(db, batch);
      const stored = await storeImported(inTransaction(client), db, batch, services.clock.now());
      if (portal !== null) await settlePortalAnswers(services, batch);
      return stored;
    },
    quarantine: async (refused, now) => {
      if (!dryRun) await putInQuarantine(db, refused, now);
    },
  };
}

/**
 * Takes in a file of cases: from a portal, or handled elsewhere. Twice is once; a later version updates.
 * @throws {RefusedError} `invalid` when the file cannot be read at all
 */
export async function importFile(
  services: Services,
  file: string,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { portal, source, mapping, onProgress, onUnknownState } = options;
  const { db } = services.database;
  const lines =
    portal === null
      ? readImport(file)
      : readImport(file, await rowReader(db, portal, mapping, onUnknownState));
  const deps = depsFor(services, options);
  const done = await importCases(deps, portal ?? source, lines, onProgress);
  if (deps.channelId && !options.dryRun) await noteReceived(db, deps.channelId, services.clock.now());
  return done;
}

/** One row that a bridge hands over, by the names of the portal's own columns. */
export async function importPortalRow(
  services: Services,
  portal: PortalId,
  cells: Cells,
): Promise<ImportSummary> {
  const read = (await rowReader(services.database.db, portal))(cells);
  const line = { line: 1, raw: JSON.stringify(cells) };
  async function* one() {
    yield { ...line, ...read };
  }
  const deps = depsFor(services, { source: portal, portal, dryRun: false });
  const done = await importCases(deps, portal, one());
  if (deps.channelId) await noteReceived(services.database.db, deps.channelId, services.clock.now());
  return done;
}

/** The first rows as the file has them. */
export async function previewFile(file: string, rows: number): Promise<readonly Cells[]> {
  const seen: Cells[] = [];
  for await (const { cells } of readCells(file)) {
    if (cells !== null) seen.push(cells);
    if (seen.length >= rows) break;
  }
  return seen;
}

const looked = 20;

/**
 * What a person sees before a file is taken in.
 * @param chosen a saved mapping; null: the last saved one that fits
 * @throws {RefusedError} `invalid` when it cannot be read, `not-found` when the mapping is gone
 */
export async function lookAtFile(
  db: Services['database']['db'],
  file: string,
  portal: PortalId,
  chosen: string | null,
): Promise<ImportLook> {
  const rows = await previewFile(file, looked);
  const columns = Object.keys(rows[0] ?? {});
  const { mapping, saved } = (await mappingResolver(db, portal, chosen))(columns);
  return {
    columns,
    mapping: saved?._id ?? null,
    found: mapColumns(mapping, columns),
    missing: missingColumns(mapping, columns),
    rows: rows.map((row) => columns.map((name) => String(row[name] ?? '').slice(0, 200))),
  };
}
