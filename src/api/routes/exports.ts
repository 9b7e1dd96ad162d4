import { may } from '../../domain/policies.ts';
import { caseColumns, cellsOf, type ExportedCase, type ExportWords } from '../../exporting/case-columns.ts';
import type { Cell, Sheet } from '../../exporting/sheet.ts';
import { inWib } from '../../exporting/wib.ts';
import { caseBatches } from '../../store/case-export.ts';
import { filterOf } from '../asked-filter.ts';
import { caller } from '../context.ts';
import { fileAnswer } from '../file-answer.ts';
import { mask } from '../masking.ts';
import { askingFor } from '../thread-lists.ts';
import { callersScope, os } from './base.ts';

async function* rowsOf(
  batches: AsyncIterable<readonly ExportedCase[]>,
  words: ExportWords,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  for await (const batch of batches) yield batch.map((one) => cellsOf(one, words));
}

export const exports = os.exports.router({
  cases: os.exports.cases.handler(async ({ context, input }) => {
    const { deps } = context;
    const { format, unmasked, ...filter } = input;
    const user = caller(context);
    const asked = askingFor(deps, user, callersScope(context));
    const { now } = asked;
    await deps.recordAudit({
      at: now,
      by: user._id,
      act: 'export.cases',
      subject: null,
      fields: { format, unmasked, view: filter.view },
    });
    const open = (one: ExportedCase['case']) => unmasked && may(user, 'personal-data.view', one);
    const sheet: Sheet = {
      title: 'Aduan',
      columns: caseColumns,
      batches: rowsOf(caseBatches(deps.db, filterOf(filter), asked), {
        agencyNames: deps.agencyNames,
        subjectNames: deps.subjectNames,
        textFor: (one, text) => (open(one) ? text : mask(text)),
        now,
        demo: deps.mode === 'demo',
      }),
    };
    return fileAnswer(sheet, format, `aduan-${inWib(now).replace(/\D/g, '')}-wib`);
  }),
});
