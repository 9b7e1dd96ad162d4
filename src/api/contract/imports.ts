import { z } from 'zod';
import { caseStates } from '../../domain/case.ts';
import { portalIds } from '../../domain/elsewhere.ts';
import { neededColumns, portalColumns } from '../../domain/import-mapping.ts';
import { importStates, importSteps } from '../../domain/import-run.ts';
import { Id, route, Version, When } from './base.ts';
import { FileAnswer } from './exports.ts';

const count = z.number().int();
const Portal = z.enum(portalIds);
const ColumnName = z.string().trim().min(1).max(200);

const RunShape = z.object({
  _id: Id,
  portal: Portal,
  file: z.string(),
  step: z.enum(importSteps),
  by: z.string(),
  startedAt: When,
  state: z.enum(importStates),
  counts: z.object({ read: count, added: count, updated: count, unchanged: count, refused: count }),
  /** The first refused rows: line in the file, and why. */
  refusals: z.array(z.object({ line: count, reason: z.string() })),
  /** Words of the file for states that nobody knows. */
  unknownStates: z.array(z.string()),
  stopBy: z.string().nullable(),
  endedAt: When.nullable(),
  words: z.object({ id: z.string(), en: z.string() }).nullable(),
});

const content = {
  portal: Portal,
  name: z.string().trim().min(3).max(60),
  /** Our names → the file's own. */
  columns: z
    .partialRecord(z.enum(portalColumns), ColumnName)
    .refine((columns) => neededColumns.every((ours) => columns[ours] !== undefined)),
  /** Words of the file → our states, beside those that are known of the portal. */
  states: z.record(z.string().trim().min(1).max(100), z.enum(caseStates)),
};
const MappingShape = z.object({ _id: Id, ...content, version: Version, by: z.string(), at: When });

/** "Impor": files of the portals that are tried or taken in, and how their columns are called. */
export const imports = {
  runs: route('import.run')
    .route({ method: 'GET', path: '/imports', summary: 'The newest ten, with how far they are' })
    .output(z.array(RunShape)),
  stop: route('import.run')
    .route({ method: 'POST', path: '/imports/{id}/stop', summary: 'What is stored until then stays' })
    .input(z.object({ id: Id }))
    .output(z.object({ ok: z.literal(true) })),
  refused: route('import.run')
    .route({
      method: 'GET',
      path: '/imports/{id}/refused',
      summary: 'The refused rows as CSV (at most 5,000): line in the file, why, what stood there',
      outputStructure: 'detailed',
    })
    .input(z.object({ id: Id }))
    .output(FileAnswer),
  mappings: route('import.run')
    .route({ method: 'GET', path: '/imports/mappings/{portal}', summary: 'The last saved one first' })
    .input(z.object({ portal: Portal }))
    .output(z.array(MappingShape)),
  saveMapping: route('import.run')
    .route({ method: 'POST', path: '/imports/mappings', summary: 'A new mapping, or a changed one' })
    /** `seen`: what is changed; null: a new one. */
    .input(z.object({ seen: z.object({ _id: Id, version: Version }).nullable(), ...content }))
    .output(MappingShape),
  removeMapping: route('import.run')
    .route({ method: 'POST', path: '/imports/mappings/{id}/remove' })
    .input(z.object({ id: Id, version: Version }))
    .output(z.object({ ok: z.literal(true) })),
};
