import type { Evidence } from '../domain/classification.ts';
import type { Word } from '../text/words.ts';
import type { BayesListener } from './bayes-listener.ts';
import type { Lent } from './context.ts';
import type { KnownSubject } from './knowledge.ts';
import type { Reading } from './reading.ts';
import type { SubjectScores } from './subject-scores.ts';

export interface EvidenceSources {
  readonly text: string;
  readonly subjects: readonly KnownSubject[];
  readonly reading: Reading;
  readonly scores: SubjectScores;
  readonly lent: readonly Lent[];
  readonly bayes: BayesListener;
  readonly bayesWords: readonly Word[];
}

const BAYES_WORDS = 3;

/** The words and rules that spoke for a subject, as the citizen wrote them. */
export function evidenceOf(subject: number, agencyRule: string | null, sources: EvidenceSources): Evidence[] {
  const { text, reading, scores } = sources;
  const id = sources.subjects[subject]!._id;
  const found: Evidence[] = [];
  for (const hit of reading.subjectHits) {
    if (hit.subject !== subject) continue;
    const words = text.slice(reading.tokens.starts[hit.start], reading.tokens.ends[hit.end - 1]);
    found.push({ words, source: 'keyword', for: id, weight: hit.points });
  }
  for (const rule of scores.rules) {
    if (rule.subject === subject)
      found.push({ words: rule.id, source: 'rule', for: id, weight: rule.points });
  }
  if (agencyRule) found.push({ words: agencyRule, source: 'rule', for: id, weight: 1 });
  for (const one of sources.lent) {
    const points = one.points[subject]!;
    if (points > 0) found.push({ words: one.from.name, source: 'context', for: id, weight: points });
  }
  for (const { words, weight } of sources.bayes.explain(sources.bayesWords, subject, BAYES_WORDS)) {
    found.push({ words, source: 'bayes', for: id, weight });
  }
  return found;
}
