import { type Clock, DAY, HOUR } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { PlatformId } from '../domain/ids.ts';
import { type Measured, rising } from './rising.ts';

/** Days are ISO dates in WIB, both included. Absent parts do not narrow. */
export interface TrendFilter {
  readonly from: string;
  readonly to: string;
  readonly agency?: string | undefined;
  readonly platform?: PlatformId | undefined;
  readonly subject?: string | undefined;
  readonly kecamatan?: string | undefined;
}

/** The filter as moments: `to` exclusive. */
export interface Moments extends Omit<TrendFilter, 'from' | 'to'> {
  readonly from: Date;
  readonly to: Date;
}

/** Cases that share these four. */
export interface Cell {
  readonly agency: string | null;
  readonly subject: string | null;
  readonly platform: PlatformId;
  readonly kecamatan: string | null;
  readonly in: number;
  readonly answered: number;
  readonly late: number;
  readonly waiting: number;
  readonly secret: number;
}

/** Counts of one key; null: not decided. */
export interface CountRow {
  readonly key: string | null;
  readonly in: number;
  readonly answered: number;
  readonly late: number;
  readonly waiting: number;
}

interface Totals {
  readonly in: number;
  readonly answered: number;
  readonly late: number;
  readonly secret: number;
  readonly medianReplyMs: number | null;
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
  /** Cases per day of the agencies that got most, and of all others together (`key` `lain`). */
  readonly series: readonly { readonly key: string; readonly counts: readonly number[] }[];
  readonly byAgency: readonly CountRow[];
  readonly byPlatform: readonly CountRow[];
  readonly bySubject: readonly CountRow[];
  readonly byKecamatan: readonly CountRow[];
  /** Cases by weekday (Monday first) and hour in WIB. */
  readonly hours: readonly (readonly number[])[];
  readonly risingSubjects: readonly Measured<{
    readonly subject: string | null;
    readonly kecamatan: string | null;
  }>[];
  readonly risingWords: readonly Measured<string>[];
  readonly gaps: readonly CoverageGap[];
}

export interface TrendDeps {
  readonly clock: Clock;
  readonly cells: (period: Moments, now: Date) => Promise<readonly Cell[]>;
  readonly byDay: (
    period: Moments,
  ) => Promise<readonly { readonly day: string; readonly agency: string | null; readonly in: number }[]>;
  readonly byHour: (
    period: Moments,
  ) => Promise<readonly { readonly weekday: number; readonly hour: number; readonly in: number }[]>;
  readonly medianReplyMs: (period: Moments, answered: number) => Promise<number | null>;
  readonly words: (
    period: Moments,
    limit: number,
  ) => Promise<readonly { readonly word: string; readonly in: number }[]>;
  readonly gaps: (from: Date, to: Date) => Promise<readonly CoverageGap[]>;
}

/** What is usual is taken from so many days before the period. */
const baselineMs = 28 * DAY;
const shownAgencies = 6;
const shownRising = 8;
const countedWords = 3_000;
const longestDays = 366 * 3;
const others = 'lain';
const wibMs = 7 * HOUR;

function momentsOf(filter: TrendFilter): Moments {
  const start = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - wibMs);
  const moments = { ...filter, from: start(filter.from), to: new Date(start(filter.to).getTime() + DAY) };
  if (moments.from >= moments.to || moments.to.getTime() - moments.from.getTime() > longestDays * DAY) {
    throw new RefusedError('invalid', {
      id: 'Masa tidak sah: tanggal awal sesudah tanggal akhir, atau lebih dari tiga tahun.',
      en: 'The period runs backwards, or is longer than three years.',
    });
  }
  return moments;
}

type CellKey = 'agency' | 'subject' | 'platform' | 'kecamatan';

/** Sums the cells by one of their keys; most first. */
export function rowsBy(cells: readonly Cell[], key: CellKey): readonly CountRow[] {
  const rows = new Map<string | null, CountRow>();
  for (const cell of cells) {
    const so = rows.get(cell[key]) ?? { key: cell[key], in: 0, answered: 0, late: 0, waiting: 0 };
    rows.set(cell[key], {
      key: cell[key],
      in: so.in + cell.in,
      answered: so.answered + cell.answered,
      late: so.late + cell.late,
      waiting: so.waiting + cell.waiting,
    });
  }
  return [...rows.values()].sort((a, b) => b.in - a.in || (a.key ?? '').localeCompare(b.key ?? ''));
}

export function sumOf(
  cells: readonly Cell[],
  field: 'in' | 'answered' | 'late' | 'secret' | 'waiting',
): number {
  return cells.reduce((total, cell) => total + cell[field], 0);
}

async function totalsOf(deps: TrendDeps, period: Moments, cells: readonly Cell[]): Promise<Totals> {
  const answered = sumOf(cells, 'answered');
  return {
    in: sumOf(cells, 'in'),
    answered,
    late: sumOf(cells, 'late'),
    secret: sumOf(cells, 'secret'),
    medianReplyMs: await deps.medianReplyMs(period, answered),
  };
}

