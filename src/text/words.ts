import { createRequire } from 'node:module';
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';

/** Spelling list and stop words, from data/lexicon.json. */
export interface Lexicon {
  /** Chat spelling and Javanese → standard Indonesian; one word each. */
  readonly normalise: Readonly<Record<string, string>>;
  readonly stopWords: readonly string[];
}

/** One distinct word as it was met, with everything the later stages ask about it. */
export interface Word {
  /** Small number, unique within a generation of {@link Words}. */
  readonly id: number;
  /** Lower case, without invisible characters, repeated letters shortened. */
  readonly raw: string;
  /** Standard spelling without possessive endings. Keywords are compared by it. */
  readonly form: string;
  /** Root by natural's Indonesian stemmer. Naive Bayes counts it. */
  readonly stem: string;
  readonly kind: 'word' | 'number' | 'emoji';
  /** Says nothing about the matter: stop words, single letters. */
  readonly isStop: boolean;
}

/** Memo of all words met, so that a word is normalised and stemmed once. */
export interface Words {
  readonly generation: number;
  of(text: string): Word;
  emoji(text: string): Word;
}

/** The stemmer's own dictionary of root words. */
const ROOTS = new Set<string>(
  createRequire(import.meta.url)('natural/lib/natural/stemmers/indonesian/data/kata-dasar.json'),
);

const MAX_REMEMBERED = 200_000;
const MAX_LETTERS = 40;
const INVISIBLE = /\p{Cf}|\p{Mn}/gu;
const REPEATED = /(\p{L})\1{2,}/gu;
const REDUPLICATED = /^(\p{L}{2,})2(nya|an|e|ne)?$/u;
const DIGITS = /^\d+$/;
const HAS_LETTER = /\p{L}/u;
/** Words that end like a possessive and are none. */
const WHOLE = new Set('hanya tanya punya bertanya menanya kenya sunya tanyanya percaya'.split(' '));

/**
 * @param known further words that count as known when an ending is cut off (keywords)
 */
export function createWords(lexicon: Lexicon, known: Iterable<string> = []): Words {
  const spelling = new Map(Object.entries(lexicon.normalise));
  const stopWords = new Set(lexicon.stopWords);
  const vocabulary = new Set([...spelling.keys(), ...spelling.values(), ...stopWords, ...known]);
  let memo = new Map<string, Word>();
  let generation = 0;

  const isKnown = (base: string) => vocabulary.has(base) || ROOTS.has(base);
  const standard = (raw: string) => spelling.get(raw) ?? withoutEnding(raw, isKnown, spelling);

  function add(key: string, word: Omit<Word, 'id'>): Word {
    if (memo.size >= MAX_REMEMBERED) {
      memo = new Map();
      generation += 1;
    }
    const added = { id: memo.size, ...word };
    memo.set(key, added);
    return added;
  }

  function make(key: string): Word {
    const raw = spelled(key);
    if (DIGITS.test(raw)) {
      // Long numbers are data of a person or an amount: all one word, so that none is remembered.
      const digits = raw.length > 4 ? '#' : raw;
      if (digits === '#' && key !== '#') return of('#');
      return add(key, { raw: digits, form: digits, stem: digits, kind: 'number', isStop: true });
    }
    if (raw === '#') return add(key, { raw, form: raw, stem: raw, kind: 'number', isStop: true });
    const form = standard(raw);
    const isStop = form.length < 2 || stopWords.has(raw) || stopWords.has(form) || !HAS_LETTER.test(form);
    return add(key, { raw, form, stem: ROOTS.has(form) ? form : stemmer.stem(form), kind: 'word', isStop });
  }

  function of(text: string): Word {
    return memo.get(text) ?? make(text);
  }

  return {
    get generation() {
      return generation;
    },
    of,
    emoji: (text) =>
      memo.get(text) ?? add(text, { raw: text, form: text, stem: '', kind: 'emoji', isStop: true }),
  };
}

function spelled(key: string): string {
  const plain = key.normalize('NFKD').replace(INVISIBLE, '').slice(0, MAX_LETTERS).replace(REPEATED, '$1');
  return REDUPLICATED.exec(plain)?.[1] ?? plain;
}

const ENDINGS = ['nya', 'nipun', 'ipun', 'ane', 'ne', 'e', 'ku', 'mu', 'lah', 'kah', 'pun'];

function withoutEnding(
  raw: string,
  isKnown: (base: string) => boolean,
  spelling: ReadonlyMap<string, string>,
): string {
  if (raw.length < 4 || WHOLE.has(raw) || isKnown(raw)) return raw;
  for (const ending of ENDINGS) {
    if (!raw.endsWith(ending)) continue;
    const base = raw.slice(0, -ending.length);
    if (base.length < 2 || (!isKnown(base) && ending !== 'nya')) continue;
    return spelling.get(base) ?? base;
  }
  return raw;
}
