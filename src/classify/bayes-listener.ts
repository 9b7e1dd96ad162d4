import type { Knowledge } from './knowledge.ts';
import type { BayesVoice } from './mix.ts';
import { type BayesModel, explainBayes, scoreBayes } from './naive-bayes.ts';

/** Label of messages that are no complaint, beside the subjects' ids. */
export const NO_COMPLAINT = 'bukan_aduan';

/**
 * Asks the model and sorts its answer by subject. The arrays are used again by the next call.
 * @throws {Error} when the model has a label that is no subject
 */
export function createBayesListener(
  model: BayesModel,
  knowledge: Knowledge,
): { hear(tokens: readonly string[]): BayesVoice } {
  const ids = knowledge.subjects.map((subject) => subject._id);
  const subjectOf = model.labels.map((label) => ids.indexOf(label));
  const unknown = model.labels.filter((label, at) => subjectOf[at] === -1 && label !== NO_COMPLAINT);
  if (unknown.length > 0) throw new Error(`training labels that are no subject: ${unknown.join(', ')}`);
  const noiseAt = model.labels.indexOf(NO_COMPLAINT);
  const scores = new Float64Array(model.labels.length);
  const posterior = new Float64Array(ids.length);

  return {
    hear(tokens) {
      let known = 0;
      for (const token of tokens) if (model.rows.has(token)) known += 1;
      scoreBayes(model, tokens, scores);
      for (let label = 0; label < scores.length; label++) {
        const subject = subjectOf[label]!;
        if (subject >= 0) posterior[subject] = scores[label]!;
      }
      return { posterior, noise: noiseAt < 0 ? 0 : scores[noiseAt]!, labels: model.labels.length, known };
    },
  };
}

/** The words that made Naive Bayes speak for a subject, strongest first. */
export interface Explainer {
  explain(tokens: readonly string[], label: string, most: number): { words: string; weight: number }[];
}

/** Remembers each word's weight per label: the same few thousand come again and again. */
export function createExplainer(model: BayesModel): Explainer {
  const weights = new Map(model.labels.map((label) => [label, new Map<string, number>()]));
  return {
    explain(tokens, label, most) {
      const known = weights.get(label);
      if (!known) return [];
      const found: { words: string; weight: number }[] = [];
      for (let at = 0; at < tokens.length; at++) {
        const words = tokens[at]!;
        if (tokens.indexOf(words) !== at) continue;
        let weight = known.get(words);
        if (weight === undefined) {
          weight = explainBayes(model, [words], label)[0]?.weight ?? 0;
          known.set(words, weight);
        }
        if (weight > 0) found.push({ words, weight });
      }
      return found.sort((a, b) => b.weight - a.weight).slice(0, most);
    },
  };
}
