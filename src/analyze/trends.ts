import { type Clock, DAY } from '../core/clock.ts';
import type { CaseCell } from '../domain/case-cell.ts';
import { type CellKey, type CountRow, rowsBy, sumOf } from './cells.ts';
import { baselineOf, daysOf, type Moments, momentsOf, periodBefore, type TrendFilter } from './period.ts';
import { type Measured, rising, risingSubjects, type Spike, type SubjectPlace, spikesOf } from './rising.ts';

/** Counts of one key beside those of the period before. */
interface TrendRow extends CountRow {
  /** `in` of the period before. */
  readonly before: number;
  /** Secret cases beside `in`: only how many, and only by agency and by channel. */
  readonly secret: number;
}

interface Totals {
  readonly in: number;
  readonly answered: number;
  readonly late: number;
  /** Beside `in`. */
  readonly secret: number;
  readonly medianReplyMs: number | null;
}

/** A number for each day of the period. */
interface Daily {
  readonly in: readonly number[];
  readonly answered: readonly number[];
  readonly late: readonly number[];
  /** Null: nothing that came on this day was answered yet. */
  readonly medianReplyMs: readonly (number | null)[];
  /** Cases of the same day in the period before. */
  readonly before: readonly number[];
}

/** From when to when posts of a channel may have been missed, and why. */
export interface CoverageGap {
  readonly channelId: string;
  readonly from: Date;
  readonly to: Date;
  readonly reasons: readonly string[];
}

export interface Trends {
  readonly from: string;
  readonly to: string;
  readonly totals: Totals;
  /** The period of the same length right before. */
  readonly before: Totals;
  readonly days: readonly string[];
  readonly daily: Daily;
  /** Cases per day of the agencies that got most, and of all others together (`key` `lain`). */
  readonly series: readonly { readonly key: string; readonly counts: readonly number[] }[];
  readonly byAgency: readonly TrendRow[];
  readonly byPlatform: readonly TrendRow[];
  readonly bySubject: readonly TrendRow[];
  readonly byKecamatan: readonly TrendRow[];
  /** Cases by weekday (Monday first) and hour in WIB. */
  readonly hours: readonly (readonly number[])[];
  readonly risingSubjects: readonly Measured<SubjectPlace>[];
  readonly risingWords: readonly Measured<string>[];
  /** Of the last 24 hours. */
  readonly spikes: readonly Spike[];
  readonly gaps: readonly CoverageGap[];
}

/** Cases that came on one day (WIB) to one agency. */
interface DayCell {
  readonly day: string;
  readonly agency: string | null;
  readonly in: number;
  readonly answered: number;
  readonly late: number;
}

export interface TrendDeps {
  readonly clock: Clock;
  readonly cells: (period: Moments, now: Date) => Promise<readonly CaseCell[]>;
  readonly byDay: (period: Moments, now: Date) => Promise<readonly DayCell[]>;
  readonly byHour: (
    period: Moments,
  ) => Promise<readonly { readonly weekday: number; readonly hour: number; readonly in: number }[]>;
  readonly medianReplyMs: (period: Moments, answered: number) => Promise<number | null>;
  readonly medianByDay: (
    period: Moments,
  ) => Promise<readonly { readonly day: string; readonly ms: number }[]>;
  readonly words: (
    period: Moments,
    limit: number,
  ) => Promise<readonly { readonly word: string; readonly in: number }[]>;
  readonly gaps: (from: Date, to: Date) => Promise<readonly CoverageGap[]>;
  /** "Yang", "tidak": in whatever people write, so in a small baseline they seem to rise. */
  readonly fillerWords: ReadonlySet<string>;
}

const shownAgencies = 6;
const shownRising = 8;
const countedWords = 3_000;
const others = 'lain';

/**
 * A secret case is counted by agency, by channel and in the total, as a number beside the others; never by subject or
 * place, nor when subject or place narrow: a place and a subject may point at one person.
 */
async function secretCells(deps: TrendDeps, period: Moments, now: Date): Promise<readonly CaseCell[]> {
  if (period.subject !== undefined || period.kecamatan !== undefined) return [];
  return deps.cells({ ...period, secret: true }, now);
}

async function totalsOf(
  deps: TrendDeps,
  period: Moments,
  cells: readonly CaseCell[],
  secret: readonly CaseCell[],
): Promise<Totals> {
  const answered = sumOf(cells, 'answered');
  return {
    in: sumOf(cells, 'in'),
    answered,
    late: sumOf(cells, 'late'),
    secret: sumOf(secret, 'in'),
    medianReplyMs: await deps.medianReplyMs(period, answered),
  };
}

/** Rows of now with what the same key had before; a key that has only secret cases is a row too. */
function trendRows(
  key: CellKey,
  cells: readonly CaseCell[],
  before: readonly CaseCell[],
  secret: readonly CaseCell[],
): readonly TrendRow[] {
  const inOf = (all: readonly CaseCell[]) => new Map(rowsBy(all, key).map((row) => [row.key, row.in]));
  const [earlier, hidden] = [inOf(before), inOf(secret)];
  const rows = rowsBy(cells, key);
  const known = new Set(rows.map((row) => row.key));
  const onlySecret = [...hidden.keys()]
    .filter((one) => !known.has(one))
    .map((one) => ({ key: one, in: 0, answered: 0, late: 0, waiting: 0 }));
  return [...rows, ...onlySecret].map((row) => ({
    ...row,
    before: earlier.get(row.key) ?? 0,
    secret: hidden.get(row.key) ?? 0,
  }));
}

