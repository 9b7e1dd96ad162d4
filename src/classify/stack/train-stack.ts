import {
  type Hints,
  type LinearModel,
  type LinearTables,
  linearModelOf,
  trainLinear,
} from '../linear/linear-model.ts';
import { type AnswerRule, answerOf, chooseAnswerRule } from './answers.ts';
import { type Calibration, calibrate, mixVoices, type Voices } from './calibration.ts';
import {
  createNeighbours,
  type Neighbours,
  type NeighbourTables,
  neighboursOf,
  rowOf,
  tellingWords,
} from './neighbours.ts';

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
  readonly neighbours: NeighbourTables;
  readonly calibration: Calibration;
  readonly rule: AnswerRule;
}

export interface Stack {
  /** Sorted. */
  readonly labels: readonly string[];
  readonly tables: StackTables;
  /** Calibrated probability per label; used again by the next text. */
  hear(text: string): Float64Array;
  answer(text: string): StackAnswer;
  /** Memory of its tables, in bytes. */
  readonly bytes: number;
}

const COST = 1;
const PARTS = 3;

/**
 * Rules and Naive Bayes (as hints) in the linear model, and the nearest texts, mixed into calibrated probabilities. How
 * the mix weighs them, when it decides and how much small labels are preferred is learnt on texts held back from the
 * models: three parts, each judged by models of the other two. Lets other work run between labels.
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
    for (const { text, label } of part) {
      const voice = { ...silentVoices(labels.length), label };
      hear(models, text, voice);
      voices.push(voice);
    }
  }
  const calibration = calibrate(voices, labels.length);
  const seen = voices.map((voice) => {
    const probabilities = new Float64Array(labels.length);
    mixVoices(calibration, voice, probabilities);
    return { probabilities, label: voice.label };
  });
  const rule = chooseAnswerRule(seen, calibration.lean, options.precision);
  const models = await trainVoices(examples, labels.length, options, progress);
  const [linear, neighbours] = [models.linear.tables, models.neighbours.tables];
  return stackOf({ labels, linear, neighbours, calibration, rule }, options.hints);
}

interface Numbered {
  readonly text: string;
  readonly label: number;
  readonly group: string;
}

interface VoiceModels {
  readonly linear: LinearModel;
  readonly neighbours: Neighbours;
}

async function trainVoices(
  examples: readonly Numbered[],
  labels: number,
  { hints, seed }: StackOptions,
  onLabel: () => Promise<void>,
): Promise<VoiceModels> {
  const linear = await trainLinear(examples, { labels, hints, cost: COST, seed, onLabel });
  const { vocabulary } = linear.tables;
  const telling = tellingWords(vocabulary, examples.length);
  const distances = new Float64Array(labels);
  const rows = examples.map(({ text }) => rowOf(linear.score(text, distances), telling));
  const numbers = examples.map(({ label }) => label);
  return { linear, neighbours: neighboursOf(rows, numbers, vocabulary) };
}

/** What both say about a text, into `voices`. */
function hear({ linear, neighbours }: VoiceModels, text: string, voices: Omit<Voices, 'label'>): void {
  neighbours.hear(linear.score(text, voices.distances), voices.nearness);
}

function silentVoices(labels: number): Omit<Voices, 'label'> {
  return { distances: new Float64Array(labels), nearness: new Float64Array(labels) };
}

/** @param hints those that it was trained with */
export function stackOf(tables: StackTables, hints: Hints | null): Stack {
  const { labels, calibration, rule } = tables;
  const linear = linearModelOf(tables.linear, hints);
  const neighbours = createNeighbours(tables.neighbours, tables.linear.vocabulary);
  const models = { linear, neighbours };
  const voices = silentVoices(labels.length);
  const probabilities = new Float64Array(labels.length);

  function probabilitiesOf(text: string): Float64Array {
    hear(models, text, voices);
    mixVoices(calibration, voices, probabilities);
    return probabilities;
  }

  return {
    labels,
    tables,
    bytes: linear.bytes + neighbours.bytes,
    hear: probabilitiesOf,
    answer(text) {
      probabilitiesOf(text);
      const label = answerOf(probabilities, rule.favour);
      const confidence = probabilities[label]!;
      const decided = confidence >= rule.threshold[label]!;
      return { label: labels[label]!, confidence, decided, probabilities };
    },
  };
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
