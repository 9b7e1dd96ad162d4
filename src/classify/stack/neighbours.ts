import type { ReadText } from '../linear/vectors.ts';
import type { Vector, Vocabulary } from '../linear/vocabulary.ts';

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
/** Parts of a read word's worth; with a holder's they fit into 30 bits. */
const FINE = 2 ** 18;
const ALIKE = FINE * WHOLE;
/** Texts are told apart by their likeness in 256ths. */
const LEVEL_BITS = 22;
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
  const likeness = new Int32Array(labels.length);
  // One place more than there are texts: what is met again is written behind the last, and written over.
  const touched = new Int32Array(labels.length + 1);
  const levels = new Uint32Array((ALIKE >>> LEVEL_BITS) + 2);
  /** Of every second text: adding to the number that was added to just now waits for it. */
  const others = new Uint32Array((ALIKE >>> LEVEL_BITS) + 2);

  /** Each text's likeness, in `ALIKE`ths: the cosine of its telling words and the read one's. @returns how many have any */
  function compare(read: ReadText): number {
    const { features, values: worths } = read.words;
    const share = FINE / lengthOf(read, telling);
    let met = 0;
    for (let at = 0; at < read.wordCount; at++) {
      const feature = features[at]!;
      if (telling[feature] !== 1) continue;
      const worth = Math.ceil(worths[at]! * share);
      const end = starts[feature + 1]!;
      for (let place = starts[feature]!; place < end; place++) {
        const holder = holders[place]!;
        const text = holder >>> WORTH_BITS;
        const like = likeness[text]!;
        touched[met] = text;
        // 1 when there was none yet, else 0: a jump here would be guessed wrong every third time.
        met += (like - 1) >>> 31;
        likeness[text] = like + Math.imul(worth, holder & WHOLE);
      }
    }
    return met;
  }

  /** The level of likeness from which on at most {@link NEAREST} texts are met. */
  function levelOfNearest(met: number): number {
    levels.fill(0);
    others.fill(0);
    let at = 0;
    for (; at + 1 < met; at += 2) {
      levels[likeness[touched[at]!]! >>> LEVEL_BITS]! += 1;
      others[likeness[touched[at + 1]!]! >>> LEVEL_BITS]! += 1;
    }
    if (at < met) levels[likeness[touched[at]!]! >>> LEVEL_BITS]! += 1;
    let level = levels.length;
    for (let kept = 0; level > 0; level--) {
      kept += levels[level - 1]! + others[level - 1]!;
      if (kept > NEAREST) break;
    }
    return level;
  }

  return {
    tables,
    bytes: starts.byteLength + holders.byteLength + labels.byteLength,
    hear(read, out) {
      const met = compare(read);
      const least = levelOfNearest(met);
      let room = NEAREST;
      for (let level = least; level < levels.length; level++) room -= levels[level]! + others[level]!;
      out.fill(NOTHING_NEAR);
      for (let at = 0; at < met; at++) {
        const text = touched[at]!;
        const like = likeness[text]!;
        likeness[text] = 0;
        const level = like >>> LEVEL_BITS;
        // Of the level below, the first ones that there is room for.
        if (level < least && (level < least - 1 || room-- <= 0)) continue;
        const share = like / ALIKE;
        out[labels[text]!]! += share * share;
      }
      for (let label = 0; label < out.length; label++) {
        const near = out[label]!;
        out[label] = near === NOTHING_NEAR ? LOG_NOTHING : Math.log(near);
      }
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
