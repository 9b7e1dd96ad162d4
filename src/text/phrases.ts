import { createPhraseTable, type FiledPhrase, type Part } from './phrase-table.ts';
import type { Tokens } from './tokens.ts';
import { tokenise } from './tokens.ts';
import { createWordMemo, type Word, type Words } from './words.ts';

/** A phrase to look for; a leading `=` on a word means: only in exactly this spelling. */
export interface Phrase {
  readonly phrase: string;
  /** What the caller wants to be told when it is found. */
  readonly payload: number;
}

/** `start` inclusive, `end` exclusive, in tokens. */
export interface Hit {
  readonly payload: number;
  readonly start: number;
  readonly end: number;
}

export interface PhraseIndex {
  /** All phrases found, by start. Whole words only; up to two stop words may stand inside a phrase. */
  find(tokens: Tokens): Hit[];
}

const MAX_GAP = 2;
/** A text that matches more often is no prose. */
const MAX_HITS = 600;

/** Words of a list of phrases, so that {@link createWords} knows them. */
export function wordsOf(phrases: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const phrase of phrases) {
    for (const word of phrase.split(/\s+/)) found.add(word.replace(/^=/, ''));
  }
  return found;
}

/**
 * Token hash: each phrase is filed under its first two words, so a text costs few look-ups per word. What a word can start
 * and what it can go on with is remembered by the word's number; the phrases lie in flat tables.
 */
export function createPhraseIndex(phrases: readonly Phrase[], words: Words): PhraseIndex {
  const { firsts, seconds, table } = createPhraseTable(filed(phrases, words));
  // A word is met by its standard spelling and as it was written: two numbers, packed into one; 0 = none.
  const numberIn = (numbers: ReadonlyMap<string, number>) => (word: Word) =>
    (numbers.get(word.form) ?? 0) | ((numbers.get(`=${word.raw}`) ?? 0) << HALF);
  const firstOf = createWordMemo(words, numberIn(firsts));
  const secondOf = createWordMemo(words, numberIn(seconds));

  function collect(first: number, found: readonly Word[], start: number, hits: Hit[]): void {
    for (let at = table.aloneStarts[first]!; at < table.aloneStarts[first + 1]!; at++) {
      hits.push({ payload: table.alone[at]!, start, end: start + 1 });
    }
    const mask = table.masks[first]!;
    if (mask === 0) return;
    const last = Math.min(found.length - 1, start + 1 + MAX_GAP);
    for (let at = start + 1; at <= last; at++) {
      const pair = secondOf(found[at]!);
      if (pair !== 0) {
        collectPair(first, pair & LOW, mask, { start, second: at }, found, hits);
        collectPair(first, pair >>> HALF, mask, { start, second: at }, found, hits);
      }
      if (!found[at]!.isStop) return;
    }
  }

  function collectPair(
    first: number,
    second: number,
    mask: number,
    place: { readonly start: number; readonly second: number },
    found: readonly Word[],
    hits: Hit[],
  ): void {
    if (second === 0 || ((mask >>> (second & 31)) & 1) === 0) return;
    const pair = table.find(first, second);
    if (pair < 0) return;
    for (let at = table.longerStarts[pair]!; at < table.longerStarts[pair + 1]!; at++) {
      const end = endOf(table.rests[at]!, found, place.second + 1);
      if (end > 0) hits.push({ payload: table.longer[at]!, start: place.start, end });
    }
  }

  return {
    find(tokens) {
      const hits: Hit[] = [];
      const found = tokens.words;
      for (let start = 0; start < found.length && hits.length < MAX_HITS; start++) {
        const first = firstOf(found[start]!);
        if (first === 0) continue;
        if ((first & LOW) !== 0) collect(first & LOW, found, start, hits);
        if (first >>> HALF !== 0) collect(first >>> HALF, found, start, hits);
      }
      return hits;
    },
  };
}

const HALF = 15;
const LOW = (1 << HALF) - 1;

/** The phrases by their parts; two spellings of one phrase are one phrase. */
function filed(phrases: readonly Phrase[], words: Words): FiledPhrase[] {
  const once = new Map<string, FiledPhrase>();
  for (const { phrase, payload } of phrases) {
    const parts = partsOf(phrase, words);
    const [first, second, ...rest] = parts.map(keyOf);
    if (first === undefined) continue;
    const key = `${payload} ${[first, second, ...rest].join(' ')}`;
    if (!once.has(key)) once.set(key, { first, second: second ?? null, rest: parts.slice(2), payload });
  }
  return [...once.values()];
}

/** How a part is looked up: by its standard spelling, or exactly as it is. */
const keyOf = ({ word, exact }: Part) => (exact ? `=${word}` : word);

function partsOf(phrase: string, words: Words): Part[] {
  return phrase.split(/\s+/).flatMap((part) => {
    const exact = part.startsWith('=');
    return tokenise(exact ? part.slice(1) : part, words).words.map((word) => ({
      word: exact ? word.raw : word.form,
      exact,
    }));
  });
}

/** @returns the token after the phrase, or -1 */
function endOf(rest: readonly Part[], words: readonly Word[], from: number): number {
  if (rest.length === 0) return from;
  let at = from;
  for (const part of rest) {
    let gap = 0;
    while (at < words.length && !isPart(part, words[at]!)) {
      if (gap === MAX_GAP || !words[at]!.isStop) return -1;
      gap += 1;
      at += 1;
    }
    if (at >= words.length) return -1;
    at += 1;
  }
  return at;
}

function isPart(part: Part, word: Word): boolean {
  return part.exact ? word.raw === part.word : word.form === part.word;
}
