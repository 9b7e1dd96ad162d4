import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';
import type { Answerer, LabelledRow } from './evaluate.ts';

/** Its training grows with texts × vocabulary × words (25 CPU s for 10,000): it gets every nth row up to this many. */
const anchorTrainsOn = 1_500;
/** It answers a few hundred texts a second. */
export const anchorAnswers = 400;

/** `natural`'s BayesClassifier with its Indonesian stemmer, as its documentation shows it. */
export function naturalAnchor(train: readonly LabelledRow[]): Answerer {
  const classifier = new BayesClassifier(stemmer);
  for (const { text, label } of everyNth(train, anchorTrainsOn)) classifier.addDocument(text, label);
  classifier.train();
  return {
    answer: (text) => ({ label: String(classifier.classify(text)), confidence: 0, decided: false }),
  };
}

/** At most so many rows, spread evenly. */
export function everyNth<Row>(rows: readonly Row[], most: number): Row[] {
  const step = Math.max(1, rows.length / most);
  const picked: Row[] = [];
  for (let at = 0; at < rows.length && picked.length < most; at += step)
    picked.push(rows[Math.floor(at)] as Row);
  return picked;
}
