import { createWordMemo } from '../text/word-memo.ts';
import type { Word, Words } from '../text/words.ts';
import type { Knowledge } from './knowledge.ts';
import type { BayesVoice } from './mix.ts';
import { type BayesModel, explainBayes } from './naive-bayes.ts';
import { toShares } from './shares.ts';

/** Label of messages that are no complaint, beside the subjects' ids. */
export const NO_COMPLAINT = 'bukan_aduan';
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

  /** Into `scores`, per label, what its words add. @returns how many words the model knows */
  function addRows(heard: readonly Word[]): number {
    const { starts, cells, surplus, scores } = asked;
    scores.fill(0);
    let known = 0;
    for (let at = 0; at < heard.length; at++) {
      const row = rowAfter(heard[at]!) - 1;
      if (row === UNKNOWN) continue;
      known += 1;
      const end = starts[row + 1]!;
      for (let at = starts[row]!; at < end; at++) {
        const cell = cells[at]!;
        scores[cell & COLUMN]! += surplus[cell >>> COLUMN_BITS]!;
      }
    }
    return known;
  }

  /** Log scores from what the words add. @returns the highest */
  function complete(known: number): number {
    const { logPrior } = asked.model;
    const { scores, perWord } = asked;
    let highest = Number.NEGATIVE_INFINITY;
    for (let column = 0; column < scores.length; column++) {
      const score = scores[column]! + logPrior[column]! + known * perWord[column]!;
      scores[column] = score;
      if (score > highest) highest = score;
    }
    return highest;
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
      const share = 1 / toShares(scores, complete(known));
      for (let column = 0; column < scores.length; column++) {
        const subject = subjectOf[column]!;
        if (subject >= 0) posterior[subject] = scores[column]! * share;
      }
      return { posterior, noise: noiseAt < 0 ? 0 : scores[noiseAt]! * share, labels: scores.length, known };
    },
    explain(heard, subject, most) {
      const column = asked.subjectOf.indexOf(subject);
      const found: { words: string; weight: number }[] = [];
      if (column < 0) return found;
      for (let at = 0; at < heard.length; at++) {
        const word = heard[at]!;
        const row = rowAfter(word) - 1;
        const weight = row === UNKNOWN ? 0 : weightOf(word, row, column);
        const least = found.length < most ? 0 : found[most - 1]!.weight;
        if (weight <= least || heard.indexOf(word) !== at) continue;
        keepStrongest(found, { words: word.stem, weight }, most);
      }
      return found;
    },
  };
}

function tablesOf(model: BayesModel, ids: readonly string[]) {
  const subjectOf = Int16Array.from(model.labels, (label) => ids.indexOf(label));
  const unknown = model.labels.filter((label, at) => subjectOf[at] === -1 && label !== NO_COMPLAINT);
  if (unknown.length > 0) throw new Error(`training labels that are no subject: ${unknown.join(', ')}`);
  /** Per label, by row: what {@link explainBayes} said; NaN = not asked yet. Most labels are never asked. */
  const weights: (Float32Array | undefined)[] = model.labels.map(() => undefined);
  return {
    model,
    subjectOf,
    noiseAt: model.labels.indexOf(NO_COMPLAINT),
    scores: new Float64Array(model.labels.length),
    /** What each known word takes from a label under which it was never met. */
    perWord: model.logTotals.map((total) => Math.log(model.alpha) - total),
    weights,
    ...sparseOf(model),
  };
}

const COLUMN_BITS = 12;
const COLUMN = 2 ** COLUMN_BITS - 1;

/**
 * Row by row, the labels under which a word was met, each with the number of its count in `surplus`: by how much that count
 * raises log(count + alpha) above log(alpha). Few counts differ, so a cell is one small number.
 */
function sparseOf({ counts, alpha, rows, labels }: BayesModel) {
  const filled = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const starts = new Uint32Array(rows.size + 1);
  const cells = new Uint32Array(filled);
  const numbers = new Map<number, number>();
  let cell = 0;
  for (let row = 0; row < rows.size; row++) {
    for (let column = 0; column < labels.length; column++) {
      const count = counts[row * labels.length + column]!;
      if (count === 0) continue;
      const number = numbers.get(count) ?? numbers.size;
      numbers.set(count, number);
      cells[cell++] = (number << COLUMN_BITS) | column;
    }
    starts[row + 1] = cell;
  }
  return { starts, cells, surplus: Float64Array.from(numbers.keys(), surplusOf(alpha)) };
}

const surplusOf = (alpha: number) => (count: number) => Math.log(count + alpha) - Math.log(alpha);

/** Inserts by falling weight, without sorting. */
function keepStrongest(
  found: { words: string; weight: number }[],
  added: { words: string; weight: number },
  most: number,
): void {
  let place = found.length < most ? found.push(added) - 1 : most - 1;
  for (; place > 0 && found[place - 1]!.weight < added.weight; place--) found[place] = found[place - 1]!;
  found[place] = added;
}
