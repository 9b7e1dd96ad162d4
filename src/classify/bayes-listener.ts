import { createWordMemo, type Word, type Words } from '../text/words.ts';
import type { Knowledge } from './knowledge.ts';
import type { BayesVoice } from './mix.ts';
import { type BayesModel, explainBayes } from './naive-bayes.ts';

/** Label of messages that are no complaint, beside the subjects' ids. */
export const NO_COMPLAINT = 'bukan_aduan';
/** Posteriors below e^-18 are 0 here: far under what the mix listens to, and exp() is the dearest step. */
const DEEP = -18;
const UNKNOWN = -1;

export interface BayesListener {
  /** Asks this model from now on. @throws {Error} when it has a label that is no subject */
  follow(model: BayesModel): void;
  /** The array in the answer is used again by the next call. */
  hear(words: readonly Word[]): BayesVoice;
  /** The words that speak for a subject, strongest first. */
  explain(words: readonly Word[], subject: number, most: number): { words: string; weight: number }[];
}

/**
 * Asks the model and sorts its answer by subject: the same answer as `scoreBayes`, with each word's row remembered. Most
 * words were never met under most labels, so only what the others add to that is kept and summed.
 * @throws {Error} when the model has a label that is no subject
 */
export function createBayesListener(first: BayesModel, knowledge: Knowledge, words: Words): BayesListener {
  const ids = knowledge.subjects.map((subject) => subject._id);
  const posterior = new Float64Array(ids.length);
  let asked = tablesOf(first, ids);
  /** Row + 1 of a word in the model; 0 = not there. */
  const rowAfter = createWordMemo(words, (word) => (asked.model.rows.get(word.stem) ?? UNKNOWN) + 1);

  function addRows(heard: readonly Word[]): number {
    const { model, starts, columns, surplus, scores } = asked;
    const absent = Math.log(model.alpha);
    scores.fill(0);
    let known = 0;
    for (let at = 0; at < heard.length; at++) {
      const row = rowAfter(heard[at]!) - 1;
      if (row === UNKNOWN) continue;
      known += 1;
      const end = starts[row + 1]!;
      for (let cell = starts[row]!; cell < end; cell++) scores[columns[cell]!]! += surplus[cell]!;
    }
    for (let column = 0; column < scores.length; column++) {
      scores[column]! += model.logPrior[column]! + known * (absent - model.logTotals[column]!);
    }
    return known;
  }

  function weightOf(word: Word, row: number, column: number): number {
    const { model, weights } = asked;
    weights[column] ??= new Float32Array(model.rows.size).fill(Number.NaN);
    const ofLabel = weights[column];
    if (Number.isNaN(ofLabel[row]!))
      ofLabel[row] = explainBayes(model, [word.stem], model.labels[column]!)[0]?.weight ?? 0;
    return ofLabel[row]!;
  }

  return {
    follow(model) {
      const { subjectOf } = asked;
      asked = tablesOf(model, ids);
      rowAfter.forget();
      // A subject whose examples all went is unknown again.
      for (const subject of subjectOf) if (!asked.subjectOf.includes(subject)) posterior[subject] = 0;
    },
    hear(heard) {
      const { scores, subjectOf, noiseAt } = asked;
      const known = addRows(heard);
      normalise(scores);
      for (let column = 0; column < scores.length; column++) {
        const subject = subjectOf[column]!;
        if (subject >= 0) posterior[subject] = scores[column]!;
      }
      return { posterior, noise: noiseAt < 0 ? 0 : scores[noiseAt]!, labels: scores.length, known };
    },
    explain(heard, subject, most) {
      const column = asked.subjectOf.indexOf(subject);
      const found: { words: string; weight: number }[] = [];
      for (let at = 0; at < heard.length && column >= 0; at++) {
        const word = heard[at]!;
        const row = rowAfter(word) - 1;
        if (row === UNKNOWN || heard.indexOf(word) !== at) continue;
        keepStrongest(found, { words: word.stem, weight: weightOf(word, row, column) }, most);
      }
      return found;
    },
  };
}

function tablesOf(model: BayesModel, ids: readonly string[]) {
  const subjectOf = model.labels.map((label) => ids.indexOf(label));
  const unknown = model.labels.filter((label, at) => subjectOf[at] === -1 && label !== NO_COMPLAINT);
  if (unknown.length > 0) throw new Error(`training labels that are no subject: ${unknown.join(', ')}`);
  /** Per label, by row: what {@link explainBayes} said; NaN = not asked yet. Most labels are never asked. */
  const weights: (Float32Array | undefined)[] = model.labels.map(() => undefined);
  return {
    model,
    subjectOf,
    noiseAt: model.labels.indexOf(NO_COMPLAINT),
    scores: new Float64Array(model.labels.length),
    weights,
    ...sparseOf(model),
  };
}

/** Row by row, the labels under which a word was met, and by how much that raises log(count + alpha) above log(alpha). */
function sparseOf({ counts, logCounts, alpha, rows, labels }: BayesModel) {
  const filled = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const starts = new Uint32Array(rows.size + 1);
  const columns = new Uint16Array(filled);
  const surplus = new Float64Array(filled);
  let cell = 0;
  for (let row = 0; row < rows.size; row++) {
    for (let column = 0; column < labels.length; column++) {
      const at = row * labels.length + column;
      if (counts[at] === 0) continue;
      columns[cell] = column;
      surplus[cell] = logCounts[at]! - Math.log(alpha);
      cell += 1;
    }
    starts[row + 1] = cell;
  }
  return { starts, columns, surplus };
}

/** Inserts by falling weight, without sorting; what does not speak for the label is left out. */
function keepStrongest(
  found: { words: string; weight: number }[],
  added: { words: string; weight: number },
  most: number,
): void {
  if (added.weight <= 0) return;
  let place = found.length;
  while (place > 0 && found[place - 1]!.weight < added.weight) place -= 1;
  if (place >= most) return;
  found.splice(place, 0, added);
  if (found.length > most) found.pop();
}

const STEPS = 16;
const wholeSteps = Float64Array.from({ length: -DEEP * STEPS + 1 }, (_, step) => Math.exp(-step / STEPS));

/** e^x for x from {@link DEEP} to 0, right to 8 digits, in a quarter of `Math.exp`'s time. */
function expOf(x: number): number {
  const step = (-x * STEPS) | 0;
  const rest = x + step / STEPS;
  const series = 1 + rest * (1 + (rest / 2) * (1 + (rest / 3) * (1 + rest / 4)));
  return wholeSteps[step]! * series;
}

/** Log scores → probabilities that sum to 1, in place. */
function normalise(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let column = 0; column < scores.length; column++)
    if (scores[column]! > highest) highest = scores[column]!;
  let sum = 0;
  for (let column = 0; column < scores.length; column++) {
    const below = scores[column]! - highest;
    const share = below < DEEP ? 0 : expOf(below);
    scores[column] = share;
    sum += share;
  }
  for (let column = 0; column < scores.length; column++) scores[column]! /= sum;
}
