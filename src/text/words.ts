import { createRequire } from 'node:module';
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';
import { hashOf, standsAt } from './ascii.ts';
import { type WordList, wordListOf } from './language-words.ts';

/** Spelling list and stop words, from data/lexicon.json. */
export interface Lexicon {
  /** Chat spelling and Javanese → standard Indonesian; one word each. */
  readonly normalise: Readonly<Record<string, string>>;
  readonly stopWords: readonly string[];
}

/** One distinct word as it was met, with everything the later stages ask about it. */
export interface Word {
  /** Small number, unique until {@link Words} forgets. */
  readonly id: number;
  /** As it was met, in lower case. */
  readonly key: string;
  /** Lower case, without invisible characters, repeated letters shortened. */
  readonly raw: string;
  /** Standard spelling without possessive endings. Keywords are compared by it. */
  readonly form: string;
  /** Root by natural's Indonesian stemmer. Naive Bayes counts it. */
  readonly stem: string;
  readonly kind: 'word' | 'number' | 'emoji';
  /** Says nothing about the matter: stop words, single letters. */
  readonly isStop: boolean;
  /** Where the everyday word lists of the languages have it. */
  readonly list: WordList;
}

/** Memo of all words met, so that a word is normalised and stemmed once. */
export interface Words {
  /** Between two texts: after very many distinct words all are forgotten, and their numbers begin anew. */
  makeRoom(): void;
  /** Called when the words are forgotten. */
  onForget(forget: () => void): void;
  /** @param text lower case */
  of(text: string): Word;
  /** The same for an ASCII word of any case, `start` to `end` of `source`, by its hash, without cutting it out. */
  at(source: string, start: number, end: number, hash: number): Word;
  emoji(text: string): Word;
}

/** The stemmer's own dictionary of root words. */
const ROOTS = new Set<string>(
  createRequire(import.meta.url)('natural/lib/natural/stemmers/indonesian/data/kata-dasar.json'),
);

const MAX_REMEMBERED = 200_000;
/** Slots of the first hash table, a power of two; it grows with the words. */
const FIRST_TABLE = 2 ** 12;
const MAX_LETTERS = 40;
const INVISIBLE = /\p{Cf}|\p{Mn}/gu;
const REPEATED = /(\p{L})\1{2,}/gu;
const REDUPLICATED = /^(\p{L}{2,})2(nya|an|e|ne)?$/u;
const DIGITS = /^\d+$/;
const HAS_LETTER = /\p{L}/u;
/** Words that end like a possessive and are none. */
const WHOLE = new Set(
  'hanya tanya punya bertanya menanya kenya percaya katanya biasanya akhirnya rupanya sebaiknya sebenarnya seandainya sayangnya nanya'.split(
    ' ',
  ),
);

/**
 * @param known further words that count as known when an ending is cut off (keywords)
 * @param mostRemembered distinct words before a text; bounds the memory
 */
