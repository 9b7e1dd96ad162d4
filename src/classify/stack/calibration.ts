import { toShares } from '../shares.ts';

/** What both voices said about one text, label by label, and which label was right. */
export interface Voices {
  readonly distances: Float64Array;
  /** Logarithms of how near each label's nearest texts are. */
  readonly nearness: Float64Array;
  readonly label: number;
}

/** How the two voices become one probability: softmax(linear · distance + near · nearness + lean). */
export interface Calibration {
  readonly linear: number;
  readonly near: number;
  /** Per label: the linear model is balanced, the world is not. */
  readonly lean: Float64Array;
}

const STEPS = 200;
const RATE = 0.05;
/** Holds the leans near 0, as if so much was known about each beforehand. */
const PRIOR = 1;

/**
 * The weights that make voices on texts that neither model had seen most likely (Adam on the log loss).
 * @param voices cross-fitted: never of the texts that a model was trained on
 */
export function calibrate(voices: readonly Voices[], labels: number): Calibration {
  // Parameters: logarithms of the two weights (they stay positive), then one lean per label.
  const parameters = new Float64Array(2 + labels);
  parameters[0] = 0.7;
  parameters[1] = -0.5;
  const slopes = new Float64Array(parameters.length);
  const mean = new Float64Array(parameters.length);
  const spread = new Float64Array(parameters.length);
  const probabilities = new Float64Array(labels);
  for (let step = 1; step <= STEPS; step++) {
    slopes.fill(0);
    const calibration = calibrationOf(parameters);
    for (const voice of voices) {
      mixVoices(calibration, voice, probabilities);
      addSlopes(calibration, voice, probabilities, slopes);
    }
    for (let at = 0; at < parameters.length; at++) {
      const slope = (slopes[at]! + (at < 2 ? 0 : parameters[at]! / PRIOR)) / voices.length;
      mean[at] = 0.9 * mean[at]! + 0.1 * slope;
      spread[at] = 0.99 * spread[at]! + 0.01 * slope * slope;
      const pace = Math.sqrt(spread[at]! / (1 - 0.99 ** step)) + 1e-8;
      parameters[at]! -= (RATE * mean[at]!) / (1 - 0.9 ** step) / pace;
    }
  }
  return calibrationOf(parameters);
}

function calibrationOf(parameters: Float64Array): Calibration {
  return { linear: Math.exp(parameters[0]!), near: Math.exp(parameters[1]!), lean: parameters.slice(2) };
}

/** @param probabilities of the voice; become its errors */
function addSlopes(by: Calibration, voice: Voices, probabilities: Float64Array, slopes: Float64Array): void {
  const { distances, nearness, label: right } = voice;
  probabilities[right]! -= 1;
  let linear = 0;
  let near = 0;
  for (let label = 0; label < probabilities.length; label++) {
    const error = probabilities[label]!;
    linear += error * distances[label]!;
    near += error * nearness[label]!;
    slopes[2 + label]! += error;
  }
  slopes[0]! += by.linear * linear;
  slopes[1]! += by.near * near;
}

/** Probabilities that sum to 1, into `out`. */
export function mixVoices(by: Calibration, voice: Omit<Voices, 'label'>, out: Float64Array): void {
  const { linear, near, lean } = by;
  const { distances, nearness } = voice;
  let highest = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < out.length; label++) {
    const score = linear * distances[label]! + near * nearness[label]! + lean[label]!;
    out[label] = score;
    if (score > highest) highest = score;
  }
  const share = 1 / toShares(out, highest);
  for (let label = 0; label < out.length; label++) out[label]! *= share;
}
