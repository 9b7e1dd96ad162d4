import {
  knowledgeFiles,
  type LoadedClassifier,
  loadTrainingExamples,
  trainClassifier,
} from '../classify/load.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { keepCurrent } from '../learn/keep-current.ts';
import { knowledgeOf, type ListTexts } from '../reference/reference.ts';
import type { Database } from '../store/database.ts';
import { learningSources } from '../store/learning-sources.ts';
import { readLists } from '../store/reference.ts';

/**
 * The classifier as the office has it: its edited lists, what it learnt from corrections, the model in use. Only reads.
 * @returns null when the database holds no lists: nobody started Tanggap on it yet
 */
export async function officeClassifier(
  db: Database['db'],
  root: string,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<LoadedClassifier | null> {
  const { json } = await readLists(db);
  if (knowledgeFiles.some((name) => !json.has(name))) return null;
  const texts = Object.fromEntries(json) as ListTexts;
  const classifier = trainClassifier(knowledgeOf(texts), loadTrainingExamples(root));
  await keepCurrent({
    classifier: () => classifier,
    clock,
    log,
    ...learningSources(db),
  }).refresh();
  return classifier;
}
