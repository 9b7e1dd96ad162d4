import { bare } from '../../importing/import-row.ts';
import { listImportMappings, removeImportMapping, saveImportMapping } from '../../store/import-mappings.ts';
import { listImportRuns, refusedRowsOf, stopImportRun } from '../../store/import-runs.ts';
import { caller, notFound } from '../context.ts';
import { fileAnswer } from '../file-answer.ts';
import { answer, ok, os } from './base.ts';

const shownRuns = 10;

export const imports = os.imports.router({
  runs: os.imports.runs.handler(async ({ context: { deps } }) => {
    const runs = await listImportRuns(deps.db, shownRuns, deps.clock.now());
    return runs.map(({ beatAt: _, ...run }) => answer(run));
  }),

  stop: os.imports.stop.handler(async ({ context, input }) => {
    await stopImportRun(context.deps.db, input.id, caller(context)._id);
    return ok;
  }),

  refused: os.imports.refused.handler(async ({ context, input }) => {
    const rows = await refusedRowsOf(context.deps.db, input.id);
    if (rows === null) throw notFound();
    const columns = ['baris', 'alasan', 'isi'].map((name) => ({ name, width: 40 }));
    async function* batches() {
      yield rows ?? [];
    }
    return fileAnswer({ title: 'Ditolak', columns, batches: batches() }, 'csv', 'ditolak');
  }),

  mappings: os.imports.mappings.handler(async ({ context, input }) =>
    (await listImportMappings(context.deps.db, input.portal)).map((one) => answer(one)),
  ),

  saveMapping: os.imports.saveMapping.handler(async ({ context, input: { seen, states, ...said } }) => {
    const { db, clock, transaction, recordAudit } = context.deps;
    const [at, by] = [clock.now(), caller(context)._id];
    const byBare = Object.fromEntries(Object.entries(states).map(([word, state]) => [bare(word), state]));
    return transaction(async (session) => {
      const saved = await saveImportMapping(db, seen, { ...said, states: byBare, by, at }, session);
      const fields = { portal: saved.portal, columns: Object.keys(saved.columns).length };
      await recordAudit({ at, by, act: 'import-mapping.save', subject: saved._id, fields }, session);
      return answer(saved);
    });
  }),

  removeMapping: os.imports.removeMapping.handler(async ({ context, input: { id, version } }) => {
    const { db, clock, transaction, recordAudit } = context.deps;
    const [at, by] = [clock.now(), caller(context)._id];
    await transaction(async (session) => {
      await removeImportMapping(db, { _id: id, version }, session);
      await recordAudit({ at, by, act: 'import-mapping.remove', subject: id, fields: {} }, session);
    });
    return ok;
  }),
});
