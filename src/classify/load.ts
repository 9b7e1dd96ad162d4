import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bayesTokens } from '../text/bayes-tokens.ts';
import { wordsOf } from '../text/phrases.ts';
import { createWords, type Words } from '../text/words.ts';
import { type Classifier, createClassifier, type LearningClassifier } from './classify.ts';
import { type Knowledge, type KnowledgeFiles, parseKnowledge, strengths } from './knowledge.ts';
import type { Hints } from './linear/linear-model.ts';
import { addExample, type BayesExample, scoreBayes, trainBayes } from './naive-bayes.ts';
import { landmarksOf } from './reading.ts';
import { createHints } from './stack/hints.ts';

const exampleSchema = z.object({
  text: z.string().min(1),
  subject: z.string().min(1),
  kind: z.string().min(1),
});
export type TrainingExample = z.infer<typeof exampleSchema>;

/** A message with what a person said it is about. */
interface Lesson {
  /** The message's id: its last lesson holds. */
  readonly id: string;
  readonly text: string;
  /** A subject's id, or `bukan_aduan`. */
  readonly label: string;
}

export interface LoadedClassifier extends Classifier, Pick<LearningClassifier, 'adopt'> {
  readonly knowledge: Knowledge;
  /** Naive Bayes learns these, and forgets those, from the next message on (15 ms for one). */
  learn(lessons: readonly Lesson[], forgotten?: readonly string[]): void;
  /** Which of these subjects the text is about, if it is about one of them; null when nothing speaks for any. */
  likeliest(text: string, among: readonly string[]): string | null;
  /** What it makes of a text, for models that learn other labels. */
  hints(): Hints;
}

export const knowledgeFiles = ['agencies', 'subjects', 'places', 'lexicon', 'rules'] as const;

/**
 * The classifier of the lists and examples that ship: data/*.json and fixtures/training/*.jsonl below `rootDir`.
 * @throws {Error} naming the file and the fault
 */
export function loadClassifier(rootDir: string): LoadedClassifier {
  return trainClassifier(readKnowledgeFiles(rootDir), loadTrainingExamples(rootDir));
}

/**
 * Trains Naive Bayes (well under a second) on the examples with these lists. The version is a hash of both: same lists,
 * same version, same answers, wherever they were read.
 * @throws {Error} naming the list and the fault
 */
export function trainClassifier(
  files: KnowledgeFiles,
  examples: readonly TrainingExample[],
): LoadedClassifier {
  const { modelVersion, knowledge, words, landmarks, counted, shipped, trained } = learnShipped(
    files,
    examples,
  );
  let bayes = trained;
  const classifier = createClassifier({ knowledge, words, bayes, modelVersion });
  const learnt = new Map<string, BayesExample>();

  return {
    classify: classifier.classify,
    explain: classifier.explain,
    adopt: classifier.adopt,
    get modelVersion() {
      return classifier.modelVersion;
    },
    knowledge,
    likeliest(text, among) {
      const first = rankedBy(classifier, text).find((subject) => among.includes(subject));
      if (first !== undefined) return first;
      if (among.length === 1) return among[0] ?? null;
      const tokens = bayesTokens(text, words, landmarks);
      if (tokens.filter((token) => bayes.rows.has(token)).length < KNOWN_WORDS) return null;
      const shares = scoreBayes(bayes, tokens);
      const shareOf = (subject: string) => shares[bayes.labels.indexOf(subject)] ?? 0;
      return among.reduce((one, other) => (shareOf(other) > shareOf(one) ? other : one));
    },
    hints: () => createHints(knowledge, words, trainBayes(shipped)),
    learn(lessons, forgotten = []) {
      const isNew = lessons.every(({ id }) => !learnt.has(id));
      const isLoss = forgotten.filter((id) => learnt.delete(id)).length > 0;
      const added = lessons.map((lesson) => [lesson.id, counted(lesson)] as const);
      for (const [id, example] of added) learnt.set(id, example);
      if (added.length === 0 && !isLoss) return;
      // One more is added to the tables that are there; what goes or is put right means counting again (50 ms).
      bayes =
        isNew && !isLoss && added.length <= FEW
          ? added.reduce((model, [, example]) => addExample(model, example), bayes)
          : trainBayes([...shipped, ...learnt.values()]);
      classifier.follow(bayes, learnt.size === 0 ? modelVersion : `${modelVersion}+k${learnt.size}`);
    },
  };
}

