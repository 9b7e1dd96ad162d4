import type { Word, Words } from './words.ts';

/** Words of a text in order; `starts[i]`/`ends[i]` are UTF-16 offsets into the original. */
export interface Tokens {
  readonly words: readonly Word[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Longer texts are read up to here: no complaint says its matter later, and the work stays bounded. */
export const MAX_TEXT = 20_000;

/** Everything that is not a plain ASCII word: found from `lastIndex` on, never searched for. */
const TOKEN =
  /(?:https?:\/\/|www\.)\S+|@[\p{L}\p{N}_.]+|[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{Cf}_]*(?:['’]\p{L}+)?|\p{Extended_Pictographic}/iuy;
const WORDLIKE = /[\p{L}\p{N}]/u;
const EMOJI = /\p{Extended_Pictographic}/u;
const LINK = /^(?:https?:\/\/|www\.)/i;

/** What an ASCII character is to the scanner. */
const SKIP = 0;
const LETTER = 1;
const DIGIT = 2;
const INNER = 3;
const CLASS = new Uint8Array(128);
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
  CLASS[letter.charCodeAt(0)] = LETTER;
for (const digit of '0123456789') CLASS[digit.charCodeAt(0)] = DIGIT;
CLASS['_'.charCodeAt(0)] = INNER;
const AT = '@'.charCodeAt(0);
const APOSTROPHE = "'".charCodeAt(0);
const COLON = ':'.charCodeAt(0);
const DOT = '.'.charCodeAt(0);

/**
 * One pass: URLs and handles are left out, a hashtag is its word, an emoji is a token of its own. Plain ASCII
 * words, nearly all of them, are found by their hash without making a string; the rest goes through a regex.
 */
export function tokenise(text: string, words: Words): Tokens {
  const source = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  const tokens = { words: [] as Word[], starts: [] as number[], ends: [] as number[] };
  let at = 0;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (startsNothing(code)) {
      at += 1;
      continue;
    }
    const end = code === AT || code >= 128 ? -1 : plainEnd(source, at);
    if (end > 0) {
      add(tokens, words.at(source, at, end), at, end);
      at = end;
    } else {
      const token = tokenAt(source, at);
      add(tokens, wordOf(token, words), at, at + token.length);
      at += token.length;
    }
  }
  return tokens;
}

function add(
  tokens: { words: Word[]; starts: number[]; ends: number[] },
  word: Word | null,
  start: number,
  end: number,
): void {
  if (word === null || word.raw === '') return;
  tokens.words.push(word);
  tokens.starts.push(start);
  tokens.ends.push(end);
}

const startsNothing = (code: number) =>
  code < 128 && code !== AT && (CLASS[code] === SKIP || CLASS[code] === INNER);

/** The token that starts here by the regex, or the one character that starts none. */
function tokenAt(source: string, start: number): string {
  TOKEN.lastIndex = start;
  return TOKEN.exec(source)?.[0] ?? source.charAt(start);
}

/** @returns where the ASCII word ends, or -1 when it goes on in a way that only the regex knows */
function plainEnd(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && isInner(source.charCodeAt(at))) at += 1;
  if (at === source.length) return at;
  const code = source.charCodeAt(at);
  // A letter beyond ASCII, an apostrophe, "https:" or "www." may belong to it.
  if (code >= 128 || code === APOSTROPHE || code === COLON || (code === DOT && at - start === 3)) return -1;
  return at;
}

const isInner = (code: number) => code < 128 && CLASS[code] !== SKIP;

function wordOf(token: string, words: Words): Word | null {
  if (token.charCodeAt(0) === AT || LINK.test(token)) return null;
  if (WORDLIKE.test(token)) return words.of(token.toLowerCase());
  return EMOJI.test(token) ? words.emoji(token) : null;
}
