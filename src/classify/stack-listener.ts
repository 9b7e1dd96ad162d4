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
  /** The answer is good until the next call. */
  hear(text: string): StackVoice;
}

/**
 * Asks the stack; its answer is found by subject.
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
  const labelOf = Int16Array.from(ids, (id) => stack.labels.indexOf(id));
  let probabilities: Float64Array = new Float64Array(stack.labels.length);
  const of = (subject: number) => {
    const label = labelOf[subject]!;
    return label < 0 ? 0 : probabilities[label]!;
  };
  return {
    hear(text) {
      probabilities = stack.hear(text);
      return { probabilities, subjectOf, of, noise: noiseAt < 0 ? 0 : probabilities[noiseAt]! };
    },
  };
}
