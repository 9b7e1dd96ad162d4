import { randomBytes } from 'node:crypto';
import type { LeaderReport } from '../../analyze/leader-report.ts';
import { reportSheet } from '../../analyze/report-sheet.ts';
import { type ReportWords, reportText } from '../../analyze/report-text.ts';
import { inWib } from '../../exporting/wib.ts';
import { findReport, keepReport, listReports, type StoredReport } from '../../store/reports.ts';
import { type ApiContext, caller, notFound } from '../context.ts';
import { fileAnswer } from '../file-answer.ts';
import { answer, os } from './base.ts';

const shownReports = 100;

export const trends = os.trends.router({
  get: os.trends.get.handler(async ({ context, input }) => {
    const user = caller(context);
    // An agency's admin reads his own agency's figures, whatever he asks for.
    const agency = user.role === 'admin_opd' ? (user.agency ?? undefined) : input.agency;
    return answer(await context.deps.readTrends({ ...input, agency }));
  }),
});

function wordsFor({ deps }: ApiContext, id: string): ReportWords {
  const { agencyNames, subjectNames, mode } = deps;
  return { agencyNames, subjectNames, id, demo: mode === 'demo' };
}

async function reportOf(context: ApiContext, id: string): Promise<StoredReport<LeaderReport>> {
  const found = await findReport<LeaderReport>(context.deps.db, id);
  if (!found) throw notFound();
  return found;
}

export const reports = os.reports.router({
  list: os.reports.list.handler(async ({ context }) =>
    answer(await listReports(context.deps.db, shownReports)),
  ),
  make: os.reports.make.handler(async ({ context, input }) => {
    const { deps } = context;
    const user = caller(context);
    const at = deps.clock.now();
    const figures = await deps.readLeaderReport(input);
    const [day, time] = inWib(at).replace(/[-:]/g, '').split(' ');
    const id = `L-${day}-${time}-${randomBytes(2).toString('hex')}`;
    const report = { _id: id, at, by: user._id, figures, text: reportText(figures, wordsFor(context, id)) };
    await keepReport(deps.db, report);
    await deps.recordAudit({ at, by: user._id, act: 'report.make', subject: id, fields: {} });
    return answer(report);
  }),
  get: os.reports.get.handler(async ({ context, input }) => answer(await reportOf(context, input.id))),
  file: os.reports.file.handler(async ({ context, input }) => {
    const { _id, figures } = await reportOf(context, input.id);
    return fileAnswer(reportSheet(figures, wordsFor(context, _id)), input.format, `laporan-${_id}`);
  }),
});
