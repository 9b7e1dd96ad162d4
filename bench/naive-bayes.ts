/**
 * Naive Bayes alone: speed side by side with `natural`'s BayesClassifier in one run, CPU time of this process,
 * and how well five-fold cross-validation on our own examples does.
 *
 *   node dist/bench/naive-bayes.js            (or: node node_modules/tsx/dist/cli.mjs bench/naive-bayes.ts)
 */
import natural from 'natural/lib/natural/classifiers/index.js';
import { loadKnowledge, loadTrainingExamples } from '../src/classify/load.ts';
import {
  addExample,
  type BayesExample,
  type BayesModel,
  explainBayes,
  scoreBayes,
  trainBayes,
} from '../src/classify/naive-bayes.ts';
import { landmarksOf } from '../src/classify/reading.ts';
import { projectRoot } from '../src/core/root.ts';
import { bayesTokens } from '../src/text/bayes-tokens.ts';
import { createWords } from '../src/text/words.ts';

const FOLDS = 5;

speedBesideNatural();
largeTraining();
crossValidation();

/** 25 labels and 3,000 texts: what design.md §9 compares. */
function speedBesideNatural(): void {
  const { examples, queries } = corpus(3_000, 25, 6_000);
  const anchor = new natural.BayesClassifier();
  const slowQueries = queries.slice(0, 300);
  const rows: { what: string; ours: number; natural: number }[] = [];

  const ourTraining = cpuSeconds(() => trainBayes(examples));
  const theirTraining = cpuSeconds(() => {
    for (const { tokens, label } of examples) anchor.addDocument([...tokens], label);
    anchor.train();
  });
  rows.push({ what: 'training runs/s', ours: 1 / ourTraining, natural: 1 / theirTraining });

  const model = trainBayes(examples);
  const buffer = new Float64Array(model.labels.length);
  const score = () => {
    for (const { tokens } of queries) scoreBayes(model, tokens, buffer);
  };
  score();
  const ours = (queries.length * 20) / cpuSeconds(() => repeat(20, score));
  const theirs =
    slowQueries.length /
    cpuSeconds(() => {
      for (const { tokens } of slowQueries) anchor.getClassifications([...tokens]);
    });
  rows.push({ what: 'texts scored/s', ours, natural: theirs });

  console.log('25 labels, 3,000 texts of 20 words, per CPU second');
  for (const row of rows) {
    const ratio = (row.ours / row.natural).toFixed(0);
    console.log(
      `  ${row.what}: ours ${row.ours.toFixed(1)}, natural ${row.natural.toFixed(1)}, ratio ${ratio}×`,
    );
  }
  const right = (answers: (tokens: readonly string[]) => string) =>
    slowQueries.filter(({ tokens, label }) => answers(tokens) === label).length / slowQueries.length;
  const shareOurs = right((tokens) => best(model, tokens));
  const shareTheirs = right((tokens) => anchor.classify([...tokens]));
  console.log(`  right on unseen texts: ours ${percent(shareOurs)}, natural ${percent(shareTheirs)}`);
}

/** 50,000 texts; natural would need minutes, so it is left out. */
function largeTraining(): void {
  const { examples, queries } = corpus(50_000, 20, 20_000);
  const training = cpuSeconds(() => trainBayes(examples));
  const model = trainBayes(examples);
  const correction = { label: examples[0]!.label, tokens: [...examples[0]!.tokens, 'katabaru'] };
  const learning = cpuSeconds(() => repeat(20, () => addExample(model, correction))) / 20;
  const newLabel = cpuSeconds(() => addExample(model, { ...correction, label: 'baru' }));
  const buffer = new Float64Array(model.labels.length);
  const scoring = cpuSeconds(() =>
    repeat(20, () => {
      for (const { tokens } of queries) scoreBayes(model, tokens, buffer);
    }),
  );
  const explaining = cpuSeconds(() => {
    for (const { tokens, label } of queries) explainBayes(model, tokens, label);
  });
  console.log(`50,000 texts, 20 labels, ${model.rows.size} words`);
  console.log(`  training ${training.toFixed(3)} CPU s (target 0.5)`);
  console.log(
    `  a correction usable after ${ms(learning)}, with a new label ${ms(newLabel)} CPU (target 50)`,
  );
  console.log(
    `  scored/s ${((queries.length * 20) / scoring).toFixed(0)}, explained/s ${(queries.length / explaining).toFixed(0)}`,
  );
}

