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
