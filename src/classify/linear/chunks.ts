/** Slots of word 1–2-grams, and as many again behind them for char 3–5-grams: a power of two. */
const SIDE = 2 ** 19;
export const BUCKETS = 2 * SIDE;
export const isCharBucket = (bucket: number): boolean => bucket >= SIDE;

/** Longer texts are read up to here: no complaint says its matter later, and the work stays bounded. */
const MAX_TEXT = 20_000;
const MAX_CHUNK = 40;
const SHORTEST = 3;
const LONGEST = 5;
const SPACE = 32;
const NO_BREAK_SPACE = 0xa0;
export const HASH_START = 0x811c9dc5;

/** What stands between two spaces ("rusak,"), with all the buckets it fills by itself. */
export interface Chunk {
  /** Hash per word of two or more letters or digits, for word 1–2-grams. */
  readonly words: readonly number[];
  /** Buckets of the char n-grams, those with the edges included; twice what is there twice. */
  readonly grams: Int32Array;
}

/** Each of it is {@link isSpace}. */
const WHITE_SPACE = /[\0-\x20\xa0\u2028\u2029]+/;
const WORD = /[\p{L}\p{N}_]{2,}/gu;

/** What is read of a text, in lower case. Its chunks are what stands between white space. */
export function readable(text: string): string {
  return (text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text).toLowerCase();
}

/** Its chunks in order, as strings; chunk-memo.ts finds them without. */
export function piecesOf(text: string): string[] {
  return readable(text).split(WHITE_SPACE).filter(Boolean);
}

/** A text repeats the words of others: whoever reads many remembers the chunks (chunk-memo.ts). */
export function chunkOf(piece: string): Chunk {
  const short = piece.length > MAX_CHUNK ? piece.slice(0, MAX_CHUNK) : piece;
  const words = (short.match(WORD) ?? []).map((word) => hashOf(word, 0, word.length));
  return { words, grams: gramsOf(` ${short} `) };
}

export function unigramBucket(word: number): number {
  return spread(word) & (SIDE - 1);
}

export function bigramBucket(first: number, second: number): number {
  return spread(Math.imul(first, 0x9e3779b1) ^ second) & (SIDE - 1);
}

/** @param padded the chunk between two spaces, so that an n-gram knows where a word begins and ends */
function gramsOf(padded: string): Int32Array {
  const found: number[] = [];
  for (let length = SHORTEST; length <= LONGEST; length++) {
    for (let start = 0; start + length <= padded.length; start++) {
      found.push(SIDE + (spread(hashOf(padded, start, start + length)) & (SIDE - 1)));
    }
  }
  return Int32Array.from(found);
}

export function isSpace(code: number): boolean {
  if (code < NO_BREAK_SPACE) return code <= SPACE;
  return code === NO_BREAK_SPACE || code === 0x2028 || code === 0x2029;
}

/** FNV-1a over UTF-16 units. */
function hashOf(source: string, start: number, end: number): number {
  let hash: number = HASH_START;
  for (let at = start; at < end; at++) hash = hashStep(hash, source.charCodeAt(at));
  return hash;
}

export const hashStep = (hash: number, code: number) => Math.imul(hash ^ code, 0x01000193);

/** FNV's low bits depend on few characters; this mixes the high ones in (murmur3's last step). */
function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