/** Every fifth example is a fold; they come subject by subject, so every subject is in every fold. */
function crossValidation(): void {
  const examples = ownExamples();
  console.log(`five-fold cross-validation of Naive Bayes alone, ${examples.length} own examples`);
  for (const alpha of [0.03, 0.1, 0.2, 0.3, 0.5, 1]) {
    console.log(
      `  alpha ${alpha}: ${percent(foldedAnswers(examples, alpha).filter(isRight).length / examples.length)}`,
    );
  }
  const answers = foldedAnswers(examples);
  const sure = answers.filter((answer) => answer.probability >= 0.5);
  const rightSure = percent(sure.filter(isRight).length / sure.length);
  console.log(
    `  default alpha, the ${percent(sure.length / answers.length)} with probability ≥ 0.5: ${rightSure} right`,
  );

  const subjects = [...new Set(answers.map((answer) => answer.label))].map((label) => {
    const own = answers.filter((answer) => answer.label === label);
    const wrong = own.filter((answer) => !isRight(answer)).map((answer) => answer.answer);
    return { label, share: 1 - wrong.length / own.length, wrong };
  });
  console.log('  weakest subjects, and what they were taken for');
  for (const { label, share, wrong } of subjects.sort((one, other) => one.share - other.share).slice(0, 15)) {
    console.log(`    ${label} ${percent(share)}: ${wrong.join(' ')}`);
  }
}

interface Answer {
  readonly label: string;
  readonly answer: string;
  readonly probability: number;
}

function isRight({ label, answer }: Answer): boolean {
  return label === answer;
}

function foldedAnswers(
  examples: readonly (BayesExample & { readonly fold: number })[],
  alpha?: number,
): Answer[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = trainBayes(
      examples.filter((example) => example.fold !== fold),
      alpha === undefined ? {} : { alpha },
    );
    return examples
      .filter((example) => example.fold === fold)
      .map(({ label, tokens }) => ({
        label,
        answer: best(model, tokens),
        probability: Math.max(...scoreBayes(model, tokens)),
      }));
  }).flat();
}

function ownExamples(): (BayesExample & { readonly fold: number })[] {
  const knowledge = loadKnowledge(projectRoot);
  const words = createWords(knowledge.lexicon);
  const landmarks = landmarksOf(knowledge, words);
  return loadTrainingExamples(projectRoot).map(({ text, subject }, index) => ({
    label: subject,
    tokens: bayesTokens(text, words, landmarks),
    fold: index % FOLDS,
  }));
}

function best(model: BayesModel, tokens: readonly string[]): string {
  const scores = scoreBayes(model, tokens);
  return model.labels[scores.indexOf(Math.max(...scores))]!;
}

/** Texts of 20 words from a Zipf vocabulary; every label has words of its own that come more often. */
function corpus(size: number, labels: number, vocabulary: number) {
  const random = seeded(7);
  const word = () => `kata${Math.floor(vocabulary ** random())}`;
  const text = (index: number): BayesExample => {
    const label = index % labels;
    const tokens = Array.from({ length: 20 }, () =>
      random() < 0.25 ? `khas${label}x${Math.floor(60 * random())}` : word(),
    );
    return { label: `label${label}`, tokens };
  };
  return {
    examples: Array.from({ length: size }, (_, index) => text(index)),
    queries: Array.from({ length: 2_000 }, (_, index) => text(index)),
  };
}

/** mulberry32: the same corpus in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function cpuSeconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000_000;
}

function repeat(times: number, work: () => void): void {
  for (let time = 0; time < times; time++) work();
}

function ms(seconds: number): string {
  return `${(seconds * 1_000).toFixed(1)} ms`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
