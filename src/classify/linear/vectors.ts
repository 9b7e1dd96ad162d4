import { BUCKETS, bigramBucket, type Chunk, type Chunker, isCharBucket, unigramBucket } from './chunks.ts';

/** One text as a sparse vector: `values[i]` of feature `features[i]`. */
export interface Vector {
  readonly features: Int32Array;
  readonly values: Float32Array;
}

/** What the training texts said about features: which there are, and how rare each is. */
export interface Vocabulary {
  /** Bucket → feature, or -1. */
  readonly featureOf: Int32Array;
  /** ln((1 + texts) / (1 + texts with it)) + 1, per feature. */
  readonly rarity: Float32Array;
  /** Features from here on are char n-grams, those before are words. */
  readonly firstChar: number;
}

export interface Vectoriser {
  of(text: string): Vector;
}

/** A feature of fewer texts says nothing that another text could repeat. */
const LEAST_TEXTS = { word: 2, char: 3 } as const;

export function learnVocabulary(texts: readonly string[], chunker: Chunker): Vocabulary {
  const texted = new Uint32Array(BUCKETS);
  const counter = createCounter();
  for (const text of texts) {
    const touched = counter.count(chunker.cut(text));
    for (let at = 0; at < touched.length; at++) texted[touched.buckets[at]!]! += 1;
    counter.clear();
  }
  const featureOf = new Int32Array(BUCKETS).fill(-1);
  const rarity: number[] = [];
  let firstChar = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = texted[bucket]!;
    if (count < (isCharBucket(bucket) ? LEAST_TEXTS.char : LEAST_TEXTS.word)) continue;
    featureOf[bucket] = rarity.length;
    if (!isCharBucket(bucket)) firstChar = rarity.length + 1;
    rarity.push(Math.log((1 + texts.length) / (1 + count)) + 1);
  }
  return { featureOf, rarity: Float32Array.from(rarity), firstChar };
}

/** tf-idf, tf by its logarithm; words and characters each of length 1, so that neither drowns the other. */
export function createVectoriser(vocabulary: Vocabulary, chunker: Chunker): Vectoriser {
  const { featureOf, rarity } = vocabulary;
  const counter = createCounter();
  return {
    of(text) {
      const { buckets, length } = counter.count(chunker.cut(text));
      const features = new Int32Array(length);
      const values = new Float32Array(length);
      const squares = { word: 0, char: 0 };
      let size = 0;
      for (let at = 0; at < length; at++) {
        const bucket = buckets[at]!;
        const feature = featureOf[bucket]!;
        if (feature < 0) continue;
        const value = (1 + Math.log(counter.counts[bucket]!)) * rarity[feature]!;
        features[size] = feature;
        values[size] = value;
        squares[isCharBucket(bucket) ? 'char' : 'word'] += value * value;
        size += 1;
      }
      counter.clear();
      const found = { features: features.subarray(0, size), values: values.subarray(0, size) };
      scale(found, vocabulary.firstChar, squares);
      return found;
    },
  };
}

function scale(
  { features, values }: Vector,
  firstChar: number,
  squares: { word: number; char: number },
): void {
  const perWord = squares.word > 0 ? 1 / Math.sqrt(squares.word) : 0;
  const perChar = squares.char > 0 ? 1 / Math.sqrt(squares.char) : 0;
  for (let at = 0; at < features.length; at++) {
    values[at]! *= features[at]! < firstChar ? perWord : perChar;
  }
}

interface Touched {
  readonly buckets: Int32Array;
  readonly length: number;
}

/** Counts per bucket in one large array that is cleared by the list of what was touched. */
function createCounter() {
  const counts = new Uint16Array(BUCKETS);
  let buckets = new Int32Array(4096);
  let length = 0;

  function add(bucket: number): void {
    const before = counts[bucket]!;
    if (before === 0) {
      if (length === buckets.length) {
        const grown = new Int32Array(buckets.length * 2);
        grown.set(buckets);
        buckets = grown;
      }
      buckets[length] = bucket;
      length += 1;
    }
    if (before < 0xffff) counts[bucket] = before + 1;
  }

  return {
    counts,
    count(chunks: readonly Chunk[]): Touched {
      let previous: number | null = null;
      for (const { words, grams } of chunks) {
        for (let at = 0; at < words.length; at++) {
          const word = words[at]!;
          add(unigramBucket(word));
          if (previous !== null) add(bigramBucket(previous, word));
          previous = word;
        }
        for (let at = 0; at < grams.length; at++) add(grams[at]!);
      }
      return { buckets, length };
    },
    clear(): void {
      for (let at = 0; at < length; at++) counts[buckets[at]!] = 0;
      length = 0;
    },
  };
}
