import type { Hints } from '../classify/linear/linear-model.ts';
import { type LabelledText, trainStack } from '../classify/stack/train-stack.ts';
import { type Judged, type Measures, measure } from './measures.ts';

/** A row of a labelled file. */
export interface LabelledRow {
  readonly text: string;
  readonly label: string;
  /** Rows of one fold are tested together; near-duplicates share one. */
  readonly fold: string;
}

export interface Evaluation extends Measures {
  /** CPU seconds of the training, or of all trainings together. */
  readonly trainSeconds: number;
  /** Answers per CPU second. */
  readonly textsPerSecond: number;
}

/** Trains nothing itself: knows how to answer one text. */
export interface Answerer {
  answer(text: string): { readonly label: string; readonly confidence: number; readonly decided: boolean };
}

export interface EvaluateOptions {
  readonly hints: Hints;
  readonly precision: number;
  readonly seed: number;
  readonly onProgress?: (share: number) => void;
}

/** Trains on the one, answers the other. */
export async function evaluateSplit(
  train: readonly LabelledRow[],
  test: readonly LabelledRow[],
  options: EvaluateOptions,
): Promise<{ readonly evaluation: Evaluation; readonly judged: readonly Judged[] }> {
  const started = cpuSeconds();
  const stack = await trainStack(train.map(grouped), options);
  const trainSeconds = cpuSeconds() - started;
  return judgeAll(stack, test, labelsOf([...train, ...test]), trainSeconds);
}

/** Answers every row of a file by something that was trained already. */
export function judgeAll(
  answerer: Answerer,
  test: readonly LabelledRow[],
  labels: readonly string[],
  trainSeconds: number,
): { readonly evaluation: Evaluation; readonly judged: readonly Judged[] } {
  const started = cpuSeconds();
  const answers = test.map(({ text }) => {
    const { label, confidence, decided } = answerer.answer(text);
    // Nothing to read decides nothing, whatever the threshold of the likeliest label is.
    return { label, confidence, decided: decided && text.trim() !== '' };
  });
  const textsPerSecond = test.length / Math.max(1e-6, cpuSeconds() - started);
  const judged = answers.map(({ label, confidence, decided }, at) => {
    return { truth: test[at]?.label ?? '', answer: label, confidence, decided };
  });
  return { evaluation: { ...measure(judged, labels), trainSeconds, textsPerSecond }, judged };
}

/** Each fold once as the test. Accuracy and macro-F1 are means over folds, the others are taken over all rows. */
export async function crossValidate(
  rows: readonly LabelledRow[],
  options: EvaluateOptions,
): Promise<Evaluation> {
  const labels = labelsOf(rows);
  const folds = [...new Set(rows.map((row) => row.fold))].sort();
  const evaluations: Evaluation[] = [];
  const all: Judged[] = [];
  for (const [at, fold] of folds.entries()) {
    const train = rows.filter((row) => row.fold !== fold);
    const test = rows.filter((row) => row.fold === fold);
    const stack = await timed(() =>
      trainStack(train.map(grouped), {
        ...options,
        onProgress: (share) => options.onProgress?.((at + share) / folds.length),
      }),
    );
    const { evaluation, judged } = judgeAll(stack.made, test, labels, stack.seconds);
    evaluations.push(evaluation);
    all.push(...judged);
  }
  const mean = (of: (one: Evaluation) => number) =>
    evaluations.reduce((sum, one) => sum + of(one), 0) / evaluations.length;
  return {
    ...measure(all, labels),
    accuracy: mean((one) => one.accuracy),
    macroF1: mean((one) => one.macroF1),
    trainSeconds: mean((one) => one.trainSeconds),
    textsPerSecond: mean((one) => one.textsPerSecond),
  };
}

export function labelsOf(rows: readonly LabelledRow[]): string[] {
  return [...new Set(rows.map((row) => row.label))].sort();
}

function grouped({ text, label, fold }: LabelledRow): LabelledText {
  return { text, label, group: fold };
}

async function timed<Made>(make: () => Promise<Made>): Promise<{ made: Made; seconds: number }> {
  const started = cpuSeconds();
  const made = await make();
  return { made, seconds: cpuSeconds() - started };
}

/** Of this process, so that a busy machine does not count. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
