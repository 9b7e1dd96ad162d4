/** Confidences of one text: index `subjects` and above is "no complaint at all". */
export interface Mixed {
  /** Subject numbers by falling confidence. */
  readonly ranked: readonly { readonly subject: number; readonly confidence: number }[];
  /** Probability that it is no complaint, by Naive Bayes. */
  readonly noise: number;
}

export interface BayesVoice {
  /** Posterior per subject number; 0 for subjects without training examples. */
  readonly posterior: Float64Array;
  readonly noise: number;
  /** Labels the model knows. */
  readonly labels: number;
  /** Words of the text that the model has seen. */
  readonly known: number;
}

/** Points that say "none of them": what the evidence must outweigh. */
const UNKNOWN = 1.2;
/** Weight of the posterior's logarithm. Raw posteriors of Naive Bayes are far too sure of themselves. */
const BAYES_WEIGHT = 0.5;
/** From here on a text has enough known words for what was learnt to be heard in full. */
export const ENOUGH_WORDS = 4;
const LEAST = 0.013;
const MENTIONED = 0.03;

/** One confidence per subject from the points of rules and the posterior of Naive Bayes. */
export function mix(points: Float64Array, bayes: BayesVoice | null): Mixed {
  const heard = bayes ? BAYES_WEIGHT * Math.min(1, bayes.known / ENOUGH_WORDS) : 0;
  const voice = (share: number) => (bayes ? heard * Math.log(Math.max(share, LEAST) * bayes.labels) : 0);

  const candidates: { subject: number; confidence: number }[] = [];
  const noiseScore = bayes && bayes.known > 0 ? Math.exp(voice(bayes.noise)) : 0;
  let sum = Math.exp(UNKNOWN) + noiseScore;
  for (let subject = 0; subject < points.length; subject++) {
    const share = bayes ? bayes.posterior[subject]! : 0;
    if (points[subject]! <= 0 && (share < MENTIONED || heard === 0)) continue;
    // A subject without examples is unknown to Naive Bayes, not unlikely.
    const score = Math.exp(points[subject]! + (share > 0 ? voice(share) : 0));
    insert(candidates, { subject, confidence: score });
    sum += score;
  }
  for (const candidate of candidates) candidate.confidence /= sum;
  return { ranked: candidates, noise: noiseScore / sum };
}

/** Keeps the list by falling confidence; it is short. */
function insert(
  candidates: { subject: number; confidence: number }[],
  added: { subject: number; confidence: number },
): void {
  let place = candidates.length;
  candidates.push(added);
  for (; place > 0 && candidates[place - 1]!.confidence < added.confidence; place--) {
    candidates[place] = candidates[place - 1]!;
  }
  candidates[place] = added;
}
