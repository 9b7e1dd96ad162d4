import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { loadClassifier } from '../../classify/load.ts';
import { asError, RefusedError } from '../../core/errors.ts';
import { projectRoot } from '../../core/root.ts';
import { evaluateSplit, judgeAll, type LabelledRow, labelsOf } from '../../evaluate/evaluate.ts';
import type { Judged } from '../../evaluate/measures.ts';
import { labelMapSchema, shippedAnswerer } from '../../evaluate/shipped.ts';
import { safeCell } from '../../text/safe-cell.ts';
import { evaluateOnComplaints } from '../complaint-beds.ts';
import { print, progressByTenths, say, table } from '../output.ts';
import { columnsOf, recordsOf } from '../records.ts';
import type { AddCommand } from './command.ts';

interface EvaluateCommand {
  readonly train?: string;
  readonly test?: string;
  readonly text: string;
  readonly label?: string;
  readonly labelMap?: string;
  readonly predictions?: string;
  readonly precision: string;
  readonly data?: string;
  readonly only?: string;
  readonly json?: true;
}

/** Without `--test` the whole table of docs/classifier.md, else one file against what another one taught. */
export const addEvaluate: AddCommand = (program) => {
  program
    .command('evaluate')
    .description('mengukur ketepatan klasifikasi / measures how right the classifier is')
    .option(
      '--train <file>',
      'berkas latih; tanpa ini model bawaan menjawab / training file, else the shipped model answers',
    )
    .option('--test <file>', 'berkas uji / test file')
    .option('--text <columns>', 'kolom teks, dengan koma / text columns, comma-separated', 'text')
    .option('--label <column>', 'kolom label / label column')
    .option('--label-map <json>', 'label kami → label berkas / ours → the file’s')
    .option('--predictions <csv>', 'tulis jawaban per baris / write an answer per row')
    .option(
      '--precision <share>',
      'ketepatan yang diminta, 0..1 / wanted precision of what is decided',
      '0.9',
    )
    .option(
      '--data <folder>',
      'folder data aduan untuk tabel lengkap / folder of complaints for the whole table',
    )
    .option(
      '--only <task>',
      'satu tugas dari tabel / one task of the table: bdg, tw3, sby19, sby20, "sby19, cold start", "sby19, own texts"',
    )
    .option('--json', 'baris terakhir satu objek JSON / the last line is one JSON object')
    .action(async (options: EvaluateCommand) => {
      const precision = z.coerce.number().gt(0).lt(1).safeParse(options.precision);
      if (!precision.success)
        throw refused('--precision di antara 0 dan 1.', '--precision is between 0 and 1.');
      refuseContradictions(options);
      if (options.test === undefined) {
        process.exitCode = await evaluateOnComplaints(options.data ?? null, precision.data, {
          json: options.json === true,
          only: options.only ?? null,
        });
      } else await evaluateFiles(options, options.test, precision.data);
    });
};

function refuseContradictions({ train, test, label, labelMap, predictions }: EvaluateCommand): void {
  if (test === undefined && [train, label, labelMap, predictions].some((given) => given !== undefined)) {
    throw refused(
      'Beri --test BERKAS. Tanpa --test yang diukur adalah tabel lengkap.',
      'Give --test FILE. Without it the whole table is measured.',
    );
  }
  if (train !== undefined && labelMap !== undefined) {
    throw refused(
      '--label-map hanya untuk model bawaan, tanpa --train.',
      '--label-map is for the shipped model only, without --train.',
    );
  }
}

async function evaluateFiles(options: EvaluateCommand, testFile: string, precision: number): Promise<void> {
  const { label } = options;
  if (label === undefined) throw refused('Beri --label KOLOM.', 'Give --label COLUMN.');
  const test = await rowsOf(testFile, options.text, label);
  const classifier = loadClassifier(projectRoot);
  // What takes minutes is not lost for a folder that is not there.
  if (options.predictions !== undefined) writePredictions(options.predictions, []);
  const { evaluation, judged } =
    options.train === undefined
      ? judgeAll(
          shippedAnswerer(classifier, classifier.knowledge, labelMap(options)),
          test,
          labelsOf(test),
          0,
        )
      : await evaluateSplit(await trainingRows(options.train, options.text, label), test, {
          hints: classifier.hints(),
          precision,
          seed: 1,
          onProgress: progressByTenths('melatih / training'),
        });
  if (options.predictions !== undefined) writePredictions(options.predictions, judged);
  print(options.json ? JSON.stringify(evaluation) : table(['', ''], Object.entries(evaluation).map(cells)));
}

function cells([name, value]: [string, number | null]): string[] {
  return [name, value === null ? '–' : value.toFixed(3)];
}

async function trainingRows(file: string, columns: string, label: string): Promise<LabelledRow[]> {
  const rows = (await rowsOf(file, columns, label)).filter(({ text }) => text.trim() !== '');
  if (labelsOf(rows).length >= 2) return rows;
  throw refused(
    `${file}: untuk melatih perlu teks dengan sedikitnya dua label.`,
    `${file}: training needs texts of at least two labels.`,
  );
}

/** Rows without a label teach and prove nothing: they are left out, and their number is said. */
async function rowsOf(file: string, columns: string, label: string): Promise<LabelledRow[]> {
  const rows: LabelledRow[] = [];
  let at = 0;
  for await (const record of recordsOf(file)) {
    at += 1;
    const text = columnsOf(record, columns, at);
    const name = columnsOf(record, label, at);
    if (name !== '') rows.push({ text, label: name, fold: foldOf(text) });
  }
  if (rows.length < at) say(`${file}: ${at - rows.length} baris tanpa label / rows without a label`);
  if (rows.length === 0) throw refused(`${file}: tidak ada baris berlabel.`, `${file}: no labelled row.`);
  return rows;
}

/** Texts that differ only in case, digits and marks are held back together. */
function foldOf(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  return createHash('sha256').update(letters).digest('hex').slice(0, 12);
}

function labelMap({ labelMap: file }: EvaluateCommand) {
  if (file === undefined) return null;
  const read = labelMapSchema.safeParse(jsonOf(file));
  if (!read.success)
    throw refused(`${file}: bukan peta label.`, `${file}: no label map. ${z.prettifyError(read.error)}`);
  return read.data;
}

/** Null when there is nothing to be read. */
function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const predictionColumns = ['row', 'truth', 'answer', 'confidence', 'decided'];

function writePredictions(file: string, judged: readonly Judged[]): void {
  const rows = judged.map(({ truth, answer, confidence, decided }, at) => ({
    row: at + 1,
    truth: safeCell(truth),
    answer: safeCell(answer),
    confidence: confidence.toFixed(4),
    decided: String(decided),
  }));
  try {
    writeFileSync(file, stringify(rows, { header: true, columns: predictionColumns }));
  } catch (error) {
    const { message } = asError(error);
    throw refused(`${file} tidak dapat ditulis: ${message}`, `${file} cannot be written: ${message}`);
  }
}

function refused(id: string, en: string): RefusedError {
  return new RefusedError('invalid', { id, en });
}
