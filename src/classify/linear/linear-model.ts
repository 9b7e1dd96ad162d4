import { type ChunkMemo, MAX_CHUNKS } from './chunk-memo.ts';
import { descend, problemOf } from './dual-descent.ts';
import { seeded } from './seeded.ts';
import { createVectoriser, type ReadText } from './vectors.ts';
import { learnVocabulary, type Vector, type Vocabulary } from './vocabulary.ts';

/** What is known of a text besides its letters, as features of their own (the rules' points, for example). */
export interface Hints {
  /** Features are numbered from 0 to below this. */
  readonly size: number;
  of(text: string): Vector;
}

export interface LinearExample {
  readonly text: string;
  /** Number of the label, from 0. */
  readonly label: number;
}

/** All that a model learnt, as plain data: what is stored. */
export interface LinearTables {
  /**
   * Feature by feature, all labels side by side, the bias last: a text's features each read one short row. Whole numbers,
   * so that 200,000 features of 100 labels take 40 MB and not 80; times `scales` they are weights.
   */
  readonly table: Int16Array;
  /** Per label what 1 in its column is worth. */
  readonly scales: Float32Array;
  readonly vocabulary: Vocabulary;
}

export interface LinearModel {
  readonly tables: LinearTables;
  /**
   * Signed distance per label, into `out`; labels without examples get {@link ABSENT}.
   * @returns the text as it was read, hints left out; good until the next text
   */
  score(text: string, out: Float64Array): ReadText;
  /** Of weights, vocabulary and counters, in bytes. */
  readonly bytes: number;
}

export interface TrainingOptions {
  readonly labels: number;
  readonly hints: Hints | null;
  /** Cost of an error, before it is balanced by the label's size. */
  readonly cost: number;
  readonly seed: number;
  /** Called before each label; throws to interrupt. */
  readonly onLabel: (label: number) => Promise<void>;
}

/** The distance of a label that had no example: under all that were learnt. */
const ABSENT = -3;
const ROUNDS = 100;
const LARGEST = 32_767;

/** One support vector machine per label against the rest; small labels weigh as much as large ones. */
export async function trainLinear(
  examples: readonly LinearExample[],
  options: TrainingOptions,
): Promise<LinearModel> {
  const { labels, hints } = options;
  const texts = examples.map((example) => example.text);
  const vocabulary = learnVocabulary(texts);
  const vectoriser = createVectoriser(vocabulary);
  const own = vocabulary.rarity.length;
  const size = own + (hints?.size ?? 0);
  const vectorOf = (text: string) =>
    hints ? joined(vectoriser.of(text), moved(hints.of(text), own)) : vectoriser.of(text);
  const problem = problemOf(texts.map(vectorOf), size);
  const sizes = new Float64Array(labels);
  for (const { label } of examples) sizes[label]! += 1;
  const present = sizes.filter((size) => size > 0).length;
  const costs = Float64Array.from(examples, ({ label }) => {
    return (options.cost * examples.length) / (present * sizes[label]!);
  });
  const table = new Int16Array((problem.features + 1) * labels);
  const scales = new Float32Array(labels).fill(1);
  const learnt: Learnt[] = [];
  for (let label = 0; label < labels; label++) {
    await options.onLabel(label);
    if (sizes[label] === 0) {
      scales[label] = ABSENT;
      table[problem.features * labels + label] = 1;
      continue;
    }
    const isOwn = Uint8Array.from(examples, (example) => (example.label === label ? 1 : 0));
    const random = seeded(options.seed + label);
    const weights = descend(problem, isOwn, { costs, random, rounds: ROUNDS });
    scales[label] = largestOf(weights) / LARGEST;
    if (learnt.push({ label, weights }) === SIDE_BY_SIDE) write(learnt.splice(0), table, scales);
  }
  write(learnt, table, scales);
  return linearModelOf({ table, scales, vocabulary }, hints);
}

interface Learnt {
  readonly label: number;
  readonly weights: Float32Array;
}

/** Labels that are written at once: one alone would fetch each row of the table for a single number. */
const SIDE_BY_SIDE = 8;
const ROWS_AT_HAND = 128;

