import type { Mixed } from './mix.ts';

/** What a trained stack makes of a text. */
export interface StackVoice {
  /** By the stack's own numbers of the labels; the same array for every text. */
  readonly probabilities: Float64Array;
  /** Subject number per label, -1 for what is no subject. */
  readonly subjectOf: Int16Array;
  /** Probability of a subject; 0 for those that it never saw. */
  of(subject: number): number;
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
  const part = share / sum;
  const rest = (1 - share) / sum;
  const ranked: { subject: number; confidence: number }[] = [];
  for (const { subject, confidence } of mixed.ranked) {
    const both = rest * confidence + part * voice.of(subject);
    if (both >= MENTIONED) ranked.push({ subject, confidence: both });
  }
  const { probabilities, subjectOf } = voice;
  for (let label = 0; label < probabilities.length; label++) {
    const confidence = part * probabilities[label]!;
    if (confidence < MENTIONED) continue;
    const subject = subjectOf[label]!;
    if (subject < 0 || mixed.ranked.some((one) => one.subject === subject)) continue;
    ranked.push({ subject, confidence });
  }
  ranked.sort((one, other) => other.confidence - one.confidence);
  return { ranked, noise: ((1 - share) * mixed.noise + share * voice.noise) / sum };
}
