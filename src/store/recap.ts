import type { Db } from 'mongodb';
import type { PlatformId } from '../domain/ids.ts';
import { cases } from './cases.ts';
import { mentions } from './mentions.ts';
import { isLate, sumWhen } from './thread-query.ts';

interface Period {
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly agency: string | null;
  readonly platform: PlatformId | null;
}

/**
 * Cases that citizens opened in the period, counted by agency, subject and platform. Needs the index `newest`, or
 * `agency_newest` for one agency.
 */
export function countCases(db: Db, { from, to, agency, platform }: Period, now: Date) {
  return cases(db)
    .aggregate<{
      agency: string | null;
      subject: string | null;
      platform: PlatformId;
      in: number;
      answered: number;
      late: number;
      secret: number;
    }>([
      {
        $match: {
          openedAt: { $gte: from, $lt: to },
          ...(agency !== null && { agency }),
          ...(platform !== null && { platform }),
        },
      },
      {
        $group: {
          _id: { agency: '$agency', subject: '$subject', platform: '$platform' },
          in: { $sum: 1 },
          answered: sumWhen({ $gt: ['$answeredAt', null] }),
          late: sumWhen(isLate(now)),
          secret: sumWhen({ $eq: ['$secret', true] }),
        },
      },
      {
        $project: {
          _id: 0,
          agency: '$_id.agency',
          subject: '$_id.subject',
          platform: '$_id.platform',
          in: 1,
          answered: 1,
          late: 1,
          secret: 1,
        },
      },
    ])
    .toArray();
}

/** Messages that were written in the period, with or without a case. Needs the index `newest` or `agency_newest`. */
export async function countMessages(db: Db, { from, to, agency, platform }: Period) {
  const kind = '$classification.kind';
  const isSpam = { $in: ['spam', { $ifNull: ['$classification.flags', []] }] };
  const [counts] = await mentions(db)
    .aggregate<{ total: number; praise: number; spam: number; notComplaints: number }>([
      {
        $match: {
          postedAt: { $gte: from, $lt: to },
          ...(agency !== null && { 'classification.agency': agency }),
          ...(platform !== null && { platform }),
        },
      },
      {
        $group: {
          _id: null,
          total: { $sum: 1 },
          praise: sumWhen({ $eq: [kind, 'apresiasi'] }),
          spam: sumWhen(isSpam),
          notComplaints: sumWhen({ $and: [{ $eq: [kind, 'bukan_aduan'] }, { $not: [isSpam] }] }),
        },
      },
      { $project: { _id: 0 } },
    ])
    .toArray();
  return counts ?? { total: 0, praise: 0, spam: 0, notComplaints: 0 };
}
