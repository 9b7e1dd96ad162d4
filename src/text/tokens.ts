import { BITS, LAST_LETTER, LETTER, PACKED } from './ascii.ts';
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

const CONTINUES = /[\p{L}\p{M}\p{N}\p{Cf}’]/u;

const AT = '@'.charCodeAt(0);
const APOSTROPHE = "'".charCodeAt(0);
const COLON = ':'.charCodeAt(0);
const DOT = '.'.charCodeAt(0);
const UNDERSCORE = '_'.charCodeAt(0);

/**
 * One pass: URLs and handles are left out, a hashtag is its word, an emoji is a token of its own. Plain ASCII
 * words, nearly all of them, are found by their letters without making a string; what is rare goes through a regex.
 */
export function tokenise(text: string, words: Words): Tokens {
  const source = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  words.makeRoom();
  const found: Found = { words: [], starts: [], ends: [] };
  const length = source.length;
  let at = 0;
  while (at < length) {
    const code = source.charCodeAt(at);
    if (code >= 128) at = takeForeign(source, at, words, found);
    else if (code === AT) at = afterHandle(source, at);
    else if (LETTER[code] === 0 || code === UNDERSCORE) at += 1;
    else at = takePlain(source, at, words, found);
  }
  return found;
}

interface Found extends Tokens {
  readonly words: Word[];
  readonly starts: number[];
  readonly ends: number[];
}

function add({ words, starts, ends }: Found, word: Word | null, start: number, end: number): void {
  if (word === null || word.raw === '') return;
  words.push(word);
  starts.push(start);
  ends.push(end);
}

/** A word that starts with an ASCII letter or digit: its letters are packed while its end is looked for. */
function takePlain(source: string, start: number, words: Words, found: Found): number {
  const length = source.length;
  let first = 0;
  let second = 0;
  let third = 0;
  let at = start;
  for (; at < length; at++) {
    const code = source.charCodeAt(at);
    const letter = code < 128 ? LETTER[code]! : 0;
    if (letter === 0) break;
    const place = at - start;
    if (place < PACKED) first = (first << BITS) | letter;
    else if (place < 2 * PACKED) second = (second << BITS) | letter;
    else third = (third << BITS) | letter;
  }
  if (at < length && !endsPlain(source, start, at)) return takeByRegex(source, start, words, found);
  const word =
    at - start > 3 * PACKED
      ? words.of(source.slice(start, at).toLowerCase())
      : words.packed(first, second, third, source, start, at);
  found.words.push(word);
  found.starts.push(start);
  found.ends.push(at);
  return at;
}

/** Whether the ASCII word that stops at `at` ends there, or goes on in a way that only the regex knows. */
function endsPlain(source: string, start: number, at: number): boolean {
  const code = source.charCodeAt(at);
  if (code >= 128) return (traitsAt(source, at) & GOES_ON) === 0;
  if (code === APOSTROPHE) return at + 1 === source.length || !isLetterOrForeign(source.charCodeAt(at + 1));
  // "https://…" and "www.…" are no words.
  if (code === COLON) return !source.startsWith('://', at);
  return code !== DOT || at - start !== 3 || (source.charCodeAt(start) | 32) !== LOWER_W;
}

const LOWER_W = 'w'.charCodeAt(0);
const isLetterOrForeign = (code: number) => code >= 128 || (LETTER[code]! - 1) >>> 0 < LAST_LETTER;

/** After an ASCII handle; one with other letters is found by the regex. */
function afterHandle(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (code >= 128) return start + tokenAt(source, start).length;
    if (LETTER[code] === 0 && code !== DOT) break;
    at += 1;
  }
  return at;
}

/** What starts with a character beyond ASCII: an emoji, a foreign word, or nothing. */
function takeForeign(source: string, start: number, words: Words, found: Found): number {
  const traits = traitsAt(source, start);
  if ((traits & STARTS_WORD) !== 0) return takeByRegex(source, start, words, found);
  const end = start + (isPair(source, start) ? 2 : 1);
  if ((traits & PICTURE) !== 0) add(found, words.emoji(source.slice(start, end)), start, end);
  return end;
}

function takeByRegex(source: string, start: number, words: Words, found: Found): number {
  const token = tokenAt(source, start);
  const end = start + token.length;
  if (!LINK.test(token)) add(found, words.of(token.toLowerCase()), start, end);
  return end;
}

/** The token that starts here by the regex, or the one character that starts none. */
function tokenAt(source: string, start: number): string {
  TOKEN.lastIndex = start;
  return TOKEN.exec(source)?.[0] ?? source.charAt(start);
}

const KNOWN = 1;
const STARTS_WORD = 2;
const GOES_ON = 4;
const PICTURE = 8;
/** Traits of the characters met, asked once each: by code unit, and by code point beyond the first plane. */
const unitTraits = new Uint8Array(0x1_0000);
const pairTraits = new Map<number, number>();

function traitsAt(source: string, at: number): number {
  if (isPair(source, at)) {
    const point = source.codePointAt(at)!;
    const known = pairTraits.get(point);
    if (known !== undefined) return known;
    const asked = traitsOf(String.fromCodePoint(point));
    pairTraits.set(point, asked);
    return asked;
  }
  const unit = source.charCodeAt(at);
  if (unitTraits[unit] === 0) unitTraits[unit] = traitsOf(source.charAt(at));
  return unitTraits[unit]!;
}

function traitsOf(character: string): number {
  return (
    KNOWN |
    (WORDLIKE.test(character) ? STARTS_WORD : 0) |
    (CONTINUES.test(character) ? GOES_ON : 0) |
    (EMOJI.test(character) ? PICTURE : 0)
  );
}

function isPair(source: string, at: number): boolean {
  if ((source.charCodeAt(at) & 0xfc00) !== 0xd800 || at + 1 === source.length) return false;
  return (source.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
