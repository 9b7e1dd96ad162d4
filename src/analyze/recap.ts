import { type Clock, DAY } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { PlatformId } from '../domain/ids.ts';

/** The numbers of one agency, platform or subject; `key` null: not decided. */
export interface RecapRow {
  readonly key: string | null;
  readonly in: number;
  readonly answered: number;
  readonly late: number;
}

/** "Aduan" counts cases by when the citizen wrote. Only numbers, so secret cases are in them. */
export interface Recap {
  /** ISO days in WIB, both included. */
  readonly from: string;
  readonly to: string;
  readonly in: number;
  readonly answered: number;
  /** Answered after its time, or open although its time is over. */
  readonly late: number;
  readonly secret: number;
  readonly byAgency: readonly RecapRow[];
  readonly byPlatform: readonly RecapRow[];
  readonly bySubject: readonly RecapRow[];
  /** All messages of the period, whether or not they made a case; the other three are among them. */
  readonly messages: {
    readonly total: number;
    readonly praise: number;
    readonly spam: number;
    readonly notComplaints: number;
  };
}

export interface RecapPeriod {
  readonly from: string;
  readonly to: string;
  /** Null: all. */
  readonly agency: string | null;
  readonly platform: PlatformId | null;
}

/** A period as moments: `to` exclusive. */
interface Moments {
  readonly from: Date;
  readonly to: Date;
  readonly agency: string | null;
  readonly platform: PlatformId | null;
}

interface Counted extends Omit<RecapRow, 'key'> {
  readonly agency: string | null;
  readonly subject: string | null;
  readonly platform: PlatformId;
  readonly secret: number;
}

export interface RecapDeps {
  readonly clock: Clock;
  readonly countCases: (period: Moments, now: Date) => Promise<readonly Counted[]>;
  readonly countMessages: (period: Moments) => Promise<Recap['messages']>;
}

/** @throws {RefusedError} `invalid` when it is no date */
function startOfDay(day: string): Date {
  const start = new Date(`${day}T00:00:00+07:00`);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(start.getTime());
  // JavaScript turns 31 February into 3 March.
  if (isDay && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)) return start;
  throw new RefusedError('invalid', {
    id: `Tanggal tidak terbaca: "${day}". Tulis seperti 2023-01-31.`,
    en: `Not a date: "${day}". Write it like 2023-01-31.`,
  });
}

function rowsBy(counted: readonly Counted[], key: 'agency' | 'platform' | 'subject'): readonly RecapRow[] {
  const rows = new Map<string | null, RecapRow>();
  for (const one of counted) {
    const so = rows.get(one[key]) ?? { key: one[key], in: 0, answered: 0, late: 0 };
    rows.set(one[key], {
      key: one[key],
      in: so.in + one.in,
      answered: so.answered + one.answered,
      late: so.late + one.late,
    });
  }
  return [...rows.values()].sort(
    (one, other) => other.in - one.in || (one.key ?? '').localeCompare(other.key ?? ''),
  );
}

function sum(counted: readonly Counted[], field: 'in' | 'answered' | 'late' | 'secret'): number {
  return counted.reduce((total, one) => total + one[field], 0);
}

/**
 * What came in from citizens in a period and what became of it.
 * @throws {RefusedError} `invalid` when a day is no date or the period runs backwards
 */
export async function recap(deps: RecapDeps, period: RecapPeriod): Promise<Recap> {
  const from = startOfDay(period.from);
  const to = new Date(startOfDay(period.to).getTime() + DAY);
  if (from >= to) {
    throw new RefusedError('invalid', {
      id: 'Tanggal awal sesudah tanggal akhir.',
      en: 'The first day is after the last day.',
    });
  }
  const moments = { from, to, agency: period.agency, platform: period.platform };
  const [counted, messages] = await Promise.all([
    deps.countCases(moments, deps.clock.now()),
    deps.countMessages(moments),
  ]);
  return {
    from: period.from,
    to: period.to,
    in: sum(counted, 'in'),
    answered: sum(counted, 'answered'),
    late: sum(counted, 'late'),
    secret: sum(counted, 'secret'),
    byAgency: rowsBy(counted, 'agency'),
    byPlatform: rowsBy(counted, 'platform'),
    bySubject: rowsBy(counted, 'subject'),
    messages,
  };
}
