import type { PageFault } from './faults.ts';

/** Something with a place in time. `seq` orders what has the same millisecond. */
export interface Placed {
  readonly at: Date;
  readonly seq: number;
}

/** Posts in order of time. Adding at the end and reading a page cost next to nothing with 100,000 in it. */
export class Timeline<Item extends Placed> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(item: Item): void {
    this.#items.splice(this.#countUpTo(item.at.getTime(), item.seq), 0, item);
  }

  remove(item: Item): void {
    const index = this.#countUpTo(item.at.getTime(), item.seq) - 1;
    if (this.#items[index] === item) this.#items.splice(index, 1);
  }

  /** Oldest first, everything, also what is not yet released. */
  all(): readonly Item[] {
    return this.#items;
  }

  /** Newest first, released by `now`, and older than `below` when that is given. */
  *newestFirst(now: Date, below?: Placed): Generator<Item> {
    const released = this.#countUpTo(now.getTime(), Number.POSITIVE_INFINITY);
    const end = below ? Math.min(released, this.#countUpTo(below.at.getTime(), below.seq - 1)) : released;
    for (let index = end - 1; index >= 0; index -= 1) {
      const item = this.#items[index];
      if (item) yield item;
    }
  }

  /** How many items stand at or before this place. */
  #countUpTo(ms: number, seq: number): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = this.#items[middle];
      if (item && isUpTo(item, ms, seq)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isUpTo(item: Placed, ms: number, seq: number): boolean {
  const at = item.at.getTime();
  return at < ms || (at === ms && item.seq <= seq);
}

/** A page and where the next one goes on: below `next` (null: start again from where this page started). */
export interface CutPage<Item> {
  readonly items: readonly Item[];
  readonly hasNext: boolean;
  /** The last item passed by; the next page is what stands below it. Null when the next page repeats this one. */
  readonly next: Item | null;
}

/**
 * Cuts one page off a newest-first list and applies a page fault to it.
 *
 * @param list what the page is cut from, already starting where the page starts
 */
export function cutPage<Item>(list: Iterable<Item>, size: number, fault: PageFault | null): CutPage<Item> {
  if (fault?.kind === 'empty-page') return { items: [], hasNext: true, next: null };
  const items: Item[] = [];
  let hasMore = false;
  for (const item of list) {
    if (items.length === size) {
      hasMore = true;
      break;
    }
    items.push(item);
  }
  if (fault?.kind === 'duplicate-page') return { items, hasNext: true, next: null };
  const last = items.at(-1) ?? null;
  const shown = fault?.kind === 'shuffle-page' ? shuffled(items) : items;
  return { items: shown, hasNext: hasMore, next: hasMore ? last : null };
}

/** Odd places first, then the even ones from the back: another order, the same every time. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  const odd = items.filter((_, index) => index % 2 === 1);
  return [...odd, ...items.filter((_, index) => index % 2 === 0).reverse()];
}
