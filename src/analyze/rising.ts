import { DAY } from '../core/clock.ts';
import type { CaseCell } from '../domain/case-cell.ts';
import { baselineMs, baselineOf, type Moments } from './period.ts';

/** How often something came in a period, and how often it came in the 28 days before. */
export interface Measured<Key> {
  readonly key: Key;
  readonly now: number;
  /** What would be usual for a period of this length. */
  readonly usual: number;
}

/** Null: not decided, or not known. */
export interface SubjectPlace {
  readonly subject: string | null;
  readonly kecamatan: string | null;
}

/** Fewer are chance. */
const fewest = 3;
const shownSpikes = 3;

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

const pairOf = (cell: CaseCell) => `${cell.subject ?? ''}\n${cell.kecamatan ?? ''}`;

function countsByPair(cells: readonly CaseCell[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(pairOf(cell), (counts.get(pairOf(cell)) ?? 0) + cell.in);
  return counts;
}

/** Subjects by place that came more often than in the 28 days before. */
export function risingSubjects(
  cells: readonly CaseCell[],
  baseline: readonly CaseCell[],
  lengthMs: number,
  limit: number,
): readonly Measured<SubjectPlace>[] {
  const earlier = countsByPair(baseline);
  const measured = [...countsByPair(cells)].map(([pair, now]) => {
    const [subject, kecamatan] = pair.split('\n');
    return {
      key: { subject: subject || null, kecamatan: kecamatan || null },
      now,
      usual: ((earlier.get(pair) ?? 0) * lengthMs) / baselineMs,
    };
  });
  return rising(
    measured.filter((one) => one.key.subject !== null),
    limit,
  );
}

/** A subject at a place that rose within the last 24 hours. */
export interface Spike extends Measured<SubjectPlace> {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

/** What rose in the last 24 hours before `now`, whatever the period of the page. */
export async function spikesOf(
  cellsOf: (period: Moments) => Promise<readonly CaseCell[]>,
  narrowed: Moments,
  now: Date,
): Promise<readonly Spike[]> {
  const lastDay = { ...narrowed, from: new Date(now.getTime() - DAY), to: now };
  const [cells, baseline] = await Promise.all([cellsOf(lastDay), cellsOf(baselineOf(lastDay))]);
  return risingSubjects(cells, baseline, DAY, shownSpikes).map((one) => ({
    ...one,
    from: lastDay.from,
    to: lastDay.to,
  }));
}
