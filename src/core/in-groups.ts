/** Something that waits to be written with others. */
interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Bounds<Item> {
  /** Items in a group. */
  readonly most: number;
  readonly weigh: (item: Item) => number;
  /** Weight of all that waits or is being written. */
  readonly heaviest: number;
}

/**
 * Writes one group at a time: what comes while a group is under way goes together into the next one. A lone item is
 * written at once; under load a group costs hardly more than an item.
 * @param write one result for each item, in order; when it fails, all of the group fail
 * @returns writes an item @throws when too much waits already
 */
export function inGroups<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  { most, weigh, heaviest }: Bounds<Item>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let weight = 0;
  let isWriting = false;

  const writeGroup = async (group: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await write(group.map(({ item }) => item));
      for (const [place, { resolve }] of group.entries()) resolve(results[place] as Result);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    for (const { item } of group) weight -= weigh(item);
  };
  const writeAll = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) await writeGroup(waiting.splice(0, most));
    isWriting = false;
  };
  return async (item) => {
    if (weight + weigh(item) > heaviest) throw new Error('too much waits to be written');
    weight += weigh(item);
    return new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isWriting) void writeAll();
    });
  };
}
