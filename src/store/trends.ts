import type { Db, Filter } from 'mongodb';
import type { Case } from '../domain/case.ts';
import type { CaseCell } from '../domain/case-cell.ts';
import type { PlatformId } from '../domain/ids.ts';
import { cases } from './cases.ts';
import { isLate, sumWhen, unanswered } from './thread-query.ts';

/** Which cases are counted: by when the citizen wrote, and parts that narrow. */
export interface CountedPeriod {
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly agency?: string | undefined;
  readonly platform?: PlatformId | undefined;
  readonly subject?: string | undefined;
  readonly kecamatan?: string | undefined;
  /** Absent: secret cases and others. */
  readonly secret?: boolean | undefined;
}

const wib = 'Asia/Jakarta';

/** Needs the index `trends`, which holds every field that is asked for here: no case is fetched. */
function match({ from, to, agency, platform, subject, kecamatan, secret }: CountedPeriod): Filter<Case> {
  return {
    openedAt: { $gte: from, $lt: to },
    ...(agency !== undefined && { agency }),
    ...(platform !== undefined && { platform }),
    ...(subject !== undefined && { subject }),
    ...(kecamatan !== undefined && { 'place.kecamatan': kecamatan }),
    ...(secret !== undefined && { secret }),
  };
}

export function caseCells(db: Db, period: CountedPeriod, now: Date): Promise<CaseCell[]> {
  return cases(db)
    .aggregate<CaseCell>([
      { $match: match(period) },
      {
        $group: {
          _id: {
            agency: '$agency',
            subject: '$subject',
            platform: '$platform',
            kecamatan: '$place.kecamatan',
          },
          in: { $sum: 1 },
          answered: sumWhen({ $gt: ['$answeredAt', null] }),
          late: sumWhen(isLate(now)),
          waiting: sumWhen({ $in: ['$state', [...unanswered]] }),
        },
      },
      {
        $project: {
          _id: 0,
          agency: { $ifNull: ['$_id.agency', null] },
          subject: { $ifNull: ['$_id.subject', null] },
          platform: '$_id.platform',
          kecamatan: { $ifNull: ['$_id.kecamatan', null] },
          in: 1,
          answered: 1,
          late: 1,
          waiting: 1,
        },
      },
    ])
    .toArray();
}

/** Cases that came on one day to one agency. */
export interface DayCell {
  /** In WIB: `2026-11-24`. */
  readonly day: string;
  readonly agency: string | null;
  readonly in: number;
  readonly answered: number;
  readonly late: number;
}

const dayInWib = { $dateToString: { date: '$openedAt', format: '%Y-%m-%d', timezone: wib } };

/** Days and agencies without any are left out. */
export function casesByDay(db: Db, period: CountedPeriod, now: Date): Promise<DayCell[]> {
  return cases(db)
    .aggregate<DayCell>([
      { $match: match(period) },
      {
        $group: {
          _id: {
            day: dayInWib,
            agency: '$agency',
          },
          in: { $sum: 1 },
          answered: sumWhen({ $gt: ['$answeredAt', null] }),
          late: sumWhen(isLate(now)),
        },
      },
      {
        $project: {
          _id: 0,
          day: '$_id.day',
          agency: { $ifNull: ['$_id.agency', null] },
          in: 1,
          answered: 1,
          late: 1,
        },
      },
    ])
    .toArray();
}

/** Cases per hour (0–23) and weekday (1 = Monday) in WIB. */
export function casesByHour(
  db: Db,
  period: CountedPeriod,
): Promise<{ weekday: number; hour: number; in: number }[]> {
  const at = { date: '$openedAt', timezone: wib };
  return cases(db)
    .aggregate<{ weekday: number; hour: number; in: number }>([
      { $match: match(period) },
      { $group: { _id: { weekday: { $isoDayOfWeek: at }, hour: { $hour: at } }, in: { $sum: 1 } } },
      { $project: { _id: 0, weekday: '$_id.weekday', hour: '$_id.hour', in: 1 } },
    ])
    .toArray();
}

/** Half of the answered cases were answered faster, in milliseconds; null when none was. MongoDB 6.0 knows no $median. */
export async function medianReplyMs(db: Db, period: CountedPeriod, answered: number): Promise<number | null> {
  if (answered === 0) return null;
  const [middle] = await cases(db)
    .aggregate<{ ms: number }>(
      [
        { $match: { ...match(period), answeredAt: { $gt: new Date(0) } } },
        { $project: { _id: 0, ms: { $subtract: ['$answeredAt', '$openedAt'] } } },
        { $sort: { ms: 1 } },
        { $skip: Math.floor((answered - 1) / 2) },
        { $limit: 1 },
      ],
      { allowDiskUse: true },
    )
    .toArray();
  return middle?.ms ?? null;
}

/** The median of each day on which cases came that were answered since. */
export function medianReplyByDay(db: Db, period: CountedPeriod): Promise<{ day: string; ms: number }[]> {
  const middle = { $floor: { $divide: [{ $subtract: [{ $size: '$all' }, 1] }, 2] } };
  const sorted = { $sortArray: { input: '$all', sortBy: 1 } };
  return cases(db)
    .aggregate<{ day: string; ms: number }>([
      { $match: { ...match(period), answeredAt: { $gt: new Date(0) } } },
      { $group: { _id: dayInWib, all: { $push: { $subtract: ['$answeredAt', '$openedAt'] } } } },
      { $project: { _id: 0, day: '$_id', ms: { $arrayElemAt: [sorted, middle] } } },
    ])
    .toArray();
}

/** In how many cases each word stands, commonest first. Secret cases give no words. */
export function wordCounts(
  db: Db,
  period: CountedPeriod,
  limit: number,
): Promise<{ word: string; in: number }[]> {
  return cases(db)
    .aggregate<{ word: string; in: number }>(
      [
        { $match: { ...match(period), secret: false } },
        { $project: { tokens: 1 } },
        { $unwind: '$tokens' },
        // Numbers may be somebody's; words of one or two letters say nothing.
        { $match: { tokens: { $regex: /^\p{L}{3,}$/u } } },
        { $group: { _id: '$tokens', in: { $sum: 1 } } },
        { $match: { in: { $gte: 3 } } },
        { $sort: { in: -1, _id: 1 } },
        { $limit: limit },
        { $project: { _id: 0, word: '$_id', in: 1 } },
      ],
      { allowDiskUse: true },
    )
    .toArray();
}
