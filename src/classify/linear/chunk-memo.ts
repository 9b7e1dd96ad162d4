import { chunkOf, HASH_START, hashStep, isSpace, unigramBucket } from './chunks.ts';
import type { Vector, Vocabulary } from './vocabulary.ts';

/** Distinct chunks remembered: what a model makes of each takes 4 bytes a label. More than one text can have. */
export const MAX_CHUNKS = 20_000;
/** A power of two. */
const SLOTS = 2 ** 15;

/**
 * The chunks that were met, as a vocabulary knows them, by number: each is looked into once. What a decision asks about them
 * lies in a few flat tables, and a chunk is found by its letters where they stand, without cutting a string for it.
 */
export interface ChunkMemo {
  /** Words of chunk `n`: from `starts[n]` up to `starts[n + 1]` of the next two. */
  readonly starts: Int32Array;
  readonly hashes: readonly number[];
  /** Feature of the word, or -1. */
  readonly unigrams: readonly number[];
  /** Per chunk, one per n-gram that is known, of its rarity. */
  readonly letters: readonly Vector[];
  /** Per chunk the sum of the squares of their values. */
  readonly squares: Float64Array;
  /** Per chunk, for the model: 1 when it has already added up what its letters say. */
  readonly isSummed: Uint8Array;
  /** The numbers of the text's chunks in order, into `out`, good until the next text. @returns how many */
  read(lowerCase: string, out: Int32Array): number;
}

export function createChunkMemo({ featureOf, rarity }: Vocabulary): ChunkMemo {
  /** Open addressing: a hash and, behind it, the chunk's number + 1 (0 = free). */
  const slots = new Int32Array(2 * SLOTS);
  const pieces: string[] = [];
  const starts = new Int32Array(MAX_CHUNKS + 1);
  const hashes: number[] = [];
  const unigrams: number[] = [];
  const letters: Vector[] = [];
  const squares = new Float64Array(MAX_CHUNKS);
  const isSummed = new Uint8Array(MAX_CHUNKS);

  function numberOf(source: string, start: number, end: number, hash: number): number {
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (;;) {
      const number = slots[2 * slot + 1]! - 1;
      if (number < 0) break;
      if (slots[2 * slot] === hash && isAt(source, start, end, pieces[number]!)) return number;
      slot = (slot + 1) & (SLOTS - 1);
    }
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = pieces.length + 1;
    return add(source.slice(start, end));
  }

  function add(piece: string): number {
    const { words, grams } = chunkOf(piece);
    for (const word of words) {
      hashes.push(word);
      unigrams.push(featureOf[unigramBucket(word)]!);
    }
    const features = grams.map((bucket) => featureOf[bucket]!).filter((feature) => feature >= 0);
    const values = Float32Array.from(features, (feature) => rarity[feature]!);
    letters.push({ features, values });
    const number = pieces.push(piece) - 1;
    starts[number + 1] = hashes.length;
    squares[number] = values.reduce((sum, value) => sum + value * value, 0);
    return number;
  }

  function forget(): void {
    slots.fill(0);
    isSummed.fill(0);
    for (const list of [pieces, hashes, unigrams, letters]) list.length = 0;
  }

  return {
    starts,
    hashes,
    unigrams,
    letters,
    squares,
    isSummed,
    read(source, out) {
      // Between texts only: the chunks of one text are not numbered anew while it is read.
      if (pieces.length + source.length / 2 + 1 > MAX_CHUNKS) forget();
      let found = 0;
      for (let at = 0; at < source.length; at++) {
        let code = source.charCodeAt(at);
        if (isSpace(code)) continue;
        const start = at;
        let hash = HASH_START;
        do {
          hash = hashStep(hash, code);
          at += 1;
          code = at < source.length ? source.charCodeAt(at) : 0;
        } while (!isSpace(code));
        out[found++] = numberOf(source, start, at, hash);
      }
      return found;
    },
  };
}

function isAt(source: string, start: number, end: number, piece: string): boolean {
  if (piece.length !== end - start) return false;
  for (let at = 0; at < piece.length; at++) {
    if (source.charCodeAt(start + at) !== piece.charCodeAt(at)) return false;
  }
  return true;
}
