import { bayesTokens } from '../../text/bayes-tokens.ts';
import { tokenise } from '../../text/tokens.ts';
import type { Words } from '../../text/words.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Hints } from '../linear/linear-model.ts';
import { type BayesModel, scoreBayes } from '../naive-bayes.ts';
import { createReader, landmarksOf } from '../reading.ts';
import { createSubjectScorer } from '../subject-scores.ts';

/** Length of each part beside the text's own, which have length 1. */
const SHARE = 0.7;
/** What Naive Bayes holds for less likely than this is not passed on. */
const HEARD = 0.01;

/**
 * What the shipped classifier makes of a text, for a model that learns other labels: the points of its rules per
 * subject and per agency, and Naive Bayes' posterior. They carry our knowledge of the field into a small training set.
 */
export function createHints(knowledge: Knowledge, words: Words, bayes: BayesModel): Hints {
  const reader = createReader(knowledge, words);
  const scorer = createSubjectScorer(knowledge, reader);
  const landmarks = landmarksOf(knowledge, words);
  const agencies = [...new Set(knowledge.subjects.map((subject) => subject.agency))];
  const agencyOf = knowledge.subjects.map(
    ({ agency }) => knowledge.subjects.length + agencies.indexOf(agency),
  );
  const firstPosterior = knowledge.subjects.length + agencies.length;
  const posterior = new Float64Array(bayes.labels.length);

  function ruled(text: string): Map<number, number> {
    const { points } = scorer.score(reader.read(tokenise(text, words)));
    const found = new Map<number, number>();
    points.forEach((value, subject) => {
      if (value <= 0) return;
      const strength = Math.sqrt(value);
      const agency = agencyOf[subject]!;
      found.set(subject, strength);
      found.set(agency, Math.max(found.get(agency) ?? 0, strength));
    });
    return found;
  }

  function likely(text: string): Map<number, number> {
    scoreBayes(bayes, bayesTokens(text, words, landmarks), posterior);
    const found = new Map<number, number>();
    posterior.forEach((share, label) => {
      if (share > HEARD) found.set(firstPosterior + label, Math.sqrt(share));
    });
    return found;
  }

  return {
    size: firstPosterior + bayes.labels.length,
    of(text) {
      const found = [...ofLength(SHARE, ruled(text)), ...ofLength(SHARE, likely(text))];
      return {
        features: Int32Array.from(found, ([feature]) => feature),
        values: Float32Array.from(found, ([, value]) => value),
      };
    },
  };
}

function ofLength(length: number, values: Map<number, number>): [number, number][] {
  const squares = [...values.values()].reduce((sum, value) => sum + value * value, 0);
  return squares === 0
    ? []
    : [...values].map(([feature, value]) => [feature, (value * length) / Math.sqrt(squares)]);
}
