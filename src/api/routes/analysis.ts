import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import type { LeaderReport } from '../../analyze/leader-report.ts';
import { reportSheet } from '../../analyze/report-sheet.ts';
import { type ReportWords, reportText } from '../../analyze/report-text.ts';
import { inWib } from '../../exporting/wib.ts';
import { findReport, keepReport, listReports, type StoredReport } from '../../store/reports.ts';
import { countThreads } from '../../store/threads.ts';
import { addTrendNote, listTrendNotes, type TrendNote } from '../../store/trend-notes.ts';
import { type ApiContext, caller, notFound } from '../context.ts';
import { fileAnswer } from '../file-answer.ts';
import { mask } from '../masking.ts';
import { answer, os } from './base.ts';

const shownReports = 100;
const shownNotes = 50;
/** No rise has as many members. */
const mostCounted = 1_000_000;

function noteView(note: TrendNote) {
  return { ...note, text: mask(note.text) };
}

export const trends = os.trends.router({
  get: os.trends.get.handler(async ({ context, input }) => {
    const user = caller(context);
    // An agency's admin reads his own agency's figures, whatever he asks for.
    const agency = user.role === 'admin_opd' ? (user.agency ?? undefined) : input.agency;
    return answer(await context.deps.readTrends({ ...input, agency }));
  }),
  map: os.trends.map.handler(({ context }) => [...context.deps.kecamatanTiles]),
  notes: os.trends.notes.handler(async ({ context }) =>
    (await listTrendNotes(context.deps.db, shownNotes)).map(noteView),
  ),
  addNote: os.trends.addNote.handler(async ({ context, input }) => {
    const { db, clock, recordAudit } = context.deps;
    const { from, to, subject, kecamatan, text } = input;
    const at = clock.now();
    const by = caller(context)._id;
    const count = await countThreads(
      db,
      { view: 'aduan', from, before: to, subject, kecamatan, secret: false },
      { scope: { agency: null, secret: false }, user: by, now: at },
      mostCounted,
    );
    const note = { _id: `t-${ulid()}`, at, by, from, to, subject, kecamatan, in: count, text };
    await addTrendNote(db, note);
    await recordAudit({ at, by, act: 'trends.note', subject: note._id, fields: {} });
    return noteView(note);
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
