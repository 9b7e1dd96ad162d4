/** One row's answer beside the truth. */
export interface Judged {
  readonly truth: string;
  readonly answer: string;
  /** Probability of the answer, 0..1. */
  readonly confidence: number;
  readonly decided: boolean;
}

export interface Measures {
  /** Forced answer for every row. */
  readonly accuracy: number;
  /** Over all labels of the task, whether they came up or not. */
  readonly macroF1: number;
  /** Expected calibration error: 15 equal-width bins over all rows. */
  readonly ece: number;
  /** Largest share of rows with that precision when sorted by confidence (an oracle: it knows the answers). */
  readonly coverageAt90: number;
  readonly coverageAt95: number;
  /** Share of rows that passed the threshold, which was chosen without them. */
  readonly decided: number;
  /** Of those the share that was right; null when none was decided. */
  readonly decidedPrecision: number | null;
}

const BINS = 15;

export function measure(rows: readonly Judged[], labels: readonly string[]): Measures {
  const decided = rows.filter((row) => row.decided);
  return {
    accuracy: shareRight(rows),
    macroF1: macroF1(rows, labels),
    ece: calibrationError(rows),
    coverageAt90: coverageAt(rows, 0.9),
    coverageAt95: coverageAt(rows, 0.95),
    decided: rows.length === 0 ? 0 : decided.length / rows.length,
    decidedPrecision: decided.length === 0 ? null : shareRight(decided),
  };
}

const isRight = ({ truth, answer }: Judged) => truth === answer;

function shareRight(rows: readonly Judged[]): number {
  return rows.length === 0 ? 0 : rows.filter(isRight).length / rows.length;
}

function macroF1(rows: readonly Judged[], labels: readonly string[]): number {
  const counts = new Map(labels.map((label) => [label, { right: 0, named: 0 }]));
  for (const row of rows) {
    const [truth, answer] = [counts.get(row.truth), counts.get(row.answer)];
    if (truth) truth.named += 1;
    if (answer) answer.named += 1;
    if (truth && isRight(row)) truth.right += 1;
  }
  const each = [...counts.values()].map(({ right, named }) => (named === 0 ? 0 : (2 * right) / named));
  return each.reduce((sum, one) => sum + one, 0) / labels.length;
}

function calibrationError(rows: readonly Judged[]): number {
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0 }));
  for (const row of rows) {
    const bin = bins[Math.min(BINS - 1, Math.floor(row.confidence * BINS))];
    if (!bin) throw new RangeError(`a confidence of ${row.confidence} is no probability`);
    bin.confidence += row.confidence;
    bin.right += isRight(row) ? 1 : 0;
  }
  const gap = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0);
  return rows.length === 0 ? 0 : gap / rows.length;
}

function coverageAt(rows: readonly Judged[], precision: number): number {
  const sorted = [...rows].sort((one, other) => other.confidence - one.confidence);
  let right = 0;
  let covered = 0;
  sorted.forEach((row, at) => {
    if (isRight(row)) right += 1;
    if (right / (at + 1) >= precision) covered = at + 1;
  });
  return rows.length === 0 ? 0 : covered / rows.length;
}
