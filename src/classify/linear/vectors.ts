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

/** A chunk's letter features, one per n-gram: found once per distinct chunk. */
export interface ReadChunk {
  readonly letters: Vector;
  /** Sum of the squares of their values. */
  readonly squares: number;
}

/**
 * The same vector as `of` gives, in parts that a model can remember: words, then the letters chunk by chunk as if each
 * n-gram counted in full wherever it stands, then what that was too much for the n-grams that stand there again.
 */
export interface ReadText {
  /** Of length 1. */
  readonly words: Vector;
  readonly chunks: readonly ReadChunk[];
  readonly tooMuch: Vector;
  /** What the letters' values are divided by; 1 without letters. */
  readonly letterLength: number;
}

export interface Vectoriser {
  of(text: string): Vector;
  read(text: string): ReadText;
}

/** Distinct chunks remembered: what a model makes of each takes 4 bytes a label. */
const MAX_CHUNKS = 20_000;

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
  const again = createRepeats(rarity);
  let memo = new Map<Chunk, ReadChunk>();

  function readChunk(chunk: Chunk): ReadChunk {
    const known = memo.get(chunk);
    if (known) return known;
    if (memo.size >= MAX_CHUNKS) memo = new Map();
    const features = chunk.grams.map((bucket) => featureOf[bucket]!).filter((feature) => feature >= 0);
    const values = Float32Array.from(features, (feature) => rarity[feature]!);
    const squares = values.reduce((sum, value) => sum + value * value, 0);
    const read = { letters: { features, values }, squares };
    memo.set(chunk, read);
    return read;
  }

  return {
    read(text) {
      const chunks = chunker.cut(text);
      const { buckets, length } = counter.countWords(chunks);
      const words = createVector(length);
      let wordSquares = 0;
      for (let at = 0; at < length; at++) {
        const feature = featureOf[buckets[at]!]!;
        if (feature < 0) continue;
        const value = (1 + Math.log(counter.counts[buckets[at]!]!)) * rarity[feature]!;
        wordSquares += words.add(feature, value);
      }
      counter.clear();
      const read = chunks.map(readChunk);
      const { tooMuch, squares } = again.of(read);
      const letterSquares = read.reduce((sum, chunk) => sum + chunk.squares, 0) - squares;
      return {
        words: words.divided(Math.sqrt(wordSquares)),
        chunks: read,
        tooMuch,
        letterLength: letterSquares > 0 ? Math.sqrt(letterSquares) : 1,
      };
    },
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

function createVector(most: number) {
  const features = new Int32Array(most);
  const values = new Float32Array(most);
  let size = 0;
  return {
    /** @returns the value's square */
    add(feature: number, value: number): number {
      features[size] = feature;
      values[size] = value;
      size += 1;
      return value * value;
    },
    divided(length: number): Vector {
      for (let at = 0; at < size; at++) values[at]! /= length;
      return { features: features.subarray(0, size), values: values.subarray(0, size) };
    },
  };
}

/** Finds the n-grams that stand in a text more than once. */
function createRepeats(rarity: Float32Array) {
  const counts = new Uint16Array(rarity.length);

  function countAll(chunks: readonly ReadChunk[]): number[] {
    const repeated: number[] = [];
    for (const { letters } of chunks) {
      for (let at = 0; at < letters.features.length; at++) {
        const feature = letters.features[at]!;
        const count = counts[feature]! + 1;
        counts[feature] = count;
        if (count === 2) repeated.push(feature);
      }
    }
    return repeated;
  }

  function forget(chunks: readonly ReadChunk[]): void {
    for (const { letters } of chunks) {
      for (let at = 0; at < letters.features.length; at++) counts[letters.features[at]!] = 0;
    }
  }

  return {
    /** By how much their values and squares, summed over the chunks, exceed what a text's are. */
    of(chunks: readonly ReadChunk[]): { tooMuch: Vector; squares: number } {
      const features = Int32Array.from(countAll(chunks));
      const values = new Float32Array(features.length);
      let squares = 0;
      for (let at = 0; at < features.length; at++) {
        const rare = rarity[features[at]!]!;
        const count = counts[features[at]!]!;
        const worth = 1 + Math.log(count);
        values[at] = (count - worth) * rare;
        squares += (count - worth * worth) * rare * rare;
      }
      forget(chunks);
      return { tooMuch: { features, values }, squares };
    },
  };
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

  function addWords(chunks: readonly Chunk[]): void {
    let previous: number | null = null;
    for (const { words } of chunks) {
      for (let at = 0; at < words.length; at++) {
        const word = words[at]!;
        add(unigramBucket(word));
        if (previous !== null) add(bigramBucket(previous, word));
        previous = word;
      }
    }
  }

  return {
    counts,
    countWords(chunks: readonly Chunk[]): Touched {
      addWords(chunks);
      return { buckets, length };
    },
    count(chunks: readonly Chunk[]): Touched {
      addWords(chunks);
      for (const { grams } of chunks) {
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
