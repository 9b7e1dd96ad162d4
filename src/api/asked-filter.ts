import { startOfIsoDay } from '../cases/working-days.ts';
import { DAY, HOUR } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { UserId } from '../domain/ids.ts';
import { type Span, type ThreadFilter, undecided } from '../domain/thread-filter.ts';
import { searchTokens } from '../text/search-tokens.ts';
import type { ThreadFilter as AskedFilter } from './contract/inbox.ts';

const wibMs = 7 * HOUR;
const longestDays = 366 * 3;

const aNumber = /^[a-z]{2,5}-\d{4}-\d{6}$/i;

/** The words of a search box: a case number stands for itself. */
function wordsOf(q: string | undefined): readonly string[] | undefined {
  const typed = q?.trim() ?? '';
  if (typed === '') return undefined;
  if (aNumber.test(typed)) return [typed.toUpperCase()];
  const words = searchTokens(typed);
  // Nothing to look for in "!!!": nothing is found, rather than everything.
  return words.length > 0 ? words : ['\u0000'];
}

const isDay = (text: string) => text.length === 10;

function startOf(from: string): Date {
  return isDay(from) ? startOfIsoDay(from) : new Date(from);
}

function endOf(to: string): Date {
  return isDay(to) ? new Date(startOfIsoDay(to).getTime() + DAY) : new Date(to);
}

/** That hour on each such weekday of the period; a chart shows no longer one than three years. */
function hoursBetween(from: Date, before: Date, weekday: number, hour: number): readonly Span[] {
  const hours: Span[] = [];
  // Days begin at midnight in WIB, where 1 January 1970 was a Thursday.
  const first = Math.floor((from.getTime() + wibMs) / DAY);
  const last = Math.min(Math.ceil((before.getTime() + wibMs) / DAY), first + longestDays);
  for (let day = first; day < last; day += 1) {
    if (((day + 3) % 7) + 1 !== weekday) continue;
    const at = day * DAY - wibMs + hour * HOUR;
    hours.push({ from: new Date(at), before: new Date(at + HOUR) });
  }
  return hours;
}

function duringOf({ from, to, weekday, hour }: AskedFilter): readonly Span[] | undefined {
  if (weekday === undefined && hour === undefined) return undefined;
  if (from === undefined || to === undefined || weekday === undefined || hour === undefined) {
    throw new RefusedError('invalid', {
      id: 'Hari dan jam hanya dapat dipilih bersama, dalam satu masa.',
      en: 'A weekday and an hour go together, within a period.',
    });
  }
  const hours = hoursBetween(startOf(from), endOf(to), weekday, hour);
  // No such day in the period: nothing is found, rather than everything.
  return hours.length > 0 ? hours : [{ from: new Date(0), before: new Date(0) }];
}

function mistakenOf(pair: AskedFilter['mistaken']): ThreadFilter['mistaken'] {
  const [said, right] = pair?.split('~') ?? [];
  return said === undefined || right === undefined ? undefined : { said, right };
}

const decided = (key: string | undefined) => (key === undecided ? null : key);

/**
 * A filter as a person or a link says it, as the store understands it: days in WIB become moments.
 * @throws {RefusedError} `invalid` when an hour is asked for without weekday or period
 */
export function filterOf(asked: AskedFilter): ThreadFilter {
  const { q, from, to, assignee, inCharge, subject, kecamatan, wakesBefore, ...others } = asked;
  const { mistaken, weekday: _, hour: __, ...rest } = others;
  return {
    ...rest,
    assignee: decided(assignee) as UserId | null | undefined,
    inCharge: decided(inCharge),
    subject: decided(subject),
    kecamatan: decided(kecamatan),
    mistaken: mistakenOf(mistaken),
    during: duringOf(asked),
    from: from === undefined ? undefined : startOf(from),
    before: to === undefined ? undefined : endOf(to),
    wakesBefore: wakesBefore === undefined ? undefined : new Date(wakesBefore),
    words: wordsOf(q),
  };
}
