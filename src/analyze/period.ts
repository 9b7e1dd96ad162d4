import { DAY, HOUR } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { PlatformId } from '../domain/ids.ts';

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
  /** Absent: secret cases and others. */
  readonly secret?: boolean | undefined;
}

/** What is usual is taken from so many days before the period. */
export const baselineMs = 28 * DAY;
const longestDays = 366 * 3;
const wibMs = 7 * HOUR;

/** @throws {RefusedError} `invalid` when the period runs backwards or is longer than three years */
export function momentsOf(filter: TrendFilter): Moments {
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

/** The period of the same length right before. */
export function periodBefore<Period extends { readonly from: Date; readonly to: Date }>(
  period: Period,
): Period {
  const length = period.to.getTime() - period.from.getTime();
  return { ...period, from: new Date(period.from.getTime() - length), to: period.from };
}

/** The 28 days before the period. */
export function baselineOf(period: Moments): Moments {
  return { ...period, from: new Date(period.from.getTime() - baselineMs), to: period.from };
}

/** Every day of the period in WIB: `2026-11-24`. */
export function daysOf({ from, to }: Moments): readonly string[] {
  const days: string[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += DAY) {
    days.push(new Date(at + wibMs).toISOString().slice(0, 10));
  }
  return days;
}
