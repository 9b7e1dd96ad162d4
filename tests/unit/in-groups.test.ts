import { expect, test } from '@jest/globals';
import { inGroups } from '../../src/core/in-groups.ts';

/** Writes that end when the test says so. */
function heldWrites() {
  const groups: { items: readonly string[]; done: () => void; fail: () => void }[] = [];
  const write = (items: readonly string[]) =>
    new Promise<string[]>((resolve, reject) => {
      groups.push({
        items,
        done: () => resolve(items.map((item) => `${item} tersimpan`)),
        fail: () => reject(new Error('basis data mati')),
      });
    });
  const add = inGroups(write, { most: 3, weigh: (item) => item.length, heaviest: 10 });
  return { groups, add };
}

// Planted: resolved before the write had ended → `first` is settled while its group is under way.
test('what comes during a write goes into the next one, and nothing is told before it is written', async () => {
  const { groups, add } = heldWrites();
  const settled: string[] = [];
  const told = (item: string) => add(item).then((result) => settled.push(result));
  const all = ['a', 'b', 'c', 'd', 'e'].map(told);
  await Promise.resolve();
  expect(groups.map(({ items }) => items)).toEqual([['a']]);
  expect(settled).toEqual([]);
  groups[0]?.done();
  await all[0];
  expect(settled).toEqual(['a tersimpan']);
  expect(groups[1]?.items).toEqual(['b', 'c', 'd']);
  groups[1]?.done();
  await all[3];
  groups[2]?.done();
  await Promise.all(all);
  expect(settled.at(-1)).toBe('e tersimpan');
});

// Planted: the weight of a failed group not given back → the last one is refused too.
test('a group that fails fails whole, and what is too much is refused at once until there is room again', async () => {
  const { groups, add } = heldWrites();
  const first = add('12345678');
  const second = add('90');
  await expect(add('x')).rejects.toThrow('too much waits');
  groups[0]?.fail();
  await expect(first).rejects.toThrow('basis data mati');
  groups[1]?.done();
  await expect(second).resolves.toBe('90 tersimpan');
  const third = add('1234567890');
  groups[2]?.done();
  await expect(third).resolves.toBe('1234567890 tersimpan');
});
