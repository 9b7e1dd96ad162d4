import { createPhraseTable, FIRST, type FiledPhrase, type Part } from './phrase-table.ts';
import type { Tokens } from './tokens.ts';
import { tokenise } from './tokens.ts';
import { createWordMemo } from './word-memo.ts';
import type { Word, Words } from './words.ts';

/** A phrase to look for; a leading `=` on a word means: only in exactly this spelling. */
export interface Phrase {
  readonly phrase: string;
  /** What the caller wants to be told when it is found. */
  readonly payload: number;
}

/** Phrases that were found, one at each place of the lists up to `size`. `starts` inclusive, `ends` exclusive, in tokens. */
export interface Hits {
  readonly size: number;
  readonly payloads: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export interface PhraseIndex {
  /**
   * All phrases found, by start. Whole words only; up to two stop words may stand inside a phrase. The lists are used again
   * for the next text.
   */
  find(tokens: Tokens): Hits;
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

  const hits = {
    size: 0,
    payloads: new Int32Array(MAX_HITS),
    starts: new Int32Array(MAX_HITS),
    ends: new Int32Array(MAX_HITS),
  };

  function add(payload: number, start: number, end: number): void {
    if (hits.size === MAX_HITS) return;
    hits.payloads[hits.size] = payload;
    hits.starts[hits.size] = start;
    hits.ends[hits.size] = end;
    hits.size += 1;
  }

  function collect(first: number, found: readonly Word[], start: number): void {
    const end = table.ofFirst[first * FIRST + 1]!;
    for (let at = table.ofFirst[first * FIRST]!; at < end; at++) add(table.alone[at]!, start, start + 1);
    const mask = table.ofFirst[first * FIRST + 2]!;
    if (mask === 0) return;
    const last = Math.min(found.length - 1, start + 1 + MAX_GAP);
    for (let at = start + 1; at <= last; at++) {
      const pair = secondOf(found[at]!);
      if (mayFollow(mask, pair & LOW)) collectPair(first, pair & LOW, found, start, at);
      if (mayFollow(mask, pair >>> HALF)) collectPair(first, pair >>> HALF, found, start, at);
      if (!found[at]!.isStop) return;
    }
  }

  function collectPair(
    first: number,
    second: number,
    found: readonly Word[],
    start: number,
    place: number,
  ): void {
    const pair = table.find(first, second);
    if (pair < 0) return;
    for (let at = table.longerStarts[pair]!; at < table.longerStarts[pair + 1]!; at++) {
      const end = endOf(table.rests[at]!, found, place + 1);
      if (end > 0) add(table.longer[at]!, start, end);
    }
  }

  return {
    find(tokens) {
      hits.size = 0;
      const found = tokens.words;
      for (let start = 0; start < found.length && hits.size < MAX_HITS; start++) {
        const first = firstOf(found[start]!);
        if (first === 0) continue;
        if ((first & LOW) !== 0) collect(first & LOW, found, start);
        if (first >>> HALF !== 0) collect(first >>> HALF, found, start);
      }
      return hits;
    },
  };
}

const mayFollow = (mask: number, second: number) => second !== 0 && ((mask >>> (second & 31)) & 1) === 1;

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
