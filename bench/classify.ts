import { readFileSync } from 'node:fs';
import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';
import { loadClassifier, loadTrainingExamples } from '../src/classify/load.ts';
import { trainStack } from '../src/classify/stack/train-stack.ts';
import type { ClassifierInput } from '../src/domain/classification.ts';
import { lettersHash } from '../src/learn/held-back.ts';

/**
 * Whole decision (kind, place, secrecy, evidence and all) by rules + Naive Bayes, and by the full stack with a model
 * trained on our written examples (98 labels), against natural's tokenizeAndStem + BayesClassifier at 25 labels and about
 * 3,000 documents, in one process by CPU time; then how soon a correction is felt.
 * Run the compiled file, or: npx esbuild bench/classify.ts --bundle --platform=node --format=esm --packages=external
 */
const ROOT = process.cwd();
const NATURAL_LABELS = 25;
const NATURAL_DOCUMENTS = 3_000;
/** Short rounds in turns, so that a busy machine hits both alike. */
const ROUNDS = 25;

/** Texts per CPU second. */
function rate(texts: readonly string[], repeats: number, work: (text: string) => void): number {
  const start = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat++) for (const text of texts) work(text);
  const { user, system } = process.cpuUsage(start);
  return (texts.length * repeats) / ((user + system) / 1e6);
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const loadStart = process.cpuUsage();
const classifier = loadClassifier(ROOT);
const { user, system } = process.cpuUsage(loadStart);
console.log(`load: ${Math.round((user + system) / 1e3)} CPU ms`);

const examples = loadTrainingExamples(ROOT);
// Agencies, not subjects: 25 labels of them cover nearly all examples, so that natural sees the whole vocabulary.
const agencyOf = new Map(classifier.knowledge.subjects.map((subject) => [subject._id, subject.agency]));
const labelled = examples.map(({ text, subject }) => ({ text, subject: agencyOf.get(subject) ?? subject }));
const sizes = new Map<string, number>();
for (const { subject } of labelled) sizes.set(subject, (sizes.get(subject) ?? 0) + 1);
const labels = new Set(
  [...sizes]
    .sort((a, b) => b[1] - a[1])
    .slice(0, NATURAL_LABELS)
    .map(([label]) => label),
);
const documents = labelled.filter(({ subject }) => labels.has(subject));
const natural = new BayesClassifier(stemmer);
for (let at = 0; at < NATURAL_DOCUMENTS; at++) {
  const { text, subject } = documents[at % documents.length]!;
  natural.addDocument(text, subject);
}
natural.train();

const story = readFileSync(`${ROOT}/fixtures/demo-scenario.jsonl`, 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { text: string }).text);
const inputOf = (text: string): ClassifierInput => ({
  text,
  platform: null,
  ownPostText: null,
  parentText: null,
  quotedText: null,
  receivingAgency: null,
});

const trainStart = process.cpuUsage();
const written = examples.map(({ text, subject }) => ({ text, label: subject, group: lettersHash(text) }));
const stack = await trainStack(written, { hints: null, precision: 0.9, seed: 1 });
const trained = process.cpuUsage(trainStart);
console.log(
  `training on ${written.length} written examples: ${Math.round((trained.user + trained.system) / 1e6)} CPU s, ` +
    `model ${Math.round(stack.bytes / 1e6)} MB`,
);
const full = loadClassifier(ROOT);
full.adopt({ id: 'bench', stack, share: 0.5 });

const contenders = {
  natural: { repeats: 1, work: (text: string) => void natural.classify(text) },
  'rules + Naive Bayes': { repeats: 40, work: (text: string) => void classifier.classify(inputOf(text)) },
  'full stack': { repeats: 20, work: (text: string) => void full.classify(inputOf(text)) },
};
const rates = Object.entries(contenders).map(([name, one]) => ({ name, ...one, found: [] as number[] }));
for (const { repeats, work } of rates) rate(story, repeats, work);
for (let round = 0; round < ROUNDS; round++) {
  for (const { repeats, work, found } of rates) found.push(rate(story, repeats, work));
}
const [anchor] = rates;
for (const { name, found } of rates) {
  const ratios = found.map((one, round) => one / (anchor?.found[round] ?? Number.NaN));
  console.log(
    `${name}: ${Math.round(median(found))} texts per CPU second (story, ${story.length} texts), ` +
      `to natural: median ${Math.round(median(ratios))}, best round ${Math.round(Math.max(...ratios))}`,
  );
}

/** A correction of the desk, until the next message is judged by it: one more example, and one that is put right. */
function correct(label: (round: number) => string, id: (round: number) => string): number[] {
  return Array.from({ length: 30 }, (_, round) => {
    const started = performance.now();
    const text = `${documents[round]!.text} ${round}`;
    classifier.learn([{ id: id(round), text, label: label(round) }]);
    classifier.classify(inputOf(text));
    return performance.now() - started;
  });
}
const [one, other] = [examples[0]!.subject, examples.at(-1)!.subject];
const felt = {
  'a correction is felt after': correct(
    () => one,
    (round) => `m${round}`,
  ),
  'one that is put right': correct(
    (round) => (round % 2 === 0 ? one : other),
    () => 'm0',
  ),
};
for (const [what, found] of Object.entries(felt)) {
  console.log(`${what}: median ${median(found).toFixed(1)} ms, longest ${Math.max(...found).toFixed(1)} ms`);
}