export function createWords(
  lexicon: Lexicon,
  known: Iterable<string> = [],
  mostRemembered = MAX_REMEMBERED,
): Words {
  const spelling = new Map(Object.entries(lexicon.normalise));
  const stopWords = new Set(lexicon.stopWords);
  const vocabulary = new Set([...spelling.keys(), ...spelling.values(), ...stopWords, ...known]);
  let memo = new Map<string, Word>();
  const listeners: (() => void)[] = [forgetTable];

  const isKnown = (base: string) => vocabulary.has(base) || ROOTS.has(base);
  const standard = (raw: string) => spelling.get(raw) ?? withoutEnding(raw, isKnown, spelling);

  /** Everyday words say which language it is; any other root of the stemmer's only says that it is one of ours. */
  function listOf({ raw, stem }: Pick<Word, 'raw' | 'stem'>): WordList {
    const list = wordListOf(raw);
    return list === 'unknown' && (ROOTS.has(raw) || ROOTS.has(stem)) ? 'root' : list;
  }

  function add(key: string, word: Omit<Word, 'id' | 'key' | 'list'>): Word {
    const added: Word = {
      id: memo.size,
      key,
      raw: word.raw,
      form: word.form,
      stem: word.stem,
      kind: word.kind,
      isStop: word.isStop,
      list: listOf(word),
    };
    memo.set(key, added);
    return added;
  }

  function make(key: string): Word {
    const raw = spelled(key, vocabulary);
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

  // Open addressing by the hash of the lower-case letters; holds the ASCII words of `memo`.
  let table: (Word | undefined)[] = new Array(FIRST_TABLE);
  let filled = 0;

  function forgetTable(): void {
    table = new Array(FIRST_TABLE);
    filled = 0;
  }

  function at(source: string, start: number, end: number, hash: number): Word {
    const mask = table.length - 1;
    let slot = slotOf(hash, mask);
    for (let known = table[slot]; known !== undefined; known = table[slot]) {
      if (standsAt(known.key, source, start, end)) return known;
      slot = (slot + 1) & mask;
    }
    const word = of(source.slice(start, end).toLowerCase());
    remember(word);
    return word;
  }

  function remember(word: Word): void {
    if ((filled + 1) * 2 > table.length) {
      table = new Array(table.length * 2);
      filled = 0;
      for (const known of memo.values()) place(known);
    }
    place(word);
  }

  /** Words that are not ASCII, and the shared word of long numbers, are never asked for by their letters. */
  function place(word: Word): void {
    const mask = table.length - 1;
    let slot = slotOf(hashOf(word.key), mask);
    for (let known = table[slot]; known !== undefined; known = table[slot]) {
      if (known === word) return;
      slot = (slot + 1) & mask;
    }
    table[slot] = word;
    filled += 1;
  }

  return {
    makeRoom() {
      if (memo.size < mostRemembered) return;
      memo = new Map();
      for (const forget of listeners) forget();
    },
    onForget: (forget) => void listeners.push(forget),
    of,
    at,
    emoji: (text) =>
      memo.get(text) ?? add(text, { raw: text, form: text, stem: '', kind: 'emoji', isStop: true }),
  };
}

const slotOf = (hash: number, mask: number) => (hash ^ (hash >>> 15)) & mask;

function spelled(key: string, vocabulary: ReadonlySet<string>): string {
  const plain = key.normalize('NFKD').replace(INVISIBLE, '').slice(0, MAX_LETTERS);
  if (vocabulary.has(plain)) return plain;
  const short = plain.replace(REPEATED, '$1');
  return REDUPLICATED.exec(short)?.[1] ?? short;
}

const POSSESSIVE = 'nya';
const ENDINGS = ['nipun', 'ipun', 'ane', 'ne', 'e', 'ku', 'mu', 'lah', 'kah', 'pun'];

function withoutEnding(
  raw: string,
  isKnown: (base: string) => boolean,
  spelling: ReadonlyMap<string, string>,
): string {
  if (raw.length < 4 || WHOLE.has(raw)) return raw;
  if (raw.endsWith(POSSESSIVE) && raw.length > 5) {
    const base = raw.slice(0, -POSSESSIVE.length);
    return spelling.get(base) ?? base;
  }
  if (isKnown(raw)) return raw;
  for (const ending of ENDINGS) {
    if (!raw.endsWith(ending)) continue;
    const base = raw.slice(0, -ending.length);
    if (base.length > 1 && isKnown(base)) return spelling.get(base) ?? base;
  }
  return raw;
}

const NOT_ASKED = -1;

export interface WordMemo {
  (word: Word): number;
  /** Asks again from now on. */
  forget(): void;
}

/**
 * Remembers one number per word, by the word's id, and forgets when {@link Words} does.
 * @param answer asked once per word; 0 or above
 */
export function createWordMemo(words: Words, answer: (word: Word) => number): WordMemo {
  let answers = new Int32Array(1024).fill(NOT_ASKED);
  const forget = () => answers.fill(NOT_ASKED);
  words.onForget(forget);

  function ask(word: Word): number {
    if (word.id >= answers.length) {
      const grown = new Int32Array(word.id * 2).fill(NOT_ASKED);
      grown.set(answers);
      answers = grown;
    }
    const found = answer(word);
    answers[word.id] = found;
    return found;
  }

  const memo = (word: Word) => {
    const known = word.id < answers.length ? answers[word.id]! : NOT_ASKED;
    return known === NOT_ASKED ? ask(word) : known;
  };
  return Object.assign(memo, { forget: () => void forget() });
}