function write(learnt: readonly Learnt[], table: Int16Array, scales: Float32Array): void {
  const features = learnt[0]?.weights.length ?? 0;
  for (let from = 0; from < features; from += ROWS_AT_HAND) {
    const end = Math.min(features, from + ROWS_AT_HAND);
    for (const { label, weights } of learnt) {
      const scale = scales[label]!;
      for (let feature = from; feature < end; feature++)
        table[feature * scales.length + label] = Math.round(weights[feature]! / scale);
    }
  }
}

/** @param hints those that it was trained with */
export function linearModelOf(tables: LinearTables, hints: Hints | null): LinearModel {
  const { table, scales, vocabulary } = tables;
  const vectoriser = createVectoriser(vocabulary);
  const own = vocabulary.rarity.length;
  const bias = own + (hints?.size ?? 0);
  const width = scales.length;

  const letters = createLetterSums(table, width, vectoriser.memo);

  return {
    tables,
    bytes: table.byteLength + letters.bytes + vocabulary.featureOf.byteLength + vocabulary.rarity.byteLength,
    score(text, out) {
      const read = vectoriser.read(text);
      for (let label = 0; label < width; label++) out[label] = table[bias * width + label]!;
      addRows(table, read.words.features, read.words.values, read.wordCount, out);
      letters.add(read, out);
      if (hints) addVector(table, moved(hints.of(text), own), out);
      for (let label = 0; label < width; label++) out[label]! *= scales[label]!;
      return read;
    },
  };
}

/** What the letters of each remembered chunk say, one chunk after another: dozens of rows of the table, added up once. */
function createLetterSums(table: Int16Array, width: number, { letters, isSummed }: ChunkMemo) {
  const sums = new Int16Array(MAX_CHUNKS * width);
  /** Per chunk what 1 in its row is worth. */
  const scales = new Float32Array(MAX_CHUNKS);
  const summed = new Float64Array(width);
  const worths = new Float64Array(MAX_CHUNKS);

  function sumUp(chunk: number): void {
    summed.fill(0);
    addVector(table, letters[chunk]!, summed);
    const scale = largestOf(summed) / LARGEST;
    const start = chunk * width;
    for (let label = 0; label < width; label++) sums[start + label] = Math.round(summed[label]! / scale);
    scales[chunk] = scale;
    isSummed[chunk] = 1;
  }

  return {
    bytes: sums.byteLength + scales.byteLength,
    add({ chunks, chunkCount, shares }: ReadText, out: Float64Array): void {
      for (let at = 0; at < chunkCount; at++) {
        const chunk = chunks[at]!;
        if (isSummed[chunk] === 0) sumUp(chunk);
        worths[at] = shares[at]! * scales[chunk]!;
      }
      addRows(sums, chunks, worths, chunkCount, out);
    },
  };
}

function addVector(table: Int16Array, { features, values }: Vector, out: Float64Array): void {
  addRows(table, features, values, features.length, out);
}

type Numbers = Float32Array | Float64Array;

/** The first `count` rows, each times its value. Four at a time: half the work is to fetch and store `out`. */
function addRows(
  table: Int16Array,
  rows: Int32Array,
  values: Numbers,
  count: number,
  out: Float64Array,
): void {
  const width = out.length;
  // Behind the last one any row does, times 0.
  const start = (at: number) => (at < count ? rows[at]! * width : 0);
  const value = (at: number) => (at < count ? values[at]! : 0);
  for (let at = 0; at < count; at += 4) {
    const [a, b, c, d] = [start(at), start(at + 1), start(at + 2), start(at + 3)];
    const [ofA, ofB, ofC, ofD] = [value(at), value(at + 1), value(at + 2), value(at + 3)];
    for (let label = 0; label < width; label++) {
      out[label]! +=
        table[a + label]! * ofA + table[b + label]! * ofB + table[c + label]! * ofC + table[d + label]! * ofD;
    }
  }
}

function largestOf(numbers: Float32Array | Float64Array): number {
  let most = 1e-9;
  for (let at = 0; at < numbers.length; at++) most = Math.max(most, Math.abs(numbers[at]!));
  return most;
}

/** Features numbered from `offset` on. */
function moved({ features, values }: Vector, offset: number): Vector {
  return { features: features.map((feature) => offset + feature), values };
}

function joined(one: Vector, other: Vector): Vector {
  const features = new Int32Array(one.features.length + other.features.length);
  const values = new Float32Array(features.length);
  features.set(one.features);
  values.set(one.values);
  features.set(other.features, one.features.length);
  values.set(other.values, one.values.length);
  return { features, values };
}
