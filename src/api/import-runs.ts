import { asError, RefusedError } from '../core/errors.ts';
import type { ImportRun, RefusedRow } from '../domain/import-run.ts';
import { beatImportRun, beginImportRun, endImportRun, mostRefused } from '../store/import-runs.ts';
import { type ApiContext, caller } from './context.ts';
import { wordsFor } from './problem.ts';

/** How often a run shows how far it is, and asks whether it shall end. */
const beatEveryMs = 1_000;
/** Of a refused row, so many letters are kept. */
const keptOfRow = 1_000;

/** What a run has found, and what of it the database does not have yet. */
function findings() {
  let counts: ImportRun['counts'] = { read: 0, added: 0, updated: 0, unchanged: 0, refused: 0 };
  let fresh: RefusedRow[] = [];
  let refused = 0;
  const unknown = new Set<string>();
  return {
    set counts(so: ImportRun['counts']) {
      counts = so;
    },
    refuse(line: number, reason: string, row: string) {
      refused += 1;
      if (refused <= mostRefused) fresh.push([line, reason.slice(0, keptOfRow), row.slice(0, keptOfRow)]);
    },
    unknownState: (word: string) => void unknown.add(word),
    /** Each refused row is handed over once. */
    take() {
      const rows = fresh;
      fresh = [];
      return { counts, refused: rows, unknownStates: [...unknown] };
    },
  };
}

type Asked = Pick<ImportRun, 'portal' | 'file' | 'step'> & { readonly mapping: string | null };

/**
 * Tries a file or takes it in, in this process, with its progress in the database: whoever asked may leave and look again.
 * @param path is read until `ended`
 * @returns the run, once it has begun
 * @throws {RefusedError} `conflict` while another file of the portal is read
 */
export async function startImportRun(
  context: ApiContext,
  path: string,
  { mapping, ...asked }: Asked,
): Promise<{ readonly run: ImportRun; readonly ended: Promise<void> }> {
  const { deps } = context;
  const { db, clock } = deps;
  const run = await beginImportRun(db, { ...asked, by: caller(context)._id }, clock.now());
  const so = findings();
  const stop = new AbortController();
  let beat: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    beat = beat
      .then(() => beatImportRun(db, run._id, so.take(), clock.now()))
      .then((isWanted) => isWanted || stop.abort())
      .catch((error: unknown) => deps.log.debug('import beat', { error: asError(error) }));
  }, beatEveryMs);

  async function take(): Promise<Pick<ImportRun, 'state' | 'words'>> {
    try {
      const { refusals: _, ...counts } = await deps.importing.take(path, run.portal, {
        dryRun: run.step === 'uji',
        mapping,
        signal: stop.signal,
        onRefused: so.refuse,
        onUnknownState: so.unknownState,
        onProgress(counts) {
          so.counts = counts;
        },
      });
      so.counts = counts;
      return { state: 'done', words: null };
    } catch (error) {
      if (stop.signal.aborted) return { state: 'stopped', words: null };
      if (error instanceof RefusedError) return { state: 'failed', words: error.words };
      deps.log.error('import failed', { run: run._id, error: asError(error) });
      return { state: 'failed', words: wordsFor(500) };
    }
  }

  async function toTheEnd(): Promise<void> {
    const end = await take();
    clearInterval(timer);
    await beat;
    const last = so.take();
    await endImportRun(db, run._id, last, { ...end, endedAt: clock.now() });
    if (run.step === 'uji') return;
    const fields = { portal: run.portal, state: end.state, ...last.counts };
    await deps.recordAudit({ at: clock.now(), by: run.by, act: 'import.file', subject: run._id, fields });
  }

  const ended = toTheEnd().catch((error: unknown) =>
    deps.log.error('import run not ended in the database', { run: run._id, error: asError(error) }),
  );
  return { run, ended };
}
