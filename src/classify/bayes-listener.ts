import { createWordMemo, type Word, type Words } from '../text/words.ts';
import type { Knowledge } from './knowledge.ts';
import type { BayesVoice } from './mix.ts';
import { type BayesModel, explainBayes } from './naive-bayes.ts';

/** Label of messages that are no complaint, beside the subjects' ids. */
const NO_COMPLAINT = 'bukan_aduan';
/** Posteriors below e^-18 are 0 here: far under what the mix listens to, and exp() is the dearest step. */
const DEEP = -18;
const UNKNOWN = -1;

export interface BayesListener {
  /** The array in the answer is used again by the next call. */
  hear(words: readonly Word[]): BayesVoice;
  /** The words that speak for a subject, strongest first. */
  explain(words: readonly Word[], subject: number, most: number): { words: string; weight: number }[];
}

/**
 * Asks the model and sorts its answer by subject: the same answer as `scoreBayes`, with each word's row
 * remembered and its likelihoods ready in one table.
 * @throws {Error} when the model has a label that is no subject
 */
export function createBayesListener(model: BayesModel, knowledge: Knowledge, words: Words): BayesListener {
  const { labels } = model;
  const width = labels.length;
  const ids = knowledge.subjects.map((subject) => subject._id);
  const subjectOf = labels.map((label) => ids.indexOf(label));
  const unknown = labels.filter((label, at) => subjectOf[at] === -1 && label !== NO_COMPLAINT);
  if (unknown.length > 0) throw new Error(`training labels that are no subject: ${unknown.join(', ')}`);
  const noiseAt = labels.indexOf(NO_COMPLAINT);

  const likelihood = Float32Array.from(
    model.logCounts,
    (value, cell) => value - model.logTotals[cell % width]!,
  );
  const scores = new Float64Array(width);
  const posterior = new Float64Array(ids.length);
  /** Row + 1 of a word in the model; 0 = not there. */
  const rowAfter = createWordMemo(words, (word) => (model.rows.get(word.stem) ?? UNKNOWN) + 1);
  /** Per label, by row: what {@link explainBayes} said; NaN = not asked yet. Most labels are never asked. */
  const weights: (Float32Array | undefined)[] = labels.map(() => undefined);

  function addRows(heard: readonly Word[]): number {
    scores.set(model.logPrior);
    let known = 0;
    for (let at = 0; at < heard.length; at++) {
      const row = rowAfter(heard[at]!) - 1;
      if (row === UNKNOWN) continue;
      known += 1;
      const start = row * width;
      for (let column = 0; column < width; column++) scores[column]! += likelihood[start + column]!;
    }
    return known;
  }

  function weightOf(word: Word, row: number, column: number): number {
    weights[column] ??= new Float32Array(model.rows.size).fill(Number.NaN);
    const ofLabel = weights[column];
    if (Number.isNaN(ofLabel[row]!))
      ofLabel[row] = explainBayes(model, [word.stem], labels[column]!)[0]?.weight ?? 0;
    return ofLabel[row]!;
  }

  return {
    hear(heard) {
      const known = addRows(heard);
      normalise(scores);
      for (let column = 0; column < width; column++) {
        const subject = subjectOf[column]!;
        if (subject >= 0) posterior[subject] = scores[column]!;
      }
      return { posterior, noise: noiseAt < 0 ? 0 : scores[noiseAt]!, labels: width, known };
    },
    explain(heard, subject, most) {
      const column = subjectOf.indexOf(subject);
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

/** Log scores → probabilities that sum to 1, in place. */
function normalise(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let column = 0; column < scores.length; column++)
    if (scores[column]! > highest) highest = scores[column]!;
  let sum = 0;
  for (let column = 0; column < scores.length; column++) {
    const below = scores[column]! - highest;
    const share = below < DEEP ? 0 : Math.exp(below);
    scores[column] = share;
    sum += share;
  }
  for (let column = 0; column < scores.length; column++) scores[column]! /= sum;
}
