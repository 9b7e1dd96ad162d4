/** Numbers that look random and come out the same for the same seed. */
export interface Random {
  /** 0 ≤ n < 1 */
  next(): number;
  /** Both ends included. */
  int(min: number, max: number): number;
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** By weight; weights need not add up to anything. */
  weighted<Item extends { readonly weight: number }>(items: readonly Item[]): Item;
}

/** FNV-1a, so that near seeds ("demo:1", "demo:2") start far apart. */
function hash(seed: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) {
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}

function pickFrom<Item>(items: readonly Item[], index: number): Item {
  const item = items[Math.min(index, items.length - 1)];
  if (item === undefined) throw new Error('cannot pick from an empty list');
  return item;
}

/** Mulberry32: 32 bits of state, plenty for texts. */
export function seededRandom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (share) => next() < share,
    pick: (items) => pickFrom(items, Math.floor(next() * items.length)),
    weighted(items) {
      let total = 0;
      for (const item of items) total += item.weight;
      let rest = next() * total;
      for (const item of items) {
        rest -= item.weight;
        if (rest < 0) return item;
      }
      return pickFrom(items, items.length - 1);
    },
  };
}
