import type { Db } from 'mongodb';
import { feedbackSince, lastWords } from './feedback.ts';
import { activeModel, readModel } from './models.ts';

/** What a process's classifier is kept current from: the model in use, and what people said of its decisions. */
export function learningSources(db: Db) {
  return {
    activeModel: () => activeModel(db),
    readModel: (model: Parameters<typeof readModel>[1]) => readModel(db, model),
    feedbackSince: (since: Date) => feedbackSince(db, since),
    lastWords: (ids: Parameters<typeof lastWords>[1]) => lastWords(db, ids),
  };
}
