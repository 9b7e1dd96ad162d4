import type { Vector } from './vocabulary.ts';

/** The texts' vectors one behind the other, ready for one label after another. */
export interface Problem {
  /** Vector `text` lies from `starts[text]` up to `starts[text + 1]` of the next two. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  /** Sum of squares of each vector, its constant 1 for the bias included. */
  readonly squares: Float64Array;
  readonly features: number;
}

export interface DescentOptions {
  /** Cost of a text that is on the wrong side, per text. */
  readonly costs: Float64Array;
  readonly random: () => number;
  readonly rounds: number;
}

/** When the worst text of a round violates the optimum by less, it is good enough. */
const TOLERANCE = 0.1;

export function problemOf(vectors: readonly Vector[], features: number): Problem {
  const squares = Float64Array.from(vectors, ({ values }) => {
    let sum = 1;
    for (let at = 0; at < values.length; at++) sum += values[at]! * values[at]!;
    return sum;
  });
  const starts = new Int32Array(vectors.length + 1);
  for (const [text, one] of vectors.entries()) starts[text + 1] = starts[text]! + one.features.length;
  const columns = new Int32Array(starts[vectors.length]!);
  const values = new Float32Array(columns.length);
  for (const [text, one] of vectors.entries()) fill(columns, values, starts[text]!, one);
  return { starts, columns, values, squares, features };
}

/** By rising feature: walking through the weights in their order makes a training a tenth faster. */
function fill(
  columns: Int32Array,
  values: Float32Array,
  start: number,
  { features, values: worths }: Vector,
) {
  const order = Float64Array.from(features, (feature, at) => feature * features.length + at).sort();
  for (let place = 0; place < order.length; place++) {
    const at = order[place]! % features.length;
    columns[start + place] = features[at]!;
    values[start + place] = worths[at]!;
  }
}

/**
 * Weights of one label against all others: support vector machine with squared hinge loss, by dual coordinate descent
 * (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008, algorithms 1 and 3; what is left
 * out is decided more boldly than there, and asked again at the end).
 * @param isOwn 1 where the text has the label
 * @returns one weight per feature, the bias last
 */
export function descend(problem: Problem, isOwn: Uint8Array, options: DescentOptions): Float32Array {
  const { squares, features } = problem;
  const all = Int32Array.from(squares.keys());
  const state: State = {
    problem,
    isOwn,
    costs: options.costs,
    weights: new Float32Array(features + 1),
    alphas: new Float64Array(squares.length),
  };
  let active = all.slice();
  for (let round = 0; round < options.rounds; round++) {
    shuffle(active, options.random);
    const { worst, kept } = pass(state, active);
    if (worst > TOLERANCE) {
      active = active.subarray(0, kept);
      continue;
    }
    if (active.length === all.length) break;
    // What was left out must agree too.
    active = all.slice();
  }
  return state.weights;
}

interface State {
  readonly problem: Problem;
  readonly isOwn: Uint8Array;
  readonly costs: Float64Array;
  readonly weights: Float32Array;
  readonly alphas: Float64Array;
}

/**
 * One step per active text. Those kept move to the front of `active`; a text on its own side (its gradient above 0) is left
 * out until the others are settled.
 */
function pass(state: State, active: Int32Array): { worst: number; kept: number } {
  const { problem, isOwn, costs, weights, alphas } = state;
  let worst = 0;
  let kept = 0;
  for (let at = 0; at < active.length; at++) {
    const text = active[at]!;
    const sign = isOwn[text] === 1 ? 1 : -1;
    const diagonal = 0.5 / costs[text]!;
    const alpha = alphas[text]!;
    const gradient = sign * product(weights, problem, text) - 1 + diagonal * alpha;
    if (alpha === 0 && gradient > 0) continue;
    active[kept++] = text;
    const violation = alpha === 0 ? Math.min(gradient, 0) : gradient;
    if (violation === 0) continue;
    worst = Math.max(worst, Math.abs(violation));
    const after = Math.max(0, alpha - gradient / (problem.squares[text]! + diagonal));
    alphas[text] = after;
    addScaled(weights, problem, text, (after - alpha) * sign);
  }
  return { worst, kept };
}

/** Four sums side by side: one alone would wait for each addition before the next. */
function product(weights: Float32Array, { starts, columns, values }: Problem, text: number): number {
  const end = starts[text + 1]!;
  let at = starts[text]!;
  let first = weights[weights.length - 1]!;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (; at + 3 < end; at += 4) {
    first += weights[columns[at]!]! * values[at]!;
    second += weights[columns[at + 1]!]! * values[at + 1]!;
    third += weights[columns[at + 2]!]! * values[at + 2]!;
    fourth += weights[columns[at + 3]!]! * values[at + 3]!;
  }
  for (; at < end; at++) first += weights[columns[at]!]! * values[at]!;
  return first + second + (third + fourth);
}

function addScaled(weights: Float32Array, { starts, columns, values }: Problem, text: number, scale: number) {
  if (scale === 0) return;
  weights[weights.length - 1]! += scale;
  const end = starts[text + 1]!;
  for (let at = starts[text]!; at < end; at++) weights[columns[at]!]! += scale * values[at]!;
}

function shuffle(values: Int32Array, random: () => number): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const held = values[at]!;
    values[at] = values[other]!;
    values[other] = held;
  }
}
