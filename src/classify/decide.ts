import type { StackVoice } from './blend.ts';
import type { KnownSubject } from './knowledge.ts';
import type { BayesVoice, Mixed } from './mix.ts';
import type { SubjectScores } from './subject-scores.ts';

/** The subject that leads, and whether it leads by enough. */
export interface Choice {
  readonly subject: number;
  /** Of all subjects of its agency together: two of one agency do not hold each other back. */
  readonly confidence: number;
  readonly decided: boolean;
}

/** Points from which a keyword or rule is evidence; weak words stay below. */
const EVIDENCE = 1;
/** Share of an agency's subjects together from which the classifier decides. */
const THRESHOLD = 0.6;
/** Naive Bayes alone (no keyword above weak) decides only from here, with enough words. */
const BAYES_ALONE = { posterior: 0.85, words: 3 };
/** The stack's probability is calibrated: from here it is ground enough, also where no rule speaks. */
const STACK_ALONE = 0.6;
/** From here Naive Bayes' "bukan aduan" is believed when no keyword speaks against it. */
const NOISE_ALONE = { share: 0.45, posterior: 0.8, words: 3 };

export function choose(
  mixed: Mixed,
  voice: BayesVoice,
  scores: SubjectScores,
  subjects: readonly KnownSubject[],
  stack: StackVoice | null,
): Choice | null {
  const top = mixed.ranked[0];
  if (!top) return null;
  const agency = subjects[top.subject]!.agency;
  let together = 0;
  for (const { subject, confidence } of mixed.ranked) {
    if (subjects[subject]!.agency === agency) together += confidence;
  }
  const hasGround =
    scores.strongest[top.subject]! >= EVIDENCE ||
    (voice.posterior[top.subject]! >= BAYES_ALONE.posterior && voice.known >= BAYES_ALONE.words) ||
    (stack !== null && stack.of(top.subject) >= STACK_ALONE);
  const decided = hasGround && together >= THRESHOLD && !scores.unclear.includes(top.subject);
  return { subject: top.subject, confidence: together, decided };
}

/** No keyword speaks, and Naive Bayes is sure that it is no complaint. */
export function isNoComplaint(mixed: Mixed, voice: BayesVoice): boolean {
  return (
    mixed.noise >= NOISE_ALONE.share &&
    voice.noise >= NOISE_ALONE.posterior &&
    voice.known >= NOISE_ALONE.words
  );
}

export function hasEvidence(strongest: Float64Array): boolean {
  for (let subject = 0; subject < strongest.length; subject++) {
    if (strongest[subject]! >= EVIDENCE) return true;
  }
  return false;
}

/** Marks the subjects with evidence, for conditions that name `subject:<id>`. */
export function markEvidence(strongest: Float64Array, marks: Uint8Array): void {
  for (let subject = 0; subject < strongest.length; subject++) {
    marks[subject] = strongest[subject]! >= EVIDENCE ? 1 : 0;
  }
}
