export interface Part {
  readonly word: string;
  readonly exact: boolean;
}

/** A phrase by the keys of its first two words. */
export interface FiledPhrase {
  readonly first: string;
  /** Null when the phrase is one word. */
  readonly second: string | null;
  /** From the third word on. */
  readonly rest: readonly Part[];
  readonly payload: number;
}

/** All phrases in flat tables, so that looking one up touches few places in memory. */
export interface PhraseTable {
  /**
   * Per first word {@link FIRST} numbers: its one-word phrases lie in `alone` from the first number up to the second; the third
   * has one bit for each second word's number mod 32: most words that follow are ruled out by it.
   */
  readonly ofFirst: Int32Array;
  /** Payloads. */
  readonly alone: Int32Array;
  /** @returns number of the pair, or -1 */
  find(first: number, second: number): number;
  /** Payloads and further words of the longer phrases of a pair: `longerStarts[pair]` up to `longerStarts[pair + 1]`. */
  readonly longerStarts: Int32Array;
  readonly longer: Int32Array;
  readonly rests: readonly (readonly Part[])[];
}

export const FIRST = 4;

/** Numbers its first and its second words, each from 1. */
export function createPhraseTable(phrases: readonly FiledPhrase[]): {
  readonly firsts: ReadonlyMap<string, number>;
  readonly seconds: ReadonlyMap<string, number>;
  readonly table: PhraseTable;
} {
  const firsts = numbered(phrases.map(({ first }) => first));
  const seconds = numbered(phrases.flatMap(({ second }) => second ?? []));
  const numberOf = ({ first }: FiledPhrase) => firsts.get(first) ?? 0;
  const secondOf = ({ second }: FiledPhrase) => (second === null ? 0 : (seconds.get(second) ?? 0));

  const alone = phrases.filter(({ second }) => second === null).sort((a, b) => numberOf(a) - numberOf(b));
  const longer = phrases
    .filter(({ second }) => second !== null)
    .sort((a, b) => numberOf(a) - numberOf(b) || secondOf(a) - secondOf(b));
  const aloneStarts = startsOf(alone.map(numberOf), firsts.size + 1);
  const ofFirst = new Int32Array((firsts.size + 1) * FIRST);
  for (let first = 0; first <= firsts.size; first++) {
    ofFirst.set(aloneStarts.subarray(first, first + 2), first * FIRST);
  }
  for (const phrase of longer) ofFirst[numberOf(phrase) * FIRST + 2]! |= 1 << (secondOf(phrase) & 31);
  const keys = longer.map((phrase) => pairKey(numberOf(phrase), secondOf(phrase)));
  const pairs = [...new Set(keys)];
  return {
    firsts,
    seconds,
    table: {
      ofFirst,
      alone: Int32Array.from(alone, ({ payload }) => payload),
      find: finderOf(pairs),
      longerStarts: startsOf(keys.map(numbersOf(pairs)), pairs.length),
      longer: Int32Array.from(longer, ({ payload }) => payload),
      rests: longer.map(({ rest }) => rest),
    },
  };
}

function numbered(keys: readonly string[]): Map<string, number> {
  return new Map([...new Set(keys)].map((key, index) => [key, index + 1]));
}

function numbersOf(pairs: readonly number[]): (key: number) => number {
  const numbers = new Map(pairs.map((key, index) => [key, index]));
  return (key) => numbers.get(key) ?? -1;
}

/** Where each group begins in a list that is sorted by group; one more for the end. */
function startsOf(groups: readonly number[], count: number): Int32Array {
  const starts = new Int32Array(count + 1);
  for (const group of groups) starts[group + 1]! += 1;
  for (let group = 0; group < count; group++) starts[group + 1]! += starts[group]!;
  return starts;
}

const pairKey = (first: number, second: number) => (first << 15) | second;
const EMPTY = 0;

/** Open addressing over the pairs' keys, half full at most: each key beside the pair's number. */
function finderOf(pairs: readonly number[]): PhraseTable['find'] {
  const mask = 2 ** Math.ceil(Math.log2(pairs.length * 2 + 1)) - 1;
  const slots = new Int32Array((mask + 1) * 2);
  const slotOf = (key: number) => (Math.imul(key, 0x9e3779b1) >>> 12) & mask;
  pairs.forEach((key, number) => {
    let slot = slotOf(key);
    while (slots[slot * 2] !== EMPTY) slot = (slot + 1) & mask;
    slots.set([key, number], slot * 2);
  });
  return (first, second) => {
    const key = pairKey(first, second);
    let slot = slotOf(key);
    while (slots[slot * 2] !== EMPTY) {
      if (slots[slot * 2] === key) return slots[slot * 2 + 1]!;
      slot = (slot + 1) & mask;
    }
    return -1;
  };
}
