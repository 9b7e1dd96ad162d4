/**
 * What is kept of a text to find others that are nearly the same: forwarded, copied with a greeting or a typing error.
 * MinHash (Broder 1997): each value is the least of all pieces of the text under one hash, so that the share of equal
 * values of two texts estimates the share of pieces that they have in common. Nothing of the text can be read from it.
 */
export interface Fingerprint {
  /** The low eight bits of {@link VALUES} values. */
  readonly values: Uint8Array;
  /** One key for each band of values, signed 32 bits. Texts that are nearly the same share at least one; few others do. */
  readonly keys: readonly number[];
}

const VALUES = 64;
const ROWS = 3;
/** So many bands make keys, each an entry of an index: of copies of likeness 0.8 nearly all share one, of 0.6 nine in ten. */
const BANDS = 10;
/** Letters of one piece. */
const PIECE = 5;
/** A shorter text is like many others by chance: "matur nuwun min", "jalan rusak pak". */
const FEWEST_PIECES = 30;
/** Longer texts are compared by their beginning. */
const MAX_READ = 8_000;
const MAX_COMPARED = 2_000;

/** From this likeness on two texts count as copies of one another. */
export const COPY = 0.5;

const LINK_OR_HANDLE = /(?:https?:\/\/|www\.)\S+|@[\p{L}\p{N}_.]+/giu;
const NO_LETTER = /[^\p{L}\p{N}]+/gu;
const REPEATED = /(\p{L})\1{2,}/gu;

/** Asked for some ten thousand times a text. */
const { imul } = Math;

/** Odd multipliers and salts of the hashes, from one fixed seed: fingerprints are kept and must stay comparable. */
const multipliers = new Int32Array(VALUES);
const salts = new Int32Array(VALUES);
let state = 0x9e3779b9;
for (let at = 0; at < VALUES; at++) {
  multipliers[at] = nextRandom() | 1;
  salts[at] = nextRandom();
}

function nextRandom(): number {
  state = mixed(state + 0x6d2b79f5);
  return state;
}

/** Spreads every bit over all others (the finaliser of MurmurHash3). */
function mixed(value: number): number {
  let hash = imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Letters and digits only, small, single blanks: what a copy keeps when it is forwarded. */
function plain(text: string): string {
  return text
    .slice(0, MAX_READ)
    .normalize('NFKC')
    .toLowerCase()
    .replace(LINK_OR_HANDLE, ' ')
    .replace(NO_LETTER, ' ')
    .replace(REPEATED, '$1')
    .trim()
    .slice(0, MAX_COMPARED);
}

const smallest = new Int32Array(VALUES);

/** @returns null for a text too short to be recognised */
export function fingerprintOf(text: string): Fingerprint | null {
  const letters = plain(text);
  if (letters.length < PIECE + FEWEST_PIECES - 1) return null;
  smallest.fill(0x7fffffff);
  for (let start = 0; start + PIECE <= letters.length; start++) {
    let piece = 0x811c9dc5;
    for (let at = start; at < start + PIECE; at++) {
      piece = imul(piece ^ letters.charCodeAt(at), 0x01000193);
    }
    piece = mixed(piece);
    for (let at = 0; at < VALUES; at++) {
      const hash = imul(piece ^ salts[at]!, multipliers[at]!);
      const value = hash ^ (hash >>> 15);
      if (value < smallest[at]!) smallest[at] = value;
    }
  }
  return { values: Uint8Array.from(smallest), keys: keysOf(smallest) };
}

function keysOf(values: Int32Array): number[] {
  const keys: number[] = [];
  for (let band = 0; band < BANDS; band++) {
    let key = mixed(band + 1);
    for (let row = 0; row < ROWS; row++) key = mixed(key ^ values[band * ROWS + row]!);
    keys.push(key);
  }
  return keys;
}

/** How much of two texts is the same, 0..1, within about 0.06 of their true share of common pieces. */
export function likenessOf(one: Uint8Array, other: Uint8Array): number {
  let same = 0;
  for (let at = 0; at < VALUES; at++) if (one[at] === other[at]) same += 1;
  // One value in 256 is the same by chance.
  return Math.max(0, (same / VALUES - BY_CHANCE) / (1 - BY_CHANCE));
}

const BY_CHANCE = 1 / 256;
