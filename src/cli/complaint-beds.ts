import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DateTime } from 'luxon';
import { type LoadedClassifier, loadClassifier } from '../classify/load.ts';
import { RefusedError } from '../core/errors.ts';
import { projectRoot } from '../core/root.ts';
import {
  cpuSeconds,
  crossValidate,
  type EvaluateOptions,
  type Evaluation,
  evaluateSplit,
  judgeAll,
  type LabelledRow,
  labelsOf,
} from '../evaluate/evaluate.ts';
import { anchorAnswers, everyNth, naturalAnchor } from '../evaluate/natural-anchor.ts';
import { type LabelMap, labelMapSchema, shippedAnswerer } from '../evaluate/shipped.ts';
import { print, progressByTenths, say, table } from './output.ts';
import { learntFromOwn } from './own-texts.ts';
import { recordsOf } from './records.ts';

/** Real complaints of other places. They are not in the repository and never will be: no licence, personal data. */
const complaintsFolder = path.resolve(projectRoot, '../shared/data/complaints');

/** scikit-learn 1.9.1 on the same folds: macro-F1 and accuracy as published in shared/data/README.md. */
const published: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sby20: {
    'MultinomialNB word 1-2': '.585 / .779',
    'LogReg word 1-2': '.653 / .811',
    'LinearSVC word+char': '.673 / .825',
  },
  sby19: {
    'MultinomialNB word 1-2': '.606 / .833',
    'LogReg word 1-2': '.686 / .870',
    'LinearSVC word+char': '.711 / .882',
  },
  bdg: {
    'MultinomialNB word 1-2': '.464 / .676',
    'LogReg word 1-2': '.486 / .704',
    'LinearSVC word+char': '.574 / .739',
  },
  tw3: {
    'MultinomialNB word 1-2': '.789 / .755',
    'LogReg word 1-2': '.792 / .755',
    'LinearSVC word+char': '.810 / .781',
  },
};

interface DatedRow extends LabelledRow {
  /** ISO date and time, '' where the file has none. */
  readonly at: string;
}

interface Bed {
  readonly name: string;
  readonly rows: readonly DatedRow[];
}

interface Row {
  readonly task: string;
  readonly model: string;
  readonly evaluation: Evaluation | null;
  readonly published?: string;
}

/**
 * The whole table: folds, time split, cold start, with the anchors beside.
 * @returns the exit code: 2 when the complaints are not there
 */
export async function evaluateOnComplaints(
  folder: string | null,
  precision: number,
  { json, only }: { readonly json: boolean; readonly only: string | null },
): Promise<number> {
  const from = folder ?? complaintsFolder;
  if (!existsSync(path.join(from, 'surabaya-2022-01_2023-02.csv'))) {
    say(`tanggap: tidak ada data aduan di ${from}; tanpa itu tidak ada yang diukur.`);
    say(`tanggap: no complaints in ${from}; without them there is nothing to measure.`);
    return 2;
  }
  const beds = await readBeds(from);
  refuseUnknown(only, beds);
  /** "sby19" is all of it, "sby19, cold start" that row alone. */
  const isAsked = (task: string) => only === null || task === only || task.startsWith(`${only}, `);
  const classifier = loadClassifier(projectRoot);
  const rows: Row[] = [];
  const show = (row: Row) => {
    rows.push(row);
    say(lineOf(row).join('  '));
  };
  for (const bed of beds.filter(({ name }) => isAsked(coldStartOf(name)))) show(coldStart(classifier, bed));
  for (const bed of beds.filter(({ name }) => isAsked(name))) {
    const options = optionsFor(classifier, bed.name, precision);
    show({ task: bed.name, model: 'tanggap', evaluation: await crossValidate(bed.rows, options) });
    show({ task: bed.name, model: 'natural', evaluation: anchored(bed) });
    for (const [model, figures] of Object.entries(published[bed.name] ?? {})) {
      show({ task: bed.name, model, evaluation: null, published: figures });
    }
  }
  const sby19 = beds.find((bed) => bed.name === 'sby19');
  if (sby19 && isAsked(timeSplit)) {
    const { before, after } = lastThreeMonths(sby19.rows);
    const options = optionsFor(classifier, timeSplit, precision);
    const { evaluation } = await evaluateSplit(before, after, options);
    show({ task: timeSplit, model: 'tanggap', evaluation });
  }
  // Long, and no part of the table.
  for (const bed of beds.filter(({ name }) => only === ownTextsOf(name))) {
    const learnt = learntFromOwn(bed.rows, mapFor(bed), progressByTenths(bed.name));
    for await (const { texts, evaluation } of learnt)
      show({ task: ownTextsOf(bed.name), model: `tanggap, ${texts} own texts`, evaluation });
  }
  print(table(heads, rows.map(lineOf)));
  if (json) print(JSON.stringify(rows));
  return 0;
}

const timeSplit = 'sby19, last 3 months';
const coldStartOf = (bed: string) => `${bed}, cold start`;
const ownTextsOf = (bed: string) => `${bed}, own texts`;

