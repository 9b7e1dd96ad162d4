import {
  type Hints,
  type LinearModel,
  type LinearTables,
  linearModelOf,
  trainLinear,
} from '../linear/linear-model.ts';
import { type BayesModel, scoreBayes, trainBayes } from '../naive-bayes.ts';
import { type AnswerRule, answerOf, chooseAnswerRule } from './answers.ts';
import { type Calibration, calibrate, mixVoices, type Voices } from './calibration.ts';

export interface LabelledText {
  readonly text: string;
  readonly label: string;
  /** Texts of one group (near-duplicates, a fold) are held back together when the voices are compared. */
  readonly group: string;
}

export interface StackOptions {
  readonly hints: Hints | null;
  /** The share of decided answers that shall be right, 0..1. */
  readonly precision: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** Share of the work done, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/** One text's answer. `probabilities` is used again by the next. */
interface StackAnswer {
  /** Forced: the best label even when it is not decided. */
  readonly label: string;
  /** Calibrated probability of that label. */
  readonly confidence: number;
  readonly decided: boolean;
  readonly probabilities: Float64Array;
}

/** All that a stack learnt, as plain data: what is stored (pack.ts). */
export interface StackTables {
  /** Sorted. */
  readonly labels: readonly string[];
  readonly linear: LinearTables;
  readonly bayes: BayesModel;
  readonly calibration: Calibration;
  readonly rule: AnswerRule;
}

export interface Stack {
  /** Sorted. */
  readonly labels: readonly string[];
  readonly tables: StackTables;
  answer(text: string): StackAnswer;
  /** Memory of its tables, in bytes. */
  readonly bytes: number;
}

const COST = 1;
const ALPHA = 0.1;
const PARTS = 3;
const WORD = /[\p{L}\p{N}_]{2,}/gu;
/** Lower than any log posterior that is worth listening to. */
const DEEP = -40;

/**
 * Rules (as hints), Naive Bayes and the linear model, mixed into calibrated probabilities. How the mix weighs them, when
 * it decides and how much small labels are preferred is learnt on texts held back from the models: three parts, each
 * judged by models of the other two. Lets other work run between labels.
 * @throws {DOMException} `AbortError` when `signal` says so
 * @throws {RangeError} with fewer than two labels
 */
export async function trainStack(texts: readonly LabelledText[], options: StackOptions): Promise<Stack> {
  const labels = [...new Set(texts.map((one) => one.label))].sort();
  if (labels.length < 2) throw new RangeError('training needs texts of at least two labels');
  const numbers = new Map(labels.map((label, at) => [label, at]));
  const examples = texts.map(({ text, label, group }) => ({ text, label: numbers.get(label)!, group }));
  const progress = progressOf(options, labels.length * (PARTS + 1));

  const voices: Voices[] = [];
  for (const part of partsOf(examples)) {
    const held = new Set(part);
    const models = await trainVoices(
      examples.filter((one) => !held.has(one)),
      labels.length,
      options,
      progress,
    );
    for (const { text, label } of part) voices.push({ ...hear(models, text, labels.length), label });
  }
  const calibration = calibrate(voices, labels.length);
  const seen = voices.map((voice) => {
    const probabilities = new Float64Array(labels.length);
    mixVoices(calibration, voice, probabilities);
    return { probabilities, label: voice.label };
  });
  const rule = chooseAnswerRule(seen, calibration.lean, options.precision);
  const models = await trainVoices(examples, labels.length, options, progress);
  const { linear, bayes } = models;
  return stackOf({ labels, linear: linear.tables, bayes, calibration, rule }, options.hints);
}

interface Numbered {
  readonly text: string;
  readonly label: number;
  readonly group: string;
}

interface VoiceModels {
  readonly linear: LinearModel;
  readonly bayes: BayesModel;
  /** Label number per column of {@link bayes}. */
  readonly labelOf: readonly number[];
}

async function trainVoices(
  examples: readonly Numbered[],
  labels: number,
  { hints, seed }: StackOptions,
  onLabel: () => Promise<void>,
): Promise<VoiceModels> {
  const linear = await trainLinear(examples, { labels, hints, cost: COST, seed, onLabel });
  const bayes = trainBayes(
    examples.map(({ text, label }) => ({ label: String(label), tokens: pairsOf(text) })),
    { alpha: ALPHA },
  );
  return { linear, bayes, labelOf: bayes.labels.map(Number) };
}

function hear({ linear, bayes, labelOf }: VoiceModels, text: string, labels: number): Omit<Voices, 'label'> {
  const distances = new Float64Array(labels);
  linear.score(text, distances);
  const posterior = new Float64Array(labels).fill(DEEP);
  scoreBayes(bayes, pairsOf(text)).forEach((share, column) => {
    posterior[labelOf[column]!] = Math.max(DEEP, Math.log(share));
  });
  return { distances, posterior };
}

/** @param hints those that it was trained with */
export function stackOf(tables: StackTables, hints: Hints | null): Stack {
  const { labels, bayes, calibration, rule } = tables;
  const linear = linearModelOf(tables.linear, hints);
  const models = { linear, bayes, labelOf: bayes.labels.map(Number) };
  const probabilities = new Float64Array(labels.length);
  return {
    labels,
    tables,
    bytes: linear.bytes + bayes.logCounts.byteLength,
    answer(text) {
      mixVoices(calibration, hear(models, text, labels.length), probabilities);
      const label = answerOf(probabilities, rule.handicap);
      const confidence = probabilities[label]!;
      const decided = confidence >= rule.threshold[label]!;
      return { label: labels[label]!, confidence, decided, probabilities };
    },
  };
}

/** Words and pairs of neighbours, as they were written: what Naive Bayes counts here. */
function pairsOf(text: string): string[] {
  const words: string[] = text.slice(0, 20_000).toLowerCase().match(WORD) ?? [];
  return [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)];
}

/** Three parts of about the same size; no group is in two. */
function partsOf(examples: readonly Numbered[]): Numbered[][] {
  const groups = new Map<string, Numbered[]>();
  for (const one of examples) {
    const group = groups.get(one.group);
    if (group) group.push(one);
    else groups.set(one.group, [one]);
  }
  const parts: Numbered[][] = Array.from({ length: PARTS }, () => []);
  for (const group of [...groups.values()].sort((one, other) => other.length - one.length)) {
    parts.reduce((least, part) => (part.length < least.length ? part : least)).push(...group);
  }
  return parts.filter((part) => part.length > 0);
}

function progressOf({ signal, onProgress }: StackOptions, steps: number): () => Promise<void> {
  let done = 0;
  return async () => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    onProgress?.(done / steps);
    done += 1;
  };
}
