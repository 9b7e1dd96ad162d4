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

/** What stands between two spaces ("rusak,"), with all the buckets it fills by itself. */
export interface Chunk {
  /** Hash per word of two or more letters or digits, for word 1–2-grams. */
  readonly words: readonly number[];
  /** Buckets of the char n-grams, those with the edges included; twice what is there twice. */
  readonly grams: Int32Array;
}

const WORD = /[\p{L}\p{N}_]{2,}/gu;

/** Text → its pieces in order. Lower case, cut at white space. */
export function piecesOf(text: string): string[] {
  const source = (text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text).toLowerCase();
  const pieces: string[] = [];
  let at = 0;
  while (at < source.length) {
    while (at < source.length && isSpace(source.charCodeAt(at))) at += 1;
    const start = at;
    while (at < source.length && !isSpace(source.charCodeAt(at))) at += 1;
    if (at > start) pieces.push(source.slice(start, at));
  }
  return pieces;
}

/** A text repeats the words of others: whoever reads many remembers the chunk of each piece. */
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

const isSpace = (code: number) => code <= SPACE || code === 0xa0 || code === 0x2028 || code === 0x2029;

/** FNV-1a over UTF-16 units. */
function hashOf(source: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193);
  return hash;
}

/** FNV's low bits depend on few characters; this mixes the high ones in (murmur3's last step). */
function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