/** The numbers of one field by day, zero where there is none. */
function perDay(
  days: readonly string[],
  cells: readonly DayCell[],
  field: 'in' | 'answered' | 'late',
): readonly number[] {
  const sums = new Map<string, number>();
  for (const cell of cells) sums.set(cell.day, (sums.get(cell.day) ?? 0) + cell[field]);
  return days.map((day) => sums.get(day) ?? 0);
}

function seriesOf(
  days: readonly string[],
  byDay: readonly DayCell[],
  byAgency: readonly CountRow[],
): Trends['series'] {
  const shown = new Set(byAgency.flatMap((row) => row.key ?? []).slice(0, shownAgencies));
  const isOther = ({ agency }: DayCell) => agency === null || !shown.has(agency);
  return [
    ...[...shown].map((key) => ({
      key,
      counts: perDay(
        days,
        byDay.filter((cell) => cell.agency === key),
        'in',
      ),
    })),
    { key: others, counts: perDay(days, byDay.filter(isOther), 'in') },
  ];
}

function hoursOf(byHour: Awaited<ReturnType<TrendDeps['byHour']>>): Trends['hours'] {
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { weekday, hour, in: count } of byHour) {
    const day = hours[weekday - 1];
    if (day) day[hour] = count;
  }
  return hours;
}

/** Words by their share of the cases, so that a busy week does not make every word rise. */
async function risingWords(deps: TrendDeps, period: Moments, baseline: Moments, ratio: number) {
  const [now, earlier] = await Promise.all([
    deps.words(period, countedWords),
    deps.words(baseline, countedWords),
  ]);
  const before = new Map(earlier.map((one) => [one.word, one.in]));
  const measured = now
    .filter(({ word }) => !deps.fillerWords.has(word))
    .map((one) => ({
      key: one.word,
      now: one.in,
      usual: (before.get(one.word) ?? 0) * ratio,
    }));
  return rising(measured, shownRising * 2);
}

/**
 * Everything of the page "Tren" by one filter. Only numbers and words that stand in several cases; each number but
 * `secret` counts cases that every reader of cases may open, so that a click finds the same number in the inbox.
 * @throws {RefusedError} `invalid` when the period runs backwards or is longer than three years
 */
export async function trends(deps: TrendDeps, filter: TrendFilter): Promise<Trends> {
  const now = deps.clock.now();
  const period: Moments = { ...momentsOf(filter), secret: false };
  // A period that has not ended yet is compared as far as it is over.
  const end = Math.max(period.from.getTime() + DAY, Math.min(period.to.getTime(), now.getTime()));
  const before = periodBefore({ ...period, to: new Date(end) });
  const baseline = baselineOf(period);
  const [cells, cellsBefore, cellsBaseline, secret, secretBefore] = await Promise.all([
    deps.cells(period, now),
    deps.cells(before, now),
    deps.cells(baseline, now),
    secretCells(deps, period, now),
    secretCells(deps, before, now),
  ]);
  const [byDay, byDayBefore, medianByDay, byHour, gaps, spikes] = await Promise.all([
    deps.byDay(period, now),
    deps.byDay(before, now),
    deps.medianByDay(period),
    deps.byHour(period),
    deps.gaps(period.from, period.to),
    spikesOf((one) => deps.cells(one, now), period, now),
  ]);
  const days = daysOf(period);
  const earlier = sumOf(cellsBaseline, 'in');
  const byAgency = trendRows('agency', cells, cellsBefore, secret);
  const medians = new Map(medianByDay.map((one) => [one.day, one.ms]));
  const [totals, totalsBefore, words] = await Promise.all([
    totalsOf(deps, period, cells, secret),
    totalsOf(deps, before, cellsBefore, secretBefore),
    earlier === 0 ? [] : risingWords(deps, period, baseline, sumOf(cells, 'in') / earlier),
  ]);
  return {
    from: filter.from,
    to: filter.to,
    totals,
    before: totalsBefore,
    days,
    daily: {
      in: perDay(days, byDay, 'in'),
      answered: perDay(days, byDay, 'answered'),
      late: perDay(days, byDay, 'late'),
      medianReplyMs: days.map((day) => medians.get(day) ?? null),
      before: perDay(daysOf(before), byDayBefore, 'in'),
    },
    series: seriesOf(days, byDay, byAgency),
    byAgency,
    byPlatform: trendRows('platform', cells, cellsBefore, secret),
    bySubject: trendRows('subject', cells, cellsBefore, []),
    byKecamatan: trendRows('kecamatan', cells, cellsBefore, []),
    hours: hoursOf(byHour),
    risingSubjects: risingSubjects(cells, cellsBaseline, end - period.from.getTime(), shownRising),
    risingWords: words,
    spikes,
    gaps,
  };
}
