import type { Classifier } from '../classify/classify.ts';
import { compileCondition } from '../classify/conditions.ts';
import type { Knowledge } from '../classify/knowledge.ts';
import { trainClassifier, wordsFor } from '../classify/load.ts';
import { createReader } from '../classify/reading.ts';
import type { Classification } from '../domain/classification.ts';
import type { OfficeEntry } from '../domain/office-lists.ts';
import { tokenise } from '../text/tokens.ts';
import { type Entry, withEntry } from './entries.ts';
import type { LiveReference } from './live.ts';
import { knowledgeOf, type ListTexts } from './reference.ts';

/** Lists whose entries decide what a message is about. */
export type Previewable = 'subjects' | 'places' | 'spellings' | 'wordGroups' | 'subjectRules' | 'agencyRules';

/** What a changed entry would do to one text, read without its conversation. */
export interface Effect {
  /** Its words, or its rule, are found in the text. */
  readonly matches: boolean;
  readonly before: Classification;
  readonly after: Classification;
}

/** @returns judges texts with the lists as they stand, and as they would be with this entry */
export function previewOf(
  { texts, examples }: Pick<LiveReference, 'texts' | 'examples'>,
  list: Previewable,
  key: string,
  entry: Entry,
): (text: string) => Effect {
  const next = withEntry(texts, list, key, entry);
  const changed = trainClassifier(knowledgeOf(next), examples);
  const before = asTheyStand(texts, examples);
  const matches = matcherFor(changed.knowledge, list, key, entry);
  return (text) => {
    const after = judge(changed, text);
    return { matches: matches(text), before: judge(before, text), after };
  };
}

const standing = new WeakMap<ListTexts, Classifier>();

/** Of the lists alone: what a process learned from corrections would look like an effect of the entry. */
function asTheyStand(texts: ListTexts, examples: LiveReference['examples']): Classifier {
  const made = standing.get(texts) ?? trainClassifier(knowledgeOf(texts), examples);
  standing.set(texts, made);
  return made;
}

function judge(classifier: Classifier, text: string): Classification {
  return classifier.classify({
    text,
    platform: null,
    ownPostText: null,
    parentText: null,
    quotedText: null,
    receivingAgency: null,
  });
}

/** From these points a keyword is evidence in a condition. */
const evidence = 1;

/** Whether one of these stands in a text, as whole words. */
function written(phrases: readonly string[]): (text: string) => boolean {
  const bare = (text: string) =>
    ` ${text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `;
  const wanted = phrases.map(bare);
  return (text) => {
    const read = bare(text);
    return wanted.some((phrase) => read.includes(phrase));
  };
}

/** Whether the entry's words, or the rule's condition, are found in a text. */
function matcherFor(
  knowledge: Knowledge,
  list: Previewable,
  key: string,
  entry: Entry,
): (text: string) => boolean {
  if (list === 'spellings') return written([key]);
  if (list === 'places') {
    const { name, spellings } = entry as OfficeEntry<'places'>;
    return written([name, ...spellings]);
  }
  const words = wordsFor(knowledge);
  const reader = createReader(knowledge, words);
  const read = (text: string) => reader.read(tokenise(text, words));
  const subjectAt = (id: string) => knowledge.subjects.findIndex((subject) => subject._id === id);
  if (list === 'subjects') {
    const at = subjectAt(key);
    return (text) => read(text).subjectHits.some((hit) => hit.subject === at);
  }
  if (list === 'wordGroups') {
    const at = reader.signal(key);
    return (text) => (read(text).signals[at] ?? 0) > 0;
  }
  const rule = knowledge[list].find((one) => one.id === key);
  if (!rule) return () => false;
  const condition = compileCondition(rule, reader.signal, subjectAt);
  return (text) => {
    const { signals, subjectHits } = read(text);
    const hasSubject = new Uint8Array(knowledge.subjects.length);
    for (const hit of subjectHits) if (hit.points >= evidence) hasSubject[hit.subject] = 1;
    return condition.holds(signals, hasSubject);
  };
}
