import type { Tokens } from './tokens.ts';
import { tokenise } from './tokens.ts';
import { createWordMemo, type Word, type Words } from './words.ts';

/** A phrase to look for; a leading `=` on a word means: only in exactly this spelling. */
export interface Phrase {
  readonly phrase: string;
  /** What the caller wants to be told when it is found. */
  readonly payload: number;
}

interface Part {
  readonly word: string;
  readonly exact: boolean;
}

/** Phrases that begin with one word: those that end there, and the others by their second word. */
interface Node {
  readonly alone: number[];
  readonly bySecondForm: Map<string, Entry[]>;
  readonly bySecondRaw: Map<string, Entry[]>;
}

interface Entry {
  readonly payload: number;
  /** From the third word on. */
  readonly rest: readonly Part[];
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

const NOTHING = 0;
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

/** Token hash: each phrase is filed under its first two words, so a text costs few look-ups per word. */
export function createPhraseIndex(phrases: readonly Phrase[], words: Words): PhraseIndex {
  const byForm = new Map<string, Node>();
  const byRaw = new Map<string, Node>();
  const filed = new Set<string>();
  for (const { phrase, payload } of phrases) {
    const parts = partsOf(phrase, words);
    // Two spellings of one phrase are one phrase.
    const key = `${payload} ${parts.map((part) => (part.exact ? '=' : '') + part.word).join(' ')}`;
    if (parts.length === 0 || filed.has(key)) continue;
    filed.add(key);
    file(parts[0]!.exact ? byRaw : byForm, parts, payload);
  }

  const lists: (readonly Node[])[] = [[]];
  const listOf = createWordMemo(words, (word) => {
    const found = [byForm.get(word.form), byRaw.get(word.raw)].filter((node) => node !== undefined);
    return found.length === 0 ? NOTHING : lists.push(found) - 1;
  });

  return {
    find(tokens) {
      const hits: Hit[] = [];
      for (let start = 0; start < tokens.words.length && hits.length < MAX_HITS; start++) {
        const list = listOf(tokens.words[start]!);
        if (list === NOTHING) continue;
        const found = lists[list]!;
        for (let at = 0; at < found.length; at++) collect(found[at]!, tokens.words, start, hits);
      }
      return hits;
    },
  };
}

function file(index: Map<string, Node>, parts: readonly Part[], payload: number): void {
  const [first, second, ...rest] = parts as [Part, ...Part[]];
  let node = index.get(first.word);
  if (!node) {
    node = { alone: [], bySecondForm: new Map(), bySecondRaw: new Map() };
    index.set(first.word, node);
  }
  if (!second) {
    node.alone.push(payload);
    return;
  }
  const bySecond = second.exact ? node.bySecondRaw : node.bySecondForm;
  const entries = bySecond.get(second.word);
  if (entries) entries.push({ payload, rest });
  else bySecond.set(second.word, [{ payload, rest }]);
}

function partsOf(phrase: string, words: Words): Part[] {
  return phrase.split(/\s+/).flatMap((part) => {
    const exact = part.startsWith('=');
    return tokenise(exact ? part.slice(1) : part, words).words.map((word) => ({
      word: exact ? word.raw : word.form,
      exact,
    }));
  });
}

function collect(node: Node, words: readonly Word[], start: number, hits: Hit[]): void {
  for (let at = 0; at < node.alone.length; at++)
    hits.push({ payload: node.alone[at]!, start, end: start + 1 });
  if (node.bySecondForm.size > 0) collectLonger(node.bySecondForm, true, words, start, hits);
  if (node.bySecondRaw.size > 0) collectLonger(node.bySecondRaw, false, words, start, hits);
}

function collectLonger(
  bySecond: ReadonlyMap<string, readonly Entry[]>,
  byForm: boolean,
  words: readonly Word[],
  start: number,
  hits: Hit[],
): void {
  const last = Math.min(words.length - 1, start + 1 + MAX_GAP);
  for (let at = start + 1; at <= last; at++) {
    const word = words[at]!;
    const entries = bySecond.get(byForm ? word.form : word.raw);
    if (entries) {
      for (let number = 0; number < entries.length; number++) {
        const entry = entries[number]!;
        const end = endOf(entry.rest, words, at + 1);
        if (end > 0) hits.push({ payload: entry.payload, start, end });
      }
    }
    if (!word.isStop) return;
  }
}

/** @returns the token after the phrase, or -1 */
function endOf(rest: readonly Part[], words: readonly Word[], from: number): number {
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
