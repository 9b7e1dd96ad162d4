import type { ReadText, Vector, Vocabulary } from '../linear/vectors.ts';

/** The texts that were learnt from, by their words: which texts hold a word, one word after another. Plain data. */
export interface NeighbourTables {
  /** Texts that hold feature `f`: from `starts[f]` up to `starts[f + 1]` of the next. */
  readonly starts: Int32Array;
  /**
   * The text's number and, in its last 12 bits, what the word is worth in that text: 4,095ths, of each text together of length
   * 1. One small number each, because a text that is read meets hundreds of them.
   */
  readonly holders: Uint32Array;
  /** Label number per text. */
  readonly labels: Uint16Array;
}

export interface Neighbours {
  readonly tables: NeighbourTables;
  /** Per label the logarithm of how near its nearest texts are, into `out`. */
  hear(read: ReadText, out: Float64Array): void;
  readonly bytes: number;
}

/** Words of more texts than this say nothing about which texts are alike, and cost the most … */
const MOST_SHARE = 0.05;
/** … but in a small set a twentieth is a handful, and a word that all texts of a label share is telling. */
const NEVER_COMMON = 200;
const NEAREST = 20;
const WORTH_BITS = 12;
const WHOLE = 2 ** WORTH_BITS - 1;
/** What a label without a near text gets: as if it had one that shares a seventh. */
const NOTHING_NEAR = 0.02;
const LOG_NOTHING = Math.log(NOTHING_NEAR);

/** @param rows the telling words of each text, see {@link tellingWords} */
export function neighboursOf(
  rows: readonly Vector[],
  labels: readonly number[],
  vocabulary: Vocabulary,
): Neighbours {
  const starts = new Int32Array(vocabulary.firstChar + 1);
  for (const { features } of rows) for (const feature of features) starts[feature + 1]! += 1;
  for (let feature = 0; feature < vocabulary.firstChar; feature++) starts[feature + 1]! += starts[feature]!;
  const filled = starts.slice();
  const holders = new Uint32Array(starts[vocabulary.firstChar]!);
  rows.forEach((row, text) => {
    for (let at = 0; at < row.features.length; at++) {
      const place = filled[row.features[at]!]!++;
      holders[place] = text * (WHOLE + 1) + Math.max(1, Math.round(row.values[at]! * WHOLE));
    }
  });
  return createNeighbours({ starts, holders, labels: Uint16Array.from(labels) }, vocabulary);
}

export function createNeighbours(tables: NeighbourTables, vocabulary: Vocabulary): Neighbours {
  const { starts, holders, labels } = tables;
  const telling = tellingWords(vocabulary, labels.length);
  const likeness = new Float32Array(labels.length);
  const touched = new Int32Array(labels.length);
  const nearest = new Int32Array(NEAREST);

  /** Each text's likeness: the cosine of its telling words and the read one's. */
  function compare(read: ReadText): number {
    const { features, values: worths } = read.words;
    const share = 1 / lengthOf(read, telling) / WHOLE;
    let met = 0;
    for (let at = 0; at < read.wordCount; at++) {
      const feature = features[at]!;
      if (telling[feature] !== 1) continue;
      const worth = worths[at]! * share;
      const end = starts[feature + 1]!;
      for (let place = starts[feature]!; place < end; place++) {
        const holder = holders[place]!;
        const text = holder >>> WORTH_BITS;
        const like = likeness[text]!;
        if (like === 0) touched[met++] = text;
        likeness[text] = like + worth * (holder & WHOLE);
      }
    }
    return met;
  }

  /** Texts by falling likeness into `nearest`. */
  function choose(met: number): number {
    let kept = 0;
    let least = 0;
    for (let at = 0; at < met; at++) {
      const text = touched[at]!;
      const like = likeness[text]!;
      if (kept === NEAREST && like <= least) continue;
      let place = kept < NEAREST ? kept++ : NEAREST - 1;
      for (; place > 0 && likeness[nearest[place - 1]!]! < like; place--)
        nearest[place] = nearest[place - 1]!;
      nearest[place] = text;
      least = likeness[nearest[kept - 1]!]!;
    }
    return kept;
  }

  return {
    tables,
    bytes: starts.byteLength + holders.byteLength + labels.byteLength,
    hear(read, out) {
      const met = compare(read);
      const kept = choose(met);
      out.fill(NOTHING_NEAR);
      for (let at = 0; at < kept; at++) {
        const like = likeness[nearest[at]!]!;
        out[labels[nearest[at]!]!]! += like * like;
      }
      for (let label = 0; label < out.length; label++) {
        const near = out[label]!;
        out[label] = near === NOTHING_NEAR ? LOG_NOTHING : Math.log(near);
      }
      for (let at = 0; at < met; at++) likeness[touched[at]!] = 0;
    },
  };
}

/** 1 per word feature that few enough of so many texts hold; `rarity` says how many do. */
export function tellingWords({ rarity, firstChar }: Vocabulary, texts: number): Uint8Array {
  const most = Math.max(NEVER_COMMON, MOST_SHARE * texts);
  // Rarities are 32-bit numbers: the bound is rounded as they are.
  const least = Math.fround(Math.log((1 + texts) / (1 + most)) + 1);
  return Uint8Array.from(rarity.subarray(0, firstChar), (rare) => (rare >= least ? 1 : 0));
}

function lengthOf({ words, wordCount }: ReadText, telling: Uint8Array): number {
  let squares = 0;
  for (let at = 0; at < wordCount; at++) {
    if (telling[words.features[at]!] === 1) squares += words.values[at]! * words.values[at]!;
  }
  return Math.sqrt(squares);
}

/** The telling words of a text that was read, of length 1, as a vector of their own. */
export function rowOf(read: ReadText, telling: Uint8Array): Vector {
  const { words, wordCount } = read;
  const features: number[] = [];
  const values: number[] = [];
  for (let at = 0; at < wordCount; at++) {
    if (telling[words.features[at]!] !== 1) continue;
    features.push(words.features[at]!);
    values.push(words.values[at]!);
  }
  const length = lengthOf(read, telling);
  return {
    features: Int32Array.from(features),
    values: Float32Array.from(values, (value) => value / length),
  };
}
