/**
 * Multinomial Naive Bayes with additive smoothing. Same answers as scikit-learn's MultinomialNB on the same
 * counts (fixtures/bayes-golden.json).
 *
 * A model keeps log(count + alpha) per token and label, one token's labels side by side, so that a text costs
 * one map look-up and one short run through memory per word. The denominators stay outside the table: a
 * correction then changes the few cells of its own words and never the whole table.
 */
export interface BayesModel {
  /** Sorted, so that the order of the examples does not matter. */
  readonly labels: readonly string[];
  /** Same examples and alpha, same version, in whatever order they came. */
  readonly version: string;
  readonly alpha: number;
  /** Token → row of the tables. */
  readonly rows: ReadonlyMap<string, number>;
  /** How often a token stands in a label's examples, at `row * labels.length + column`. */
  readonly counts: Uint32Array;
  /** log(count + alpha), laid out like `counts`. */
  readonly logCounts: Float64Array;
  /** Per label: tokens in its examples. */
  readonly tokenTotals: Float64Array;
  /** Per label: examples. */
  readonly documents: Float64Array;
  /** Per label: log of its share of the examples. */
  readonly logPrior: Float64Array;
  /** Per label: log(tokens + alpha × vocabulary). */
  readonly logTotals: Float64Array;
  /** Sum of the examples' hashes, the part of `version` that depends on their content. */
  readonly digest: number;
}

export interface BayesExample {
  readonly label: string;
  readonly tokens: readonly string[];
}

type Counted = Omit<BayesModel, 'version' | 'logPrior' | 'logTotals'>;

/** Best of 0.03 to 1 in the cross-validation of bench/naive-bayes.ts. */
const DEFAULT_ALPHA = 0.5;

/** @throws {RangeError} when alpha is not above 0 (an unseen word would forbid its label) */
export function trainBayes(
  examples: readonly BayesExample[],
  options: { readonly alpha?: number } = {},
): BayesModel {
  const alpha = options.alpha ?? DEFAULT_ALPHA;
  if (!(alpha > 0 && alpha < Number.POSITIVE_INFINITY)) throw new RangeError('alpha must be above 0');

  const labels = [...new Set(examples.map((example) => example.label))].sort();
  const columns = new Map(labels.map((label, column) => [label, column]));
  const rows = new Map<string, number>();
  const rowOfToken = new Uint32Array(examples.reduce((sum, example) => sum + example.tokens.length, 0));
  let position = 0;
  let digest = 0;
  for (const example of examples) {
    for (const token of example.tokens) rowOfToken[position++] = rowFor(rows, token);
    digest = (digest + exampleHash(example)) >>> 0;
  }

  const counts = new Uint32Array(rows.size * labels.length);
  const tokenTotals = new Float64Array(labels.length);
  const documents = new Float64Array(labels.length);
  position = 0;
  for (const example of examples) {
    const column = columns.get(example.label)!;
    documents[column]! += 1;
    tokenTotals[column]! += example.tokens.length;
    const end = position + example.tokens.length;
    while (position < end) counts[rowOfToken[position++]! * labels.length + column]! += 1;
  }
  const logCounts = new Float64Array(counts.length).fill(Math.log(alpha));
  for (let cell = 0; cell < counts.length; cell++) {
    if (counts[cell] !== 0) logCounts[cell] = Math.log(counts[cell]! + alpha);
  }
  return finished({ labels, alpha, rows, counts, logCounts, tokenTotals, documents, digest });
}

/**
 * The model that training on all examples and this one would give. The given model stays as it is.
 * Copies the tables, computes only the cells of the example's own words.
 */
export function addExample(model: BayesModel, example: BayesExample): BayesModel {
  const before = model.labels.includes(example.label) ? model : withLabel(model, example.label);
  const width = before.labels.length;
  const column = before.labels.indexOf(example.label);
  const rows = new Map(before.rows);
  const rowOfToken = example.tokens.map((token) => rowFor(rows, token));

  const counts = new Uint32Array(rows.size * width);
  counts.set(before.counts);
  const logCounts = new Float64Array(counts.length);
  logCounts.set(before.logCounts);
  logCounts.fill(Math.log(before.alpha), before.logCounts.length);
  for (const row of rowOfToken) {
    const cell = row * width + column;
    counts[cell]! += 1;
    logCounts[cell] = Math.log(counts[cell]! + before.alpha);
  }
  const tokenTotals = before.tokenTotals.slice();
  tokenTotals[column]! += example.tokens.length;
  const documents = before.documents.slice();
  documents[column]! += 1;
  const digest = (before.digest + exampleHash(example)) >>> 0;
  return finished({
    labels: before.labels,
    alpha: before.alpha,
    rows,
    counts,
    logCounts,
    tokenTotals,
    documents,
    digest,
  });
}

/**
 * Probability of each label, in the order of `model.labels`, summing to 1. Words the model has never seen say
 * nothing; a text without a known word gets the labels' shares of the examples.
 * @param out written and returned when given; as long as `model.labels`
 */
