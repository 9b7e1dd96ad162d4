import { createRequire } from 'node:module';
import stemmer from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';
import { type WordList, wordListOf } from './language-words.ts';
import { WordTable } from './word-table.ts';

/** Spelling list and stop words, from data/lexicon.json. */
export interface Lexicon {
  /** Chat spelling and Javanese → standard Indonesian; one word each. */
  readonly normalise: Readonly<Record<string, string>>;
  readonly stopWords: readonly string[];
}

/** One distinct word as it was met, with everything the later stages ask about it. */
export interface Word {
  /** Small number, unique until {@link Words} forgets the words. */
  readonly id: number;
  readonly kind: 'word' | 'number' | 'emoji';
  /** Says nothing about the matter: stop words, single letters. */
  readonly isStop: boolean;
  /** Where the everyday word lists of the languages have it. */
  readonly list: WordList;
  /** Lower case, without invisible characters, repeated letters shortened. */
  readonly raw: string;
  /** Standard spelling without possessive endings. Keywords are compared by it. */
  readonly form: string;
  /** Root by natural's Indonesian stemmer. Naive Bayes counts it. */
  readonly stem: string;
}

/** Memo of all words met, so that a word is normalised and stemmed once. */
export interface Words {
  /** Between two texts: after very many distinct words all are forgotten, and their numbers begin anew. */
  makeRoom(): void;
  /** What others found out about the words; forgotten with them. */
  readonly table: WordTable;
  /** @param text lower case */
  of(text: string): Word;
  /**
   * The same for an ASCII word of at most 15 letters of either case, by five letters a number (ascii.ts): cut out of `source`
   * only when it is new.
   */
  packed(first: number, second: number, third: number, source: string, start: number, end: number): Word;
  emoji(text: string): Word;
}

/** The stemmer's own dictionary of root words. */
const ROOTS = new Set<string>(
  createRequire(import.meta.url)('natural/lib/natural/stemmers/indonesian/data/kata-dasar.json'),
);

const MAX_REMEMBERED = 200_000;
/** Slots of the first hash table, a power of two; it grows with the words. */
const FIRST_SLOTS = 2 ** 12;
const MAX_LETTERS = 40;
const INVISIBLE = /\p{Cf}|\p{Mn}/gu;
const REPEATED = /(\p{L})\1{2,}/gu;
const REDUPLICATED = /^(\p{L}{2,})2(nya|an|e|ne)?$/u;
const DIGITS = /^\d+$/;
/** Stands for every number of more than four digits. */
const LONG_NUMBER = '#';
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
  const table = new WordTable();

  const isKnown = (base: string) => vocabulary.has(base) || ROOTS.has(base);
  const standard = (raw: string) => spelling.get(raw) ?? withoutEnding(raw, isKnown, spelling);

  /** Everyday words say which language it is; any other root of the stemmer's only says that it is one of ours. */
  function listOf({ raw, stem }: Pick<Word, 'raw' | 'stem'>): WordList {
    const list = wordListOf(raw);
    return list === 'unknown' && (ROOTS.has(raw) || ROOTS.has(stem)) ? 'root' : list;
  }

  function add(key: string, word: Omit<Word, 'id' | 'list'>): Word {
    // What is asked most often first: it shares a line of memory.
    const added: Word = {
      id: memo.size,
      kind: word.kind,
      isStop: word.isStop,
      list: listOf(word),
      raw: word.raw,
      form: word.form,
      stem: word.stem,
    };
    memo.set(key, added);
    return added;
  }

  function make(key: string): Word {
    const raw = spelled(key, vocabulary);
    if (DIGITS.test(raw)) {
      // Long numbers are data of a person or an amount: all one word, so that none is remembered.
      const digits = raw.length > 4 ? LONG_NUMBER : raw;
      if (digits === LONG_NUMBER && key !== LONG_NUMBER) return of(LONG_NUMBER);
      return add(key, { raw: digits, form: digits, stem: digits, kind: 'number', isStop: true });
    }
    if (raw === LONG_NUMBER) return add(key, { raw, form: raw, stem: raw, kind: 'number', isStop: true });
    const form = standard(raw);
    const isStop = form.length < 2 || stopWords.has(raw) || stopWords.has(form) || !HAS_LETTER.test(form);
    return add(key, { raw, form, stem: ROOTS.has(form) ? form : stemmer.stem(form), kind: 'word', isStop });
  }

  function of(text: string): Word {
    return memo.get(text) ?? make(text);
  }

  // Open addressing: three numbers of letters and, behind them, the word's place in `listed` + 1 (0 = free).
  let slots = new Int32Array(SLOT * FIRST_SLOTS);
  let listed: Word[] = [];

  function packed(
    first: number,
    second: number,
    third: number,
    source: string,
    start: number,
    end: number,
  ): Word {
    const number = slots[slotOf(slots, first, second, third) + NUMBER]!;
    if (number > 0) return listed[number - 1]!;
    const word = of(source.slice(start, end).toLowerCase());
    // The shared word of long numbers is none of these letters.
    if (word.raw !== LONG_NUMBER) {
      if ((listed.length + 1) * 2 * SLOT > slots.length) slots = withRoom(slots);
      fill(slots, first, second, third, listed.push(word));
    }
    return word;
  }

  return {
    makeRoom() {
      if (memo.size < mostRemembered) return;
      memo = new Map();
      slots = new Int32Array(SLOT * FIRST_SLOTS);
      listed = [];
      table.forget();
    },
    table,
    of,
    packed,
    emoji: (text) =>
      memo.get(text) ?? add(text, { raw: text, form: text, stem: '', kind: 'emoji', isStop: true }),
  };
}

const SLOT = 4;
const NUMBER = 3;

/** Where these letters are, or where they belong. */
function slotOf(slots: Int32Array, first: number, second: number, third: number): number {
  const hash = Math.imul(Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ third, 0xc2b2ae35);
  const mask = slots.length / SLOT - 1;
  let slot = (hash ^ (hash >>> 15)) & mask;
  for (;;) {
    const at = slot * SLOT;
    if (slots[at + NUMBER] === 0) return at;
    if (slots[at] === first && slots[at + 1] === second && slots[at + 2] === third) return at;
    slot = (slot + 1) & mask;
  }
}

function fill(slots: Int32Array, first: number, second: number, third: number, number: number): void {
  const at = slotOf(slots, first, second, third);
  slots[at] = first;
  slots[at + 1] = second;
  slots[at + 2] = third;
  slots[at + NUMBER] = number;
}

function withRoom(slots: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(slots.length * 2);
  for (let at = 0; at < slots.length; at += SLOT) {
    const number = slots[at + NUMBER]!;
    if (number > 0) fill(grown, slots[at]!, slots[at + 1]!, slots[at + 2]!, number);
  }
  return grown;
}

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