function refuseUnknown(only: string | null, beds: readonly Bed[]): void {
  const tasks = beds.flatMap(({ name }) => [name, coldStartOf(name), ownTextsOf(name)]);
  if (only === null || only === timeSplit || tasks.includes(only)) return;
  const known = [...tasks, timeSplit].join(' · ');
  throw new RefusedError('invalid', {
    id: `Tidak ada tugas "${only}". Yang ada: ${known}.`,
    en: `No task "${only}". There are: ${known}.`,
  });
}

function optionsFor(classifier: LoadedClassifier, name: string, precision: number): EvaluateOptions {
  return { hints: classifier.hints(), precision, seed: 1, onProgress: progressByTenths(name) };
}

const maps: Readonly<Record<string, string>> = {
  sby20: 'surabaya',
  sby19: 'surabaya',
  bdg: 'bandung',
  tw3: 'tweets',
};

/** Ours → the file's. */
function mapFor({ name }: Bed): LabelMap {
  const file = path.join(projectRoot, 'fixtures/label-maps', `${maps[name]}.json`);
  return labelMapSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function coldStart(classifier: LoadedClassifier, bed: Bed): Row {
  const answerer = shippedAnswerer(classifier, classifier.knowledge, mapFor(bed));
  const { evaluation } = judgeAll(answerer, bed.rows, labelsOf(bed.rows), 0);
  return { task: coldStartOf(bed.name), model: 'tanggap', evaluation };
}

/** natural on the first fold only, on evenly spread rows: more of it takes hours. */
function anchored({ rows }: Bed): Evaluation {
  const fold = [...new Set(rows.map((row) => row.fold))].sort()[0];
  const started = cpuSeconds();
  const anchor = naturalAnchor(rows.filter((row) => row.fold !== fold));
  const seconds = cpuSeconds() - started;
  const test = everyNth(
    rows.filter((row) => row.fold === fold),
    anchorAnswers,
  );
  return judgeAll(anchor, test, labelsOf(rows), seconds).evaluation;
}

function lastThreeMonths(rows: readonly DatedRow[]): { before: DatedRow[]; after: DatedRow[] } {
  const newest =
    [...rows]
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? '';
  const from = DateTime.fromISO(newest).minus({ months: 3 }).toISODate() ?? newest;
  return { before: rows.filter(({ at }) => at < from), after: rows.filter(({ at }) => at >= from) };
}

const heads = [
  'task',
  'model',
  'macro-F1 / accuracy',
  'ECE',
  'cov. at 95 %',
  'decided',
  'precision',
  'train CPU s',
  'texts/CPU s',
];

function lineOf({ task, model, evaluation, published: figures }: Row): string[] {
  if (!evaluation) return [task, `scikit-learn ${model}`, figures ?? '–', '–', '–', '–', '–', '–', '–'];
  const short = (value: number) => value.toFixed(3).replace(/^0/, '');
  const { macroF1, accuracy, ece, coverageAt95, decided, decidedPrecision } = evaluation;
  const isAnchor = model === 'natural';
  return [
    task,
    model,
    `${short(macroF1)} / ${short(accuracy)}`,
    ...(isAnchor ? ['–', '–', '–', '–'] : [ece, coverageAt95, decided, decidedPrecision ?? 0].map(short)),
    evaluation.trainSeconds.toFixed(1),
    evaluation.textsPerSecond.toFixed(0),
  ];
}

async function readBeds(folder: string): Promise<Bed[]> {
  const read = async (file: string, row: (record: Record<string, string>) => DatedRow) => {
    const rows: DatedRow[] = [];
    for await (const record of recordsOf(path.join(folder, file))) {
      rows.push(row(record as Record<string, string>));
    }
    return rows.filter(({ label, fold }) => label !== '' && label !== '?' && fold !== '');
  };
  const field = (record: Record<string, string>, name: string) => record[name] ?? '';
  const sby = await read('surabaya-2022-01_2023-02.csv', (record) => ({
    text: field(record, 'text'),
    label: field(record, 'sector'),
    fold: field(record, 'fold'),
    at: field(record, 'submitted_at'),
  }));
  const bdg = await read('bandung-regency-2021_2023.csv', (record) => ({
    text: `${field(record, 'title')}. ${field(record, 'text')}`,
    label: field(record, 'sector'),
    fold: field(record, 'fold'),
    at: field(record, 'submitted_at'),
  }));
  const tw3 = await read('tweets-2015_2016.csv', (record) => ({
    text: field(record, 'text'),
    label: field(record, 'kind'),
    fold: field(record, 'fold'),
    at: '',
  }));
  return [
    { name: 'bdg', rows: bdg },
    { name: 'tw3', rows: tw3 },
    { name: 'sby19', rows: sby.filter((row) => row.label !== 'KECAMATAN_KELURAHAN') },
    { name: 'sby20', rows: sby },
  ];
}
