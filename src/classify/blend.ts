import type { Mixed } from './mix.ts';

/** What a trained stack makes of a text, its probabilities sorted by subject. */
export interface StackVoice {
  /** Per subject number; 0 for subjects that it never saw. */
  readonly posterior: Float64Array;
  readonly noise: number;
}

/** Less than this is nothing to show to a person. */
const MENTIONED = 0.03;

/**
 * Rules with Naive Bayes, and the stack, as two advisers whose probabilities are averaged. Where rules and Naive Bayes have
 * little to say (they hold it for something unknown), the stack's word counts for more.
 * @param share the stack's part of the average, 0..1
 */
export function blend(mixed: Mixed, voice: StackVoice, share: number): Mixed {
  let heard = mixed.noise;
  for (const { confidence } of mixed.ranked) heard += confidence;
  const sum = share + (1 - share) * heard;
  if (sum === 0) return mixed;
  const confidences = voice.posterior.slice();
  for (let subject = 0; subject < confidences.length; subject++) confidences[subject]! *= share / sum;
  for (const { subject, confidence } of mixed.ranked) {
    confidences[subject]! += ((1 - share) * confidence) / sum;
  }
  const ranked: { subject: number; confidence: number }[] = [];
  for (let subject = 0; subject < confidences.length; subject++) {
    const confidence = confidences[subject]!;
    if (confidence >= MENTIONED) ranked.push({ subject, confidence });
  }
  ranked.sort((one, other) => other.confidence - one.confidence);
  return { ranked, noise: ((1 - share) * mixed.noise + share * voice.noise) / sum };
}
