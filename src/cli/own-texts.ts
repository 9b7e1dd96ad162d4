import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { KnowledgeFiles } from '../classify/knowledge.ts';
import {
  knowledgeFiles,
  type LoadedClassifier,
  loadTrainingExamples,
  trainClassifier,
} from '../classify/load.ts';
import { unpackStack } from '../classify/stack/pack.ts';
import { projectRoot } from '../core/root.ts';
import { cpuSeconds, type Evaluation, judgeAll, type LabelledRow, labelsOf } from '../evaluate/evaluate.ts';
import { everyNth } from '../evaluate/natural-anchor.ts';
import { type LabelMap, shippedAnswerer } from '../evaluate/shipped.ts';
import { type OwnExample, trainModel } from '../learn/train-model.ts';

/** So many texts of its own an office may have when it trains. */
const amounts = [0, 100, 300, 1_000, 3_000];

/**
 * What an office gains from its own history: our examples and so many of its texts, trained and answered as the product
 * does. Meant for choosing settings: the first fold is not looked at, the second one is answered, the others teach.
 */
export async function* learntFromOwn(
  rows: readonly LabelledRow[],
  map: LabelMap,
  onProgress: (share: number) => void,
): AsyncGenerator<{ readonly texts: number; readonly evaluation: Evaluation }> {
  const [, answered, ...taught] = [...new Set(rows.map((row) => row.fold))].sort();
  const test = rows.filter(({ fold }) => fold === answered);
  const files = readLists();
  const shipped = loadTrainingExamples(projectRoot);
  const exampleOf = examplesBy(trainClassifier(files, shipped), map);
  const own = rows.filter(({ fold }) => taught.includes(fold)).flatMap((row, at) => exampleOf(row, at));
  for (const [at, amount] of amounts.entries()) {
    const some = amount === 0 ? [] : everyNth(own, amount);
    const started = cpuSeconds();
    const model =
      amount === 0
        ? null
        : await trainModel(
            { files, shipped, own: some, champion: null, seed: 1 },
            { onProgress: (share) => onProgress((at + share) / amounts.length) },
          );
    const seconds = cpuSeconds() - started;
    const classifier = trainClassifier(files, shipped);
    classifier.learn(some);
    if (model) classifier.adopt({ id: 'own', stack: unpackStack(model.bytes), share: model.share });
    const answerer = shippedAnswerer(classifier, classifier.knowledge, map);
    yield { texts: some.length, evaluation: judgeAll(answerer, test, labelsOf(rows), seconds).evaluation };
  }
}

function readLists(): KnowledgeFiles {
  const lists = knowledgeFiles.map((name) => {
    const file = path.join(projectRoot, 'data', `${name}.json`);
    return [name, JSON.parse(readFileSync(file, 'utf8')) as unknown];
  });
  return Object.fromEntries(lists) as unknown as KnowledgeFiles;
}

/** The file's label as one of our subjects: the likeliest of those that it covers, as where an act names only an agency. */
function examplesBy(
  { knowledge, likeliest }: LoadedClassifier,
  map: LabelMap,
): (row: LabelledRow, at: number) => OwnExample[] {
  const subjectsOf = new Map<string, string[]>();
  for (const { _id, agency } of knowledge.subjects) {
    const theirs = map[_id] ?? map[agency];
    if (theirs !== undefined) subjectsOf.set(theirs, [...(subjectsOf.get(theirs) ?? []), _id]);
  }
  return ({ text, label: theirs }, at) => {
    const label = likeliest(text, subjectsOf.get(theirs) ?? []);
    return label === null ? [] : [{ id: String(at), text, label }];
  };
}
