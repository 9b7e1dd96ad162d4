import { RefusedError } from '../core/errors.ts';
import { NO_COMPLAINT } from './bayes-listener.ts';
import type { StackVoice } from './blend.ts';
import type { Knowledge } from './knowledge.ts';
import type { Stack } from './stack/train-stack.ts';

/** A trained stack in the product: how it is called, and how much its word counts beside rules and Naive Bayes. */
export interface ActiveModel {
  /** For {@link Classification.modelVersion}. */
  readonly id: string;
  readonly stack: Stack;
  /** 0..1 */
  readonly share: number;
}

export interface StackListener {
  /** The array in the answer is used again by the next call. */
  hear(text: string): StackVoice;
}

/**
 * Asks the stack and sorts its answer by subject.
 * @throws {RefusedError} `not-possible`, in words, when it answers with subjects that are no longer in the list
 */
export function createStackListener(stack: Stack, knowledge: Knowledge): StackListener {
  const ids = knowledge.subjects.map((subject) => subject._id);
  const subjectOf = Int16Array.from(stack.labels, (label) => ids.indexOf(label));
  const unknown = stack.labels.filter((label, at) => subjectOf[at] === -1 && label !== NO_COMPLAINT);
  if (unknown.length > 0) {
    throw new RefusedError('not-possible', {
      id: `Model ini mengenal pokok aduan yang sudah tidak ada: ${unknown.join(', ')}. Latih ulang dengan "tanggap train".`,
      en: `This model knows subjects that are gone: ${unknown.join(', ')}. Train again with "tanggap train".`,
    });
  }
  const noiseAt = stack.labels.indexOf(NO_COMPLAINT);
  const posterior = new Float64Array(ids.length);
  return {
    hear(text) {
      const probabilities = stack.hear(text);
      for (let label = 0; label < probabilities.length; label++) {
        const subject = subjectOf[label]!;
        if (subject >= 0) posterior[subject] = probabilities[label]!;
      }
      return { posterior, noise: noiseAt < 0 ? 0 : probabilities[noiseAt]! };
    },
  };
}