export function scoreBayes(
  model: BayesModel,
  tokens: readonly string[],
  out: Float64Array = new Float64Array(model.labels.length),
): Float64Array {
  const { rows, logCounts, logPrior, logTotals } = model;
  const width = model.labels.length;
  if (out.length !== width) throw new RangeError(`a buffer of ${width} numbers is needed, got ${out.length}`);

  out.fill(0);
  let known = 0;
  for (const token of tokens) {
    const row = rows.get(token);
    if (row === undefined) continue;
    known += 1;
    const start = row * width;
    for (let column = 0; column < width; column++) out[column]! += logCounts[start + column]!;
  }

  let highest = Number.NEGATIVE_INFINITY;
  for (let column = 0; column < width; column++) {
    const score = out[column]! + logPrior[column]! - known * logTotals[column]!;
    out[column] = score;
    if (score > highest) highest = score;
  }
  // Relative to the highest: exp() of the bare sums is 0 for every label of a long text.
  let sum = 0;
  for (let column = 0; column < width; column++) {
    out[column] = Math.exp(out[column]! - highest);
    sum += out[column]!;
  }
  for (let column = 0; column < width; column++) out[column]! /= sum;
  return out;
}

/**
 * The text's words that speak for the label, strongest first. `weight`: natural log of how much likelier the word
 * is under the label than under the others taken together, times its occurrences in the text; always above 0.
 */
export function explainBayes(
  model: BayesModel,
  tokens: readonly string[],
  label: string,
): { words: string; weight: number }[] {
  const column = model.labels.indexOf(label);
  if (column < 0 || model.labels.length < 2) return [];

  const weights = new Map<string, number>();
  for (const token of tokens) {
    const row = model.rows.get(token);
    if (row === undefined) continue;
    const weight = logOdds(model, row, column);
    if (weight > 0) weights.set(token, (weights.get(token) ?? 0) + weight);
  }
  return [...weights]
    .map(([words, weight]) => ({ words, weight }))
    .sort((one, other) => other.weight - one.weight);
}

function logOdds(model: BayesModel, row: number, column: number): number {
  const start = row * model.labels.length;
  let others = 0;
  let share = 0;
  for (let other = 0; other < model.labels.length; other++) {
    if (other === column) continue;
    const prior = Math.exp(model.logPrior[other]!);
    share += prior;
    others += prior * Math.exp(model.logCounts[start + other]! - model.logTotals[other]!);
  }
  return model.logCounts[start + column]! - model.logTotals[column]! - Math.log(others / share);
}

function rowFor(rows: Map<string, number>, token: string): number {
  const known = rows.get(token);
  if (known !== undefined) return known;
  rows.set(token, rows.size);
  return rows.size - 1;
}

/** The same counts with an empty column for a new label, at its place in the order. */
function withLabel(model: BayesModel, label: string): BayesModel {
  const labels = [...model.labels, label].sort();
  const added = labels.indexOf(label);
  const counts = new Uint32Array(model.rows.size * labels.length);
  const logCounts = new Float64Array(counts.length).fill(Math.log(model.alpha));
  const tokenTotals = new Float64Array(labels.length);
  const documents = new Float64Array(labels.length);
  const placeOf = (column: number) => (column < added ? column : column + 1);
  for (let column = 0; column < model.labels.length; column++) {
    tokenTotals[placeOf(column)] = model.tokenTotals[column]!;
    documents[placeOf(column)] = model.documents[column]!;
  }
  for (let cell = 0, row = 0; row < model.rows.size; row++) {
    for (let column = 0; column < model.labels.length; column++, cell++) {
      const target = row * labels.length + placeOf(column);
      counts[target] = model.counts[cell]!;
      logCounts[target] = model.logCounts[cell]!;
    }
  }
  return { ...model, labels, counts, logCounts, tokenTotals, documents };
}

function finished(counted: Counted): BayesModel {
  const examples = counted.documents.reduce((sum, count) => sum + count, 0);
  const smoothing = counted.alpha * counted.rows.size;
  const digest = (counted.digest + stringHash(String(counted.alpha))) >>> 0;
  return {
    ...counted,
    logPrior: counted.documents.map((count) => Math.log(count / examples)),
    // Without a single word in any example nothing is ever divided by these; log(0) would turn 0 words into NaN.
    logTotals: counted.tokenTotals.map((tokens) => (smoothing === 0 ? 0 : Math.log(tokens + smoothing))),
    version: `nb-${examples}-${digest.toString(16).padStart(8, '0')}`,
  };
}

/** The order of the tokens does not matter to the model, so it does not matter here. */
function exampleHash(example: BayesExample): number {
  let sum = 0;
  for (const token of example.tokens) sum = (sum + stringHash(token)) | 0;
  const mixed = Math.imul(sum ^ stringHash(example.label), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** FNV-1a, 32 bits. */
function stringHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
