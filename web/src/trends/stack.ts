import { DAY } from '../shared/clock.ts';
import type { Trends } from './use-trends.ts';

/** A day, or a week in a long period; indexes and ISO dates, both included. */
export interface Bin {
  readonly first: number;
  readonly last: number;
  readonly from: string;
  readonly to: string;
}

/** More days than that are drawn as weeks. */
const mostDays = 120;

export function binsOf(days: readonly string[]): readonly Bin[] {
  const size = days.length > mostDays ? 7 : 1;
  return Array.from({ length: Math.ceil(days.length / size) }, (_, at) => {
    const first = at * size;
    const last = Math.min(days.length, first + size) - 1;
    return { first, last, from: days[first] ?? '', to: days[last] ?? '' };
  });
}

interface Layer {
  readonly key: string;
  readonly bottom: readonly number[];
  readonly top: readonly number[];
  readonly total: number;
}

/** The series one upon the other, the first one lowest; series without a case are left out. */
export function stacked(series: Trends['series'], bins: readonly Bin[]): readonly Layer[] {
  let bottom: readonly number[] = bins.map(() => 0);
  return series.flatMap(({ key, counts }) => {
    const sums = bins.map(({ first, last }) => counts.slice(first, last + 1).reduce((sum, n) => sum + n, 0));
    const total = sums.reduce((sum, n) => sum + n, 0);
    if (total === 0) return [];
    const top = sums.map((sum, at) => sum + (bottom[at] ?? 0));
    const layer = { key, bottom, top, total };
    bottom = top;
    return [layer];
  });
}

/** Times without data as parts of the chart's width, in per cent; a short one stays visible. */
export function gapsOver(days: readonly string[], gaps: Trends['gaps']) {
  const start = Date.parse(`${days[0]}T00:00:00+07:00`);
  const length = days.length * DAY;
  const within = (at: string) => Math.min(100, Math.max(0, (100 * (Date.parse(at) - start)) / length));
  return gaps.map(({ channelId, from, to }) => ({
    channelId,
    left: within(from),
    width: Math.max(0.3, within(to) - within(from)),
  }));
}
