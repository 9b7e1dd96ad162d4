import { type ChunkMemo, createChunkMemo, MAX_CHUNKS } from './chunk-memo.ts';
import { bigramBucket, readable } from './chunks.ts';
import type { Vector, Vocabulary } from './vocabulary.ts';

/** Good until the next text is read. */
export interface ReadText {
  /** Word 1–2-grams, of length 1; only the first {@link wordCount} count. */
  readonly words: Vector;
  wordCount: number;
  /** The number of each distinct chunk once; only the first {@link chunkCount} count. */
  readonly chunks: Int32Array;
  chunkCount: number;
  /** What each chunk's letters are multiplied by: (1 + ln(times)) / their length all together. */
  readonly shares: Float64Array;
}

export interface Vectoriser {
  readonly memo: ChunkMemo;
  read(text: string): ReadText;
  /** The same as one vector of its own: words, then letters, each about of length 1. */
  of(text: string): Vector;
}

/**
 * tf-idf, tf by its logarithm; words and letters apart, so that neither drowns the other. Letters are counted chunk by
 * chunk (an n-gram of two different chunks counts twice), so that what they say can be remembered per chunk.
 */
export function createVectoriser(vocabulary: Vocabulary): Vectoriser {
  const { featureOf, rarity } = vocabulary;
  const words = createWordCounter(rarity.subarray(0, vocabulary.firstChar));
  const memo = createChunkMemo(vocabulary);
  const { starts, hashes, unigrams, letters, squares } = memo;
  const inOrder = new Int32Array(MAX_CHUNKS);
  const times = new Uint16Array(MAX_CHUNKS);
  const chunks = new Int32Array(MAX_CHUNKS);
  const shares = new Float64Array(MAX_CHUNKS);
  const found: ReadText = { words: words.vector, wordCount: 0, chunks, chunkCount: 0, shares };

  function read(text: string): ReadText {
    const pieces = memo.read(readable(text), inOrder);
    let count = 0;
    let previous = 0;
    let isFirst = true;
    for (let at = 0; at < pieces; at++) {
      const chunk = inOrder[at]!;
      if (times[chunk] === 0) chunks[count++] = chunk;
      times[chunk]! += 1;
      const end = starts[chunk + 1]!;
      for (let word = starts[chunk]!; word < end; word++) {
        const hash = hashes[word]!;
        words.add(unigrams[word]!);
        if (!isFirst) words.add(featureOf[bigramBucket(previous, hash)]!);
        previous = hash;
        isFirst = false;
      }
    }
    found.wordCount = words.finish();
    found.chunkCount = count;
    share(count);
    return found;
  }

  function share(count: number): void {
    let sum = 0;
    for (let at = 0; at < count; at++) {
      const chunk = chunks[at]!;
      const worth = times[chunk] === 1 ? 1 : 1 + Math.log(times[chunk]!);
      times[chunk] = 0;
      sum += worth * worth * squares[chunk]!;
      shares[at] = worth;
    }
    const length = sum > 0 ? Math.sqrt(sum) : 1;
    for (let at = 0; at < count; at++) shares[at]! /= length;
  }

  return {
    memo,
    read,
    of(text) {
      const { wordCount, chunkCount } = read(text);
      const worths = new Map<number, number>();
      for (let at = 0; at < chunkCount; at++) {
        const { features, values } = letters[chunks[at]!]!;
        for (let i = 0; i < features.length; i++) {
          const feature = features[i]!;
          worths.set(feature, (worths.get(feature) ?? 0) + values[i]! * shares[at]!);
        }
      }
      const features = new Int32Array(wordCount + worths.size);
      const values = new Float32Array(features.length);
      features.set(words.vector.features.subarray(0, wordCount));
      values.set(words.vector.values.subarray(0, wordCount));
      features.set([...worths.keys()], wordCount);
      values.set([...worths.values()], wordCount);
      return { features, values };
    },
  };
}

/** Counts the word features of one text after another into the same vector. */
function createWordCounter(rarity: Float32Array) {
  const counts = new Uint16Array(rarity.length);
  // A text has at most so many distinct word features as the vocabulary has.
  const features = new Int32Array(rarity.length);
  const values = new Float32Array(rarity.length);
  let size = 0;
  return {
    vector: { features, values },
    add(feature: number): void {
      if (feature < 0) return;
      if (counts[feature] === 0) features[size++] = feature;
      counts[feature]! += 1;
    },
    /** @returns how many features the vector has; the next `add` begins the next text */
    finish(): number {
      let squares = 0;
      for (let at = 0; at < size; at++) {
        const feature = features[at]!;
        const count = counts[feature]!;
        const value = (count === 1 ? 1 : 1 + Math.log(count)) * rarity[feature]!;
        values[at] = value;
        squares += value * value;
        counts[feature] = 0;
      }
      const length = Math.sqrt(squares);
      for (let at = 0; at < size; at++) values[at]! /= length;
      const found = size;
      size = 0;
      return found;
    },
  };
}
