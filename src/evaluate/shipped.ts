import { z } from 'zod';
import type { Classifier } from '../classify/classify.ts';
import type { Knowledge } from '../classify/knowledge.ts';
import type { Answerer } from './evaluate.ts';

/**
 * Ours → the file's: a subject's id, an agency's code, `bukan_aduan` or `*` for everything else. The subject wins over
 * its agency. What is not named has no counterpart there and is never a decided answer.
 */
export const labelMapSchema = z.record(z.string(), z.string().min(1));
export type LabelMap = z.infer<typeof labelMapSchema>;

/** The shipped classifier as it is, answering in the words of another office. */
export function shippedAnswerer(
  classifier: Classifier,
  knowledge: Knowledge,
  map: LabelMap | null,
): Answerer {
  const agencyOf = new Map(knowledge.subjects.map((subject) => [subject._id, subject.agency]));
  const theirs = (subject: string): string | undefined =>
    map === null ? subject : (map[subject] ?? map[agencyOf.get(subject) ?? ''] ?? map['*']);

  return {
    answer(text) {
      const said = classifier.classify({
        text,
        platform: null,
        ownPostText: null,
        parentText: null,
        quotedText: null,
        receivingAgency: null,
      });
      if (said.kind === 'bukan_aduan') {
        return { label: theirs('bukan_aduan') ?? '', confidence: said.confidence, decided: said.decided };
      }
      const own = said.subject === null ? undefined : theirs(said.subject);
      if (own !== undefined) return { label: own, confidence: said.confidence, decided: said.decided };
      for (const other of said.runnersUp) {
        const label = theirs(other.subject);
        if (label !== undefined) return { label, confidence: other.confidence, decided: false };
      }
      return { label: map?.['*'] ?? '', confidence: 0, decided: false };
    },
  };
}
