import { readFileSync } from 'node:fs';
import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';
import { loadClassifier, loadTrainingExamples } from '../src/classify/load.ts';
import type { ClassifierInput } from '../src/domain/classification.ts';

/**
 * Whole decision (rules + Naive Bayes, kind, place, secrecy, evidence) against natural's tokenizeAndStem +
 * BayesClassifier at 25 labels and about 3,000 documents, in one process by CPU time.
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

rate(story, 50, (text) => classifier.classify(inputOf(text)));
const ours: number[] = [];
const theirs: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  theirs.push(rate(story, 1, (text) => natural.classify(text)));
  ours.push(rate(story, 40, (text) => classifier.classify(inputOf(text))));
}
console.log(`tanggap: ${Math.round(median(ours))} texts per CPU second (story, ${story.length} texts)`);
console.log(
  `natural: ${Math.round(median(theirs))} texts per CPU second (${NATURAL_DOCUMENTS} documents, ${labels.size} labels)`,
);
const ratios = ours.map((one, round) => one / (theirs[round] ?? Number.NaN));
console.log(`ratio: median ${Math.round(median(ratios))}, best round ${Math.round(Math.max(...ratios))}`);
