import type { Classification } from '../domain/classification.ts';
import type { WordList } from './language-words.ts';
import type { Tokens } from './tokens.ts';

type Language = Classification['language'];

/** By our own word lists; a text in which few words are known is `other`. */
export function languageOf(tokens: Tokens): Language {
  const counts = { javanese: 0, indonesian: 0, english: 0, root: 0, unknown: 0 };
  for (const word of tokens.words) if (word.kind === 'word') count(counts, word.list);
  const { javanese, indonesian, english, root, unknown } = counts;
  if (english >= 2 && english > javanese + indonesian) return 'en';
  if (javanese + indonesian > 0) return mixtureOf(javanese, indonesian);
  // "janji manis pejabat": none of the everyday words, and yet Indonesian.
  if (root > english && root * 2 >= unknown) return 'id';
  const all = english + root + unknown;
  return all === 0 || all > MOST_UNKNOWN ? 'other' : 'id';
}

/** Name by name: `counts[list] += 1` takes four times as long. */
function count(counts: Record<WordList, number>, list: WordList): void {
  if (list === 'unknown') counts.unknown += 1;
  else if (list === 'indonesian') counts.indonesian += 1;
  else if (list === 'root') counts.root += 1;
  else if (list === 'javanese') counts.javanese += 1;
  else counts.english += 1;
}

function mixtureOf(javanese: number, indonesian: number): Language {
  const share = javanese / (javanese + indonesian);
  if (share >= 0.7) return 'jv';
  return share >= 0.2 ? 'mixed' : 'id';
}

/** A short text of names only is taken for Indonesian; a longer one without a known word is not. */
const MOST_UNKNOWN = 5;
