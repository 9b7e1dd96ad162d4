import { createChunker } from './chunks.ts';
import { descend, problemOf } from './dual-descent.ts';
import { seeded } from './seeded.ts';
import { createVectoriser, learnVocabulary, type Vector, type Vocabulary } from './vectors.ts';

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
  /** Feature by feature, all labels side by side, the bias last: a text's features each read one short row. */
  readonly table: Float32Array;
  readonly vocabulary: Vocabulary;
}

export interface LinearModel {
  readonly tables: LinearTables;
  /** Signed distance per label, into `out`; labels without examples get {@link ABSENT}. */
  score(text: string, out: Float64Array): void;
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
const ROUNDS = 60;

/** One support vector machine per label against the rest; small labels weigh as much as large ones. */
export async function trainLinear(
  examples: readonly LinearExample[],
  options: TrainingOptions,
): Promise<LinearModel> {
  const { labels, hints } = options;
  const chunker = createChunker();
  const texts = examples.map((example) => example.text);
  const vocabulary = learnVocabulary(texts, chunker);
  const vectoriser = createVectoriser(vocabulary, chunker);
  const own = vocabulary.rarity.length;
  const vectorOf = (text: string) =>
    hints ? joined(vectoriser.of(text), own, hints.of(text)) : vectoriser.of(text);

  const problem = problemOf(texts.map(vectorOf), own + (hints?.size ?? 0));
  const sizes = new Float64Array(labels);
  for (const { label } of examples) sizes[label]! += 1;
  const present = sizes.filter((size) => size > 0).length;
  const costs = Float64Array.from(examples, ({ label }) => {
    return (options.cost * examples.length) / (present * sizes[label]!);
  });
  const table = new Float32Array((problem.features + 1) * labels);
  for (let label = 0; label < labels; label++) {
    await options.onLabel(label);
    if (sizes[label] === 0) {
      table[problem.features * labels + label] = ABSENT;
      continue;
    }
    const isOwn = Uint8Array.from(examples, (example) => (example.label === label ? 1 : 0));
    const random = seeded(options.seed + label);
    const weights = descend(problem, isOwn, { costs, random, rounds: ROUNDS });
    for (let feature = 0; feature < weights.length; feature++) {
      table[feature * labels + label] = weights[feature]!;
    }
  }
  return linearModelOf({ table, vocabulary }, hints);
}

/** @param hints those that it was trained with */
export function linearModelOf(tables: LinearTables, hints: Hints | null): LinearModel {
  const { table, vocabulary } = tables;
  const vectoriser = createVectoriser(vocabulary, createChunker());
  const own = vocabulary.rarity.length;
  const bias = own + (hints?.size ?? 0);
  return {
    tables,
    bytes: table.byteLength + vocabulary.featureOf.byteLength + vocabulary.rarity.byteLength,
    score(text, out) {
      const vector = vectoriser.of(text);
      addRows(table, hints ? joined(vector, own, hints.of(text)) : vector, bias, out);
    },
  };
}

/** The bias is the row after the last feature. */
function addRows(table: Float32Array, vector: Vector, bias: number, out: Float64Array): void {
  const width = out.length;
  for (let label = 0; label < width; label++) out[label] = table[bias * width + label]!;
  for (let at = 0; at < vector.features.length; at++) {
    const start = vector.features[at]! * width;
    const value = vector.values[at]!;
    for (let label = 0; label < width; label++) out[label]! += table[start + label]! * value;
  }
}

function joined(text: Vector, offset: number, hints: Vector): Vector {
  const features = new Int32Array(text.features.length + hints.features.length);
  const values = new Float32Array(features.length);
  features.set(text.features);
  values.set(text.values);
  for (let at = 0; at < hints.features.length; at++) {
    features[text.features.length + at] = offset + hints.features[at]!;
    values[text.features.length + at] = hints.values[at]!;
  }
  return { features, values };
}
