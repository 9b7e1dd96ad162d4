import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { RefusedError } from '../core/errors.ts';
import { readCells } from '../importing/read-import.ts';
import { lettersHash } from '../learn/held-back.ts';
import { type HistoryMapping, historyReader } from '../learn/history-row.ts';
import type { Services } from '../services.ts';
import { keepExamples, type StoredExample } from '../store/examples.ts';
import { type NewQuarantined, putInQuarantine } from '../store/quarantine.ts';
import { maskPersonalData } from '../text/personal-data.ts';
import { portalNamed, readMapping } from './portals.ts';

const MappingFile = z.object({
  text: z.array(z.string().min(1)).min(1),
  label: z.array(z.string().min(1)).min(1),
  labels: z.record(z.string(), z.string().min(1)).default({}),
});

/** @param map a portal of data/import-mappings.json, or a JSON file. @throws {RefusedError} `invalid`, `not-found` */
async function mappingOf(map: string): Promise<HistoryMapping> {
  if (!map.toLowerCase().endsWith('.json')) {
    const { columns } = readMapping(portalNamed(map));
    return {
      text: [...columns.title, ...columns.text],
      label: [...columns.category, ...columns.agency],
      labels: {},
    };
  }
  const read = MappingFile.safeParse(JSON.parse(await readFile(map, 'utf8')));
  if (read.success) return read.data;
  throw new RefusedError('invalid', {
    id: `${map}: perlu {"text": [kolom…], "label": [kolom…], "labels": {"kata berkas": "pokok atau OPD"}}.`,
    en: `${map}: needs {"text": [columns…], "label": [columns…], "labels": {"the file's word": "subject or agency"}}.`,
  });
}

/** What a file taught. */
export interface HistorySummary {
  readonly read: number;
  readonly kept: number;
  /** Of those, not there before. */
  readonly added: number;
  readonly refused: number;
  /** How many rows by reason, most first. */
  readonly reasons: readonly { readonly reason: string; readonly rows: number; readonly firstLine: number }[];
}

const batchSize = 500;

/**
 * Takes the office's own export in as labelled examples: each text once, personal data masked. What cannot teach goes to
 * the quarantine with its reason. Twice is once.
 * @throws {RefusedError} `invalid` when the file or the mapping cannot be read at all
 */
export async function learnHistory(
  { database: { db }, classifier, clock }: Pick<Services, 'database' | 'classifier' | 'clock'>,
  file: string,
  map: string,
): Promise<HistorySummary> {
  const readRow = historyReader(await mappingOf(map), classifier);
  const source = path.basename(file);
  const at = clock.now();
  const reasons = new Map<string, { rows: number; firstLine: number }>();
  const sum = { read: 0, kept: 0, added: 0, refused: 0 };
  let good = new Map<string, StoredExample>();
  let bad: NewQuarantined[] = [];

  async function flush(): Promise<void> {
    sum.added += await keepExamples(db, [...good.values()]);
    await putInQuarantine(db, bad, at);
    [good, bad] = [new Map(), []];
  }

  function refuse(line: number, reason: string, raw: string): void {
    sum.refused += 1;
    const before = reasons.get(reason);
    reasons.set(reason, { rows: (before?.rows ?? 0) + 1, firstLine: before?.firstLine ?? line });
    bad.push({ source: `train ${source}`, nativeId: String(line), reason, raw: maskPersonalData(raw) });
  }

  for await (const { line, cells, raw, reason } of readCells(file)) {
    sum.read += 1;
    if (cells === null) refuse(line, reason ?? 'baris tidak terbaca', raw);
    else {
      const { text, label } = readRow(cells);
      if (label.label === null) refuse(line, label.reason, raw);
      else {
        sum.kept += 1;
        const _id = lettersHash(text);
        good.set(_id, { _id, text: maskPersonalData(text), label: label.label, source, at });
      }
    }
    if (good.size + bad.length >= batchSize) await flush();
  }
  await flush();
  const byRows = [...reasons].map(([reason, count]) => ({ reason, ...count }));
  return { ...sum, reasons: byRows.sort((one, other) => other.rows - one.rows) };
}
