import type { Vector } from './vectors.ts';

/** Labelled vectors, ready for one label after another. */
export interface Problem {
  readonly vectors: readonly Vector[];
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
  return { vectors, squares, features };
}

/**
 * Weights of one label against all others: support vector machine with squared hinge loss, by dual coordinate descent
 * (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008, algorithms 1 and 3).
 * @param isOwn 1 where the text has the label
 * @returns one weight per feature, the bias last
 */
export function descend(problem: Problem, isOwn: Uint8Array, options: DescentOptions): Float32Array {
  const { vectors, features } = problem;
  const all = Int32Array.from(vectors.keys());
  const state: State = {
    problem,
    isOwn,
    costs: options.costs,
    weights: new Float32Array(features + 1),
    alphas: new Float64Array(vectors.length),
  };
  let active = all.slice();
  let bound = Number.POSITIVE_INFINITY;
  for (let round = 0; round < options.rounds; round++) {
    shuffle(active, options.random);
    const { worst, kept } = pass(state, active, bound);
    if (worst > TOLERANCE) {
      active = active.subarray(0, kept);
      bound = worst;
      continue;
    }
    if (active.length === all.length) break;
    // What was left out must agree too.
    active = all.slice();
    bound = Number.POSITIVE_INFINITY;
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
 * One step per active text. Those kept move to the front of `active`; a text far on its own side (its gradient above
 * `bound`) is left out until the others are settled.
 */
function pass(state: State, active: Int32Array, bound: number): { worst: number; kept: number } {
  const { problem, isOwn, costs, weights, alphas } = state;
  let worst = 0;
  let kept = 0;
  for (let at = 0; at < active.length; at++) {
    const text = active[at]!;
    const vector = problem.vectors[text]!;
    const sign = isOwn[text] === 1 ? 1 : -1;
    const diagonal = 0.5 / costs[text]!;
    const alpha = alphas[text]!;
    const gradient = sign * product(weights, vector) - 1 + diagonal * alpha;
    if (alpha === 0 && gradient > bound) continue;
    active[kept++] = text;
    const violation = alpha === 0 ? Math.min(gradient, 0) : gradient;
    if (violation === 0) continue;
    worst = Math.max(worst, Math.abs(violation));
    const after = Math.max(0, alpha - gradient / (problem.squares[text]! + diagonal));
    alphas[text] = after;
    addScaled(weights, vector, (after - alpha) * sign);
  }
  return { worst, kept };
}

function product(weights: Float32Array, { features, values }: Vector): number {
  let sum = weights[weights.length - 1]!;
  for (let at = 0; at < features.length; at++) sum += weights[features[at]!]! * values[at]!;
  return sum;
}

function addScaled(weights: Float32Array, { features, values }: Vector, scale: number): void {
  if (scale === 0) return;
  weights[weights.length - 1]! += scale;
  for (let at = 0; at < features.length; at++) weights[features[at]!]! += scale * values[at]!;
}

function shuffle(values: Int32Array, random: () => number): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const held = values[at]!;
    values[at] = values[other]!;
    values[other] = held;
  }
}
