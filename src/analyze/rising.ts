/** How often something came in a period, and how often it came in the 28 days before. */
export interface Measured<Key> {
  readonly key: Key;
  readonly now: number;
  /** What would be usual for a period of this length. */
  readonly usual: number;
}

/** Fewer are chance. */
const fewest = 3;

/**
 * What came clearly more often than usual, the most surprising first. Surprise is the distance from the usual count in
 * standard deviations of a Poisson count; one is added to the usual, so that two instead of none is no sensation.
 */
export function rising<Key>(measured: readonly Measured<Key>[], limit: number): readonly Measured<Key>[] {
  const surprise = ({ now, usual }: Measured<Key>) => (now - usual) / Math.sqrt(usual + 1);
  return measured
    .filter((one) => one.now >= fewest && one.now >= 2 * one.usual && surprise(one) >= 2)
    .sort((a, b) => surprise(b) - surprise(a))
    .slice(0, limit);
}
