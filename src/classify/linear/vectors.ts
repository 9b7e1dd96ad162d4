import {
  BUCKETS,
  bigramBucket,
  type Chunk,
  chunkOf,
  isCharBucket,
  piecesOf,
  unigramBucket,
} from './chunks.ts';

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

/** A chunk as the vocabulary knows it: found once per distinct piece and remembered. */
export interface ReadChunk {
  /** 0 to below {@link MAX_CHUNKS}; no two that are remembered at the same time have the same. */
  readonly number: number;
  /** Hash per word. */
  readonly words: readonly number[];
  /** Feature per word, or -1. */
  readonly unigrams: readonly number[];
  /** One per n-gram that is known, of its rarity. */
  readonly letters: Vector;
  /** Sum of the squares of their values. */
  readonly squares: number;
  /** Times that it stands in the text that is being read; 0 between texts. */
  times: number;
  /** Whether the model has already added up what its letters say. */
  isSummed: boolean;
}

/** Good until the next text is read. */
export interface ReadText {
  /** Word 1–2-grams, of length 1; only the first {@link wordCount} count. */
  readonly words: Vector;
  wordCount: number;
  /** Each distinct chunk once. */
  readonly chunks: ReadChunk[];
  /** What each chunk's letters are multiplied by: (1 + ln(times)) / their length all together. */
  readonly shares: number[];
}

export interface Vectoriser {
  read(text: string): ReadText;
  /** The same as one vector of its own: words, then letters, each about of length 1. */
  of(text: string): Vector;
}

/** Distinct chunks remembered: what a model makes of each takes 4 bytes a label. More than one text can have. */
export const MAX_CHUNKS = 20_000;

/** A feature of fewer texts says nothing that another text could repeat. */
const LEAST_TEXTS = { word: 2, char: 3 } as const;

export function learnVocabulary(texts: readonly string[]): Vocabulary {
  const texted = new Uint32Array(BUCKETS);
  const last = new Int32Array(BUCKETS).fill(-1);
  const memo = new Map<string, Chunk>();
  texts.forEach((text, at) => {
    const chunks = piecesOf(text).map((piece) => {
      const chunk = memo.get(piece) ?? chunkOf(piece);
      memo.set(piece, chunk);
      return chunk;
    });
    forEachBucket(chunks, (bucket) => {
      if (last[bucket] === at) return;
      last[bucket] = at;
      texted[bucket]! += 1;
    });
  });
  return vocabularyOf(texted, texts.length);
}

/**
 * Words first, then letters; within each the most frequent first, so that what is read most lies together in memory.
 * @param texted per bucket the number of texts with it
 */
function vocabularyOf(texted: Uint32Array, texts: number): Vocabulary {
  const kept = [...texted.keys()].filter(
    (bucket) => texted[bucket]! >= (isCharBucket(bucket) ? LEAST_TEXTS.char : LEAST_TEXTS.word),
  );
  kept.sort((one, other) => {
    const side = Number(isCharBucket(one)) - Number(isCharBucket(other));
    return side || texted[other]! - texted[one]! || one - other;
  });
  const featureOf = new Int32Array(BUCKETS).fill(-1);
  for (const [feature, bucket] of kept.entries()) featureOf[bucket] = feature;
  const firstChar = kept.findIndex(isCharBucket);
  return {
    featureOf,
    rarity: Float32Array.from(kept, (bucket) => Math.log((1 + texts) / (1 + texted[bucket]!)) + 1),
    firstChar: firstChar < 0 ? kept.length : firstChar,
  };
}

function forEachBucket(chunks: readonly Chunk[], visit: (bucket: number) => void): void {
  let previous: number | null = null;
  for (const { words, grams } of chunks) {
    for (const word of words) {
      visit(unigramBucket(word));
      if (previous !== null) visit(bigramBucket(previous, word));
      previous = word;
    }
    grams.forEach(visit);
  }
}

/**
 * tf-idf, tf by its logarithm; words and letters apart, so that neither drowns the other. Letters are counted chunk by
 * chunk (an n-gram of two different chunks counts twice), so that what they say can be remembered per chunk.
 */
export function createVectoriser(vocabulary: Vocabulary): Vectoriser {
  const { featureOf, rarity } = vocabulary;
  const words = createWordCounter(rarity.subarray(0, vocabulary.firstChar));
  let memo = new Map<string, ReadChunk>();
  const found: ReadText = { words: words.vector, wordCount: 0, chunks: [], shares: [] };

  function readChunk(piece: string): ReadChunk {
    const known = memo.get(piece);
    if (known !== undefined) return known;
    const { words: hashes, grams } = chunkOf(piece);
    const unigrams = hashes.map((word) => featureOf[unigramBucket(word)]!);
    const features = grams.map((bucket) => featureOf[bucket]!).filter((feature) => feature >= 0);
    const values = Float32Array.from(features, (feature) => rarity[feature]!);
    const squares = values.reduce((sum, value) => sum + value * value, 0);
    const letters = { features, values };
    const number = memo.size;
    const read = { number, words: hashes, unigrams, letters, squares, times: 0, isSummed: false };
    memo.set(piece, read);
    return read;
  }

  function read(text: string): ReadText {
    const { chunks, shares } = found;
    chunks.length = 0;
    shares.length = 0;
    const pieces = piecesOf(text);
    // Between texts only: the chunks of one text are not numbered anew while it is read.
    if (memo.size + pieces.length > MAX_CHUNKS) memo = new Map();
    let previous = 0;
    let isFirst = true;
    for (let at = 0; at < pieces.length; at++) {
      const one = readChunk(pieces[at]!);
      one.times += 1;
      if (one.times === 1) chunks.push(one);
      const hashes = one.words;
      for (let word = 0; word < hashes.length; word++) {
        const hash = hashes[word]!;
        words.add(one.unigrams[word]!);
        if (!isFirst) words.add(featureOf[bigramBucket(previous, hash)]!);
        previous = hash;
        isFirst = false;
      }
    }
    found.wordCount = words.finish();
    share(chunks, shares);
    return found;
  }

  return {
    read,
    of(text) {
      const { wordCount, chunks, shares } = read(text);
      const letters = new Map<number, number>();
      chunks.forEach(({ letters: { features, values } }, at) => {
        for (let i = 0; i < features.length; i++) {
          const feature = features[i]!;
          letters.set(feature, (letters.get(feature) ?? 0) + values[i]! * shares[at]!);
        }
      });
      const features = new Int32Array(wordCount + letters.size);
      const values = new Float32Array(features.length);
      features.set(words.vector.features.subarray(0, wordCount));
      values.set(words.vector.values.subarray(0, wordCount));
      features.set([...letters.keys()], wordCount);
      values.set([...letters.values()], wordCount);
      return { features, values };
    },
  };
}

function share(chunks: readonly ReadChunk[], shares: number[]): void {
  let squares = 0;
  for (let at = 0; at < chunks.length; at++) {
    const chunk = chunks[at]!;
    const worth = chunk.times === 1 ? 1 : 1 + Math.log(chunk.times);
    squares += worth * worth * chunk.squares;
    shares.push(worth);
    chunk.times = 0;
  }
  const length = squares > 0 ? Math.sqrt(squares) : 1;
  for (let at = 0; at < shares.length; at++) shares[at]! /= length;
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
