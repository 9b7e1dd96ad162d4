/** How probabilities become an answer, chosen on texts that the models had not seen. */
export interface AnswerRule {
  /** What each label's probability is multiplied by: how much of its lean a forced answer gives back to small labels. */
  readonly favour: Float64Array;
  /** Per label: from this probability on the answer is decided, below a person looks. */
  readonly threshold: Float64Array;
}

export interface Seen {
  readonly probabilities: Float64Array;
  readonly label: number;
}

const SHARES = [0, 0.25, 0.5, 0.75, 1];
/** A label with fewer answers than this takes the threshold of all labels together. */
const ENOUGH = 40;

/**
 * @param lean the calibration's, per label
 * @param precision the share of decided answers that shall be right
 */
export function chooseAnswerRule(seen: readonly Seen[], lean: Float64Array, precision: number): AnswerRule {
  const candidates = SHARES.map((share) => lean.map((one) => Math.exp(-share * one)));
  const rated = candidates.map((favour) => ({ favour, worth: worthOf(seen, favour) }));
  const { favour } = rated.reduce((one, other) => (other.worth > one.worth ? other : one));
  return { favour, threshold: chooseThresholds(seen, favour, precision) };
}

export function answerOf(probabilities: Float64Array, favour: Float64Array): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < probabilities.length; label++) {
    const score = probabilities[label]! * favour[label]!;
    if (score <= most) continue;
    best = label;
    most = score;
  }
  return best;
}

/** Accuracy and macro-F1 together: neither is bought with the other. */
function worthOf(seen: readonly Seen[], favour: Float64Array): number {
  const labels = favour.length;
  const [right, answered, held] = [0, 1, 2].map(() => new Float64Array(labels)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const { probabilities, label } of seen) {
    const answer = answerOf(probabilities, favour);
    answered[answer]! += 1;
    held[label]! += 1;
    if (answer === label) right[label]! += 1;
  }
  let f1 = 0;
  for (let label = 0; label < labels; label++) {
    const both = answered[label]! + held[label]!;
    if (both > 0) f1 += (2 * right[label]!) / both / labels;
  }
  return f1 + right.reduce((sum, count) => sum + count, 0) / seen.length;
}

interface Answered {
  readonly confidence: number;
  readonly isRight: boolean;
}

function chooseThresholds(seen: readonly Seen[], favour: Float64Array, precision: number): Float64Array {
  const answers = seen.map(({ probabilities, label }) => {
    const answer = answerOf(probabilities, favour);
    return { answer, confidence: probabilities[answer]!, isRight: answer === label };
  });
  const common = thresholdFor(answers, precision) ?? 1;
  return Float64Array.from(favour, (_, label) => {
    const own = answers.filter(({ answer }) => answer === label);
    return own.length < ENOUGH ? common : (thresholdFor(own, precision) ?? 1);
  });
}

/** The lowest confidence from which on the answers are right often enough; null when none is. */
function thresholdFor(answers: readonly Answered[], precision: number): number | null {
  const sorted = [...answers].sort((one, other) => other.confidence - one.confidence);
  let right = 0;
  let found: number | null = null;
  sorted.forEach(({ confidence, isRight }, at) => {
    if (isRight) right += 1;
    // One wrong answer more than was counted: few answers prove little.
    if (right / (at + 2) >= precision) found = confidence;
  });
  return found;
}