/** What follows from lists and examples alone; nothing in it changes afterwards. */
type Shipped = ReturnType<typeof learn>;
let lastShipped: Shipped | null = null;

/** Counted once a process for the same lists and examples: whoever opens the services again need not learn again. */
function learnShipped(files: KnowledgeFiles, examples: readonly TrainingExample[]): Shipped {
  const hash = createHash('sha256');
  for (const name of knowledgeFiles) hash.update(JSON.stringify(files[name]));
  hash.update(JSON.stringify(examples));
  const modelVersion = `v1-${hash.digest('hex').slice(0, 12)}`;
  if (lastShipped?.modelVersion !== modelVersion) lastShipped = learn(modelVersion, files, examples);
  return lastShipped;
}

function learn(modelVersion: string, files: KnowledgeFiles, examples: readonly TrainingExample[]) {
  const knowledge = parseKnowledge(files);
  const words = wordsFor(knowledge);
  const landmarks = landmarksOf(knowledge, words);
  const counted = ({ text, label }: Omit<Lesson, 'id'>): BayesExample => ({
    label,
    tokens: bayesTokens(text, words, landmarks),
  });
  const shipped = examples.map(({ text, subject }) => counted({ text, label: subject }));
  return { modelVersion, knowledge, words, landmarks, counted, shipped, trained: trainBayes(shipped) };
}

/** Subjects that the classifier names for a text, likeliest first. */
function rankedBy(classifier: Classifier, text: string): string[] {
  const alone = { ownPostText: null, parentText: null, quotedText: null, receivingAgency: null };
  const { subject, runnersUp } = classifier.classify({ text, platform: null, ...alone });
  return [...(subject === null ? [] : [subject]), ...runnersUp.map((one) => one.subject)];
}

/** With fewer known words Naive Bayes would guess. */
const KNOWN_WORDS = 3;
/** Up to so many examples are added one by one, each a copy of the tables. */
const FEW = 3;

function readKnowledgeFiles(rootDir: string): KnowledgeFiles {
  const files = knowledgeFiles.map((name) => [
    name,
    JSON.parse(readFileSync(join(rootDir, 'data', `${name}.json`), 'utf8')) as unknown,
  ]);
  return Object.fromEntries(files) as unknown as KnowledgeFiles;
}

/** The lists of data/*.json, checked. */
export function loadKnowledge(rootDir: string): Knowledge {
  return parseKnowledge(readKnowledgeFiles(rootDir));
}

export function loadTrainingExamples(rootDir: string): TrainingExample[] {
  const folder = join(rootDir, 'fixtures', 'training');
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return names.sort().flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line, at) => (line.trim() === '' ? [] : [parsedExample(line, `${name}:${at + 1}`)])),
  );
}

function parsedExample(line: string, where: string): TrainingExample {
  const result = exampleSchema.safeParse(JSON.parse(line));
  if (!result.success) throw new Error(`fixtures/training/${where}: ${z.prettifyError(result.error)}`);
  return result.data;
}

/** The memo of words for these lists: keywords count as known words when endings are cut off. */
export function wordsFor(knowledge: Knowledge): Words {
  const phrases = [
    ...knowledge.subjects.flatMap((subject) => strengths.flatMap((strength) => subject.keywords[strength])),
    ...Object.values(knowledge.signals).flat(),
  ];
  return createWords(knowledge.lexicon, wordsOf(phrases));
}
