import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bayesTokens } from '../text/bayes-tokens.ts';
import { wordsOf } from '../text/phrases.ts';
import { createWords, type Words } from '../text/words.ts';
import { type Classifier, createClassifier } from './classify.ts';
import { type Knowledge, type KnowledgeFiles, parseKnowledge, strengths } from './knowledge.ts';
import type { Hints } from './linear/linear-model.ts';
import { trainBayes } from './naive-bayes.ts';
import { landmarksOf } from './reading.ts';
import { createHints } from './stack/hints.ts';

const exampleSchema = z.object({
  text: z.string().min(1),
  subject: z.string().min(1),
  kind: z.string().min(1),
});
export type TrainingExample = z.infer<typeof exampleSchema>;

export interface LoadedClassifier extends Classifier {
  readonly knowledge: Knowledge;
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
  const knowledge = parseKnowledge(files);
  const words = wordsFor(knowledge);
  const landmarks = landmarksOf(knowledge, words);
  const bayes = trainBayes(
    examples.map(({ text, subject }) => ({ label: subject, tokens: bayesTokens(text, words, landmarks) })),
  );
  const hash = createHash('sha256');
  for (const name of knowledgeFiles) hash.update(JSON.stringify(files[name]));
  hash.update(JSON.stringify(examples));
  const modelVersion = `v1-${hash.digest('hex').slice(0, 12)}`;
  return {
    ...createClassifier({ knowledge, words, bayes, modelVersion }),
    knowledge,
    hints: () => createHints(knowledge, words, bayes),
  };
}

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
