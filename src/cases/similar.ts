import type { Case } from '../domain/case.ts';

type Compared = Pick<Case, '_id' | 'subject' | 'place' | 'tokens'>;

/** Share of words that both have, 0..1. */
function sharedWords(a: readonly string[], b: readonly string[]): number {
  const [first, second] = [new Set(a), new Set(b)];
  const both = [...first].filter((word) => second.has(word)).length;
  const all = first.size + second.size - both;
  return all === 0 ? 0 : both / all;
}

/** How much two cases look like one matter, 0..1: half the words, half the place. A guess for people, never an act. */
function likeness(a: Compared, b: Compared): number {
  if (a.subject === null || a.subject !== b.subject) return 0;
  const words = sharedWords(a.tokens ?? [], b.tokens ?? []);
  if (!a.place?.kecamatan || a.place.kecamatan !== b.place?.kecamatan) return words / 2;
  const sameSpot = a.place.name !== null && a.place.name === b.place.name;
  return words / 2 + (sameSpot ? 0.5 : 0.3);
}

const least = 0.2;

/** The most alike of these, the likest first. */
export function mostAlike<Other extends Compared>(
  one: Compared,
  others: readonly Other[],
  count: number,
): Other[] {
  return others
    .filter((other) => other._id !== one._id)
    .map((other) => ({ other, score: likeness(one, other) }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ other }) => other);
}
