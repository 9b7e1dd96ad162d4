import type { Word, Words } from './words.ts';

/** Words of a text in order; `starts[i]`/`ends[i]` are UTF-16 offsets into the original. */
export interface Tokens {
  readonly words: readonly Word[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Longer texts are read up to here: no complaint says its matter later, and the work stays bounded. */
export const MAX_TEXT = 20_000;

const TOKEN =
  /(?:https?:\/\/|www\.)\S+|@[\p{L}\p{N}_.]+|[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{Cf}_]*(?:['’][\p{L}]+)?|\p{Extended_Pictographic}/gu;
const DOT_IN_NUMBER = 46;

/** One pass: URLs and handles are left out, a hashtag is its word, an emoji is a token of its own. */
export function tokenise(text: string, words: Words): Tokens {
  const source = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  const found: Word[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(source); match; match = TOKEN.exec(source)) {
    const token = match[0];
    if (isLinkOrHandle(token)) continue;
    const word = wordOf(token, words);
    if (word.raw === '') continue;
    found.push(word);
    starts.push(match.index);
    ends.push(match.index + token.length);
  }
  return { words: found, starts, ends };
}

function isLinkOrHandle(token: string): boolean {
  const first = token.charCodeAt(0);
  if (first === 64) return true;
  if (first !== 104 && first !== 119 && first !== 72 && first !== 87) return false;
  return token.includes('://') || (token.charCodeAt(3) === DOT_IN_NUMBER && token.length > 4);
}

function wordOf(token: string, words: Words): Word {
  const first = token.charCodeAt(0);
  // Everything from the symbols' planes on; © and ® below it are no words either, but harmless.
  if (first >= 0x2190 && !/[\p{L}\p{N}]/u.test(token)) return words.emoji(token);
  return words.of(token.toLowerCase());
}