/** The period of the same length right before. */
export function periodBefore<Period extends { readonly from: Date; readonly to: Date }>(
  period: Period,
): Period {
  const length = period.to.getTime() - period.from.getTime();
  return { ...period, from: new Date(period.from.getTime() - length), to: period.from };
}

function daysOf({ from, to }: Moments): readonly string[] {
  const days: string[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += DAY) {
    days.push(new Date(at + wibMs).toISOString().slice(0, 10));
  }
  return days;
}

function seriesOf(
  days: readonly string[],
  byDay: Awaited<ReturnType<TrendDeps['byDay']>>,
  byAgency: readonly CountRow[],
): Trends['series'] {
  const shown = byAgency.flatMap((row) => row.key ?? []).slice(0, shownAgencies);
  const place = new Map(days.map((day, index) => [day, index]));
  const counts = new Map([...shown, others].map((key) => [key, days.map(() => 0)]));
  for (const { day, agency, in: count } of byDay) {
    const line = counts.get(agency ?? others) ?? counts.get(others);
    const index = place.get(day);
    if (line && index !== undefined) line[index] = (line[index] ?? 0) + count;
  }
  return [...counts].map(([key, line]) => ({ key, counts: line }));
}

function hoursOf(byHour: Awaited<ReturnType<TrendDeps['byHour']>>): Trends['hours'] {
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { weekday, hour, in: count } of byHour) {
    const day = hours[weekday - 1];
    if (day) day[hour] = count;
  }
  return hours;
}

const pairOf = (cell: Cell) => `${cell.subject ?? ''}\n${cell.kecamatan ?? ''}`;

function countsByPair(cells: readonly Cell[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(pairOf(cell), (counts.get(pairOf(cell)) ?? 0) + cell.in);
  return counts;
}

/** Subjects by place that came more often than in the 28 days before. */
export function risingSubjects(
  cells: readonly Cell[],
  baseline: readonly Cell[],
  lengthMs: number,
): Trends['risingSubjects'] {
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
    shownRising,
  );
}

/** Words by their share of the cases, so that a busy week does not make every word rise. */
async function risingWords(deps: TrendDeps, period: Moments, baseline: Moments, ratio: number) {
  const [now, earlier] = await Promise.all([
    deps.words(period, countedWords),
    deps.words(baseline, countedWords),
  ]);
  const before = new Map(earlier.map((one) => [one.word, one.in]));
  const measured = now.map((one) => ({
    key: one.word,
    now: one.in,
    usual: (before.get(one.word) ?? 0) * ratio,
  }));
  return rising(measured, shownRising * 2);
}

export function baselineOf(period: Moments): Moments {
  return { ...period, from: new Date(period.from.getTime() - baselineMs), to: period.from };
}

/**
 * Everything of the page "Tren" by one filter. Only numbers and words that stand in several cases; secret cases are in
 * the numbers and not in the words.
 * @throws {RefusedError} `invalid` when the period runs backwards or is longer than three years
 */
export async function trends(deps: TrendDeps, filter: TrendFilter): Promise<Trends> {
  const now = deps.clock.now();
  const period = momentsOf(filter);
  // A period that has not ended yet is compared as far as it is over.
  const end = Math.max(period.from.getTime() + DAY, Math.min(period.to.getTime(), now.getTime()));
  const before = periodBefore({ ...period, to: new Date(end) });
  const baseline = baselineOf(period);
  const [cells, cellsBefore, cellsBaseline, byDay, byHour, gaps] = await Promise.all([
    deps.cells(period, now),
    deps.cells(before, now),
    deps.cells(baseline, now),
    deps.byDay(period),
    deps.byHour(period),
    deps.gaps(period.from, period.to),
  ]);
  const lengthMs = end - period.from.getTime();
  const earlier = sumOf(cellsBaseline, 'in');
  const days = daysOf(period);
  const byAgency = rowsBy(cells, 'agency');
  const [totals, totalsBefore, words] = await Promise.all([
    totalsOf(deps, period, cells),
    totalsOf(deps, before, cellsBefore),
    earlier === 0 ? [] : risingWords(deps, period, baseline, sumOf(cells, 'in') / earlier),
  ]);
  return {
    from: filter.from,
    to: filter.to,
    totals,
    before: totalsBefore,
    days,
    series: seriesOf(days, byDay, byAgency),
    byAgency,
    byPlatform: rowsBy(cells, 'platform'),
    bySubject: rowsBy(cells, 'subject'),
    byKecamatan: rowsBy(cells, 'kecamatan'),
    hours: hoursOf(byHour),
    risingSubjects: risingSubjects(cells, cellsBaseline, lengthMs),
    risingWords: words,
    gaps,
  };
}
