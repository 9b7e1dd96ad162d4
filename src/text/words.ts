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
}

/** Memo of all words met, so that a word is normalised and stemmed once. */
export interface Words {
  readonly generation: number;
  /** @param text lower case */
  of(text: string): Word;
  /** The same for an ASCII word of any case, `start` to `end` of `source`, without cutting it out. */
  at(source: string, start: number, end: number): Word;
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
 */
export function createWords(lexicon: Lexicon, known: Iterable<string> = []): Words {
  const spelling = new Map(Object.entries(lexicon.normalise));
  const stopWords = new Set(lexicon.stopWords);
  const vocabulary = new Set([...spelling.keys(), ...spelling.values(), ...stopWords, ...known]);
  let memo = new Map<string, Word>();
  let generation = 0;

  const isKnown = (base: string) => vocabulary.has(base) || ROOTS.has(base);
  const standard = (raw: string) => spelling.get(raw) ?? withoutEnding(raw, isKnown, spelling);

  function add(key: string, word: Omit<Word, 'id' | 'key'>): Word {
    if (memo.size >= MAX_REMEMBERED) {
      memo = new Map();
      generation += 1;
    }
    const added: Word = {
      id: memo.size,
      key,
      raw: word.raw,
      form: word.form,
      stem: word.stem,
      kind: word.kind,
      isStop: word.isStop,
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
  let tableGeneration = generation;

  function at(source: string, start: number, end: number): Word {
    const hash = hashOf(source, start, end);
    let slot = hash & (table.length - 1);
    for (let known = table[slot]; known !== undefined; known = table[slot]) {
      if (isAt(known.key, source, start, end)) return known;
      slot = (slot + 1) & (table.length - 1);
    }
    const word = of(source.slice(start, end).toLowerCase());
    remember(word);
    return word;
  }

  function remember(word: Word): void {
    if (tableGeneration !== generation || (filled + 1) * 2 > table.length) {
      table = new Array(tableGeneration === generation ? table.length * 2 : FIRST_TABLE);
      tableGeneration = generation;
      filled = 0;
      for (const known of memo.values()) place(known);
    }
    place(word);
  }

  /** Words that are not ASCII, and the shared word of long numbers, are never asked for by their letters. */
  function place(word: Word): void {
    let slot = hashOf(word.key, 0, word.key.length) & (table.length - 1);
    for (let known = table[slot]; known !== undefined; known = table[slot]) {
      if (known === word) return;
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = word;
    filled += 1;
  }

  return {
    get generation() {
      return generation;
    },
    of,
    at,
    emoji: (text) =>
      memo.get(text) ?? add(text, { raw: text, form: text, stem: '', kind: 'emoji', isStop: true }),
  };
}

/** FNV-1a over the letters in lower case. */
function hashOf(source: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ lower(source.charCodeAt(at)), 0x01000193);
  return hash ^ (hash >>> 15);
}

function isAt(key: string, source: string, start: number, end: number): boolean {
  if (key.length !== end - start) return false;
  for (let at = 0; at < key.length; at++) {
    if (key.charCodeAt(at) !== lower(source.charCodeAt(start + at))) return false;
  }
  return true;
}

const lower = (code: number) => (code >= 65 && code <= 90 ? code | 32 : code);

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

/**
 * Remembers one number per word, by the word's id, and forgets when {@link Words} does.
 * @param answer asked once per word; 0 or above
 */
export function createWordMemo(words: Words, answer: (word: Word) => number): (word: Word) => number {
  let answers = new Int32Array(1024).fill(NOT_ASKED);
  let generation = words.generation;
  return (word) => {
    if (generation !== words.generation) {
      answers.fill(NOT_ASKED);
      generation = words.generation;
    }
    if (word.id >= answers.length) {
      const grown = new Int32Array(word.id * 2).fill(NOT_ASKED);
      grown.set(answers);
      answers = grown;
    }
    const known = answers[word.id]!;
    if (known !== NOT_ASKED) return known;
    const found = answer(word);
    answers[word.id] = found;
    return found;
  };
}
