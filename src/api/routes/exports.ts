import { RefusedError } from '../../core/errors.ts';
import { type Act, may } from '../../domain/policies.ts';
import { answerCells, answerColumns, type CarriedAnswer, isToCarry } from '../../exporting/answer-columns.ts';
import { caseColumns, cellsOf, type ExportedCase } from '../../exporting/case-columns.ts';
import { sheetCells, sheetHead } from '../../exporting/portal-sheet.ts';
import type { Cell } from '../../exporting/sheet.ts';
import { inWib } from '../../exporting/wib.ts';
import { answerBatches } from '../../store/carried-answers.ts';
import { caseBatches } from '../../store/case-export.ts';
import { filterOf } from '../asked-filter.ts';
import { type ApiContext, caller } from '../context.ts';
import { fileAnswer } from '../file-answer.ts';
import { mask } from '../masking.ts';
import { caseStateWords, platformWords } from '../page/words.ts';
import { askingFor } from '../thread-lists.ts';
import { callersScope, os } from './base.ts';

async function* rowsOf<One>(
  batches: AsyncIterable<readonly One[]>,
  cells: (one: One) => readonly Cell[],
): AsyncGenerator<readonly (readonly Cell[])[]> {
  for await (const batch of batches) yield batch.map(cells);
}

const personalData: Act = 'personal-data.view';

/** Notes in the audit that a file leaves, and to whose eyes its words are cut. */
async function openExport(
  context: ApiContext,
  act: string,
  { unmasked, ...fields }: { readonly unmasked: boolean } & Readonly<Record<string, string | boolean>>,
) {
  const { deps } = context;
  const user = caller(context);
  const asked = askingFor(deps, user, callersScope(context));
  const at = asked.now;
  await deps.recordAudit({ at, by: user._id, act, subject: null, fields: { ...fields, unmasked } });
  const open = (one: ExportedCase['case']) => unmasked && may(user, personalData, one);
  const { agencyNames, subjectNames } = deps;
  return {
    asked,
    stamp: `${inWib(at).replace(/\D/g, '')}-wib`,
    words: {
      agencyNames,
      subjectNames,
      textFor: (one: ExportedCase['case'], text: string) => (open(one) ? text : mask(text)),
      now: at,
      demo: deps.mode === 'demo',
    },
  };
}

export const exports = os.exports.router({
  cases: os.exports.cases.handler(async ({ context, input }) => {
    const { format, unmasked, ...filter } = input;
    const { asked, words, stamp } = await openExport(context, 'export.cases', {
      ...{ format, unmasked, view: filter.view },
    });
    const batches = caseBatches(context.deps.db, filterOf(filter), asked);
    const rows = rowsOf(batches, (one: ExportedCase) => cellsOf(one, words));
    return fileAnswer({ title: 'Aduan', columns: caseColumns, batches: rows }, format, `aduan-${stamp}`);
  }),
  portalSheet: os.exports.portalSheet.handler(async ({ context, input }) => {
    const { format, unmasked, portal, entered, ...filter } = input;
    const { sheet: columns } = context.deps.readPortalMapping(portal);
    if (columns === undefined)
      throw new RefusedError('not-possible', {
        id: 'Kanal ini belum punya lembar input: tambahkan "sheet" di data/import-mappings.json.',
        en: 'This portal has no input sheet yet: add "sheet" in data/import-mappings.json.',
      });
    const { asked, words, stamp } = await openExport(context, 'export.portal-sheet', {
      ...{ format, unmasked, portal, entered, view: filter.view },
    });
    const wanted = { ...filter, ...(!entered && { missingIn: portal }) };
    const batches = caseBatches(context.deps.db, filterOf(wanted), asked);
    const all = { ...words, portal, platformNames: platformWords, stateNames: caseStateWords };
    const rows = rowsOf(batches, (one: ExportedCase) => sheetCells(columns, one, all));
    const made = { title: 'Lembar input', columns: sheetHead(columns), batches: rows };
    return fileAnswer(made, format, `lembar-${portal}-${stamp}`);
  }),
  portalAnswers: os.exports.portalAnswers.handler(async ({ context, input }) => {
    const { format, portal, carried, ...period } = input;
    const { asked, words, stamp } = await openExport(context, 'export.portal-answers', {
      ...{ format, unmasked: false, portal, carried },
    });
    const { from, before } = filterOf({ view: 'semua', ...period });
    const batches = answerBatches(context.deps.db, { source: portal, from, before }, asked.scope);
    const all = { ...words, portal, stateNames: caseStateWords };
    const wanted = (batch: readonly CarriedAnswer[]) =>
      carried ? batch : batch.filter((one) => isToCarry(one, portal));
    async function* rows() {
      for await (const batch of batches) yield wanted(batch).map((one) => answerCells(one, all));
    }
    const made = { title: 'Jawaban', columns: answerColumns, batches: rows() };
    return fileAnswer(made, format, `jawaban-${portal}-${stamp}`);
  }),
});
