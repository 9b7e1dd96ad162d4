import type { Db, Document } from 'mongodb';
import type { MentionId } from '../domain/ids.ts';
import { type Feedback, feedback } from './feedback.ts';
import { mentions } from './mentions.ts';

/** What the machine held a message to be, and what a person made of it in the end. */
export interface Judged extends Pick<Feedback, 'act' | 'before' | 'after'> {
  readonly mentionId: MentionId;
  /** When a person first spoke. */
  readonly at: Date;
}

const whole = [
  { $sort: { mentionId: 1, at: 1, _id: 1 } },
  {
    $group: {
      _id: '$mentionId',
      at: { $first: '$at' },
      before: { $first: '$before' },
      modelVersion: { $first: '$modelVersion' },
      act: { $last: '$act' },
      after: { $last: '$after' },
    },
  },
  // Without a version no machine had judged it.
  { $match: { modelVersion: { $ne: null } } },
];

/** Messages that the machine had judged and a person first spoke about since then. */
export function judgedSince(db: Db, since: Date): Promise<Judged[]> {
  return feedback(db)
    .aggregate<Judged>([
      ...whole,
      { $match: { at: { $gte: since } } },
      { $project: { _id: 0, mentionId: '$_id', at: 1, before: 1, act: 1, after: 1 } },
    ])
    .toArray();
}

/** At most so many messages make a list. */
const mostMistaken = 1_000;

/** As the figures name it (src/learn/figures.ts): an agency, or one of these two words. */
function pairQuery(said: string, right: string): Document {
  const before =
    said === 'bukan_aduan' ? { 'before.agency': null, 'before.kind': said } : { 'before.agency': said };
  if (right === 'bukan_wewenang') return { ...before, act: right, 'after.agency': said };
  if (right === 'bukan_aduan') return { ...before, 'after.kind': right };
  return { ...before, 'after.agency': right, 'after.kind': { $ne: 'bukan_aduan' } };
}

/** Messages that the machine took for one agency's and a person for another one's, latest first. */
export async function mistakenMessages(
  db: Db,
  { said, right }: { readonly said: string; readonly right: string },
): Promise<MentionId[]> {
  const found = await feedback(db)
    .aggregate<{ _id: MentionId }>([
      ...whole,
      { $match: pairQuery(said, right) },
      { $sort: { at: -1 } },
      { $limit: mostMistaken },
      { $project: { _id: 1 } },
    ])
    .toArray();
  return found.map(({ _id }) => _id);
}

/** Messages that came in within a week: judged, and of those without a person's word decided. */
export interface DecidedInWeek {
  /** The Monday, in WIB: `2026-11-23`. */
  readonly week: string;
  readonly judged: number;
  readonly decided: number;
}

const weekInWib = {
  $dateToString: {
    date: {
      $dateTrunc: { date: '$receivedAt', unit: 'week', startOfWeek: 'monday', timezone: 'Asia/Jakarta' },
    },
    format: '%Y-%m-%d',
    timezone: 'Asia/Jakarta',
  },
};

/** @param byPeople messages that a person decided because the machine did not */
export function decidedByWeek(db: Db, since: Date, byPeople: readonly MentionId[]): Promise<DecidedInWeek[]> {
  return mentions(db)
    .aggregate<DecidedInWeek>([
      { $match: { receivedAt: { $gte: since }, archived: false, classification: { $ne: null } } },
      {
        $group: {
          _id: weekInWib,
          judged: { $sum: 1 },
          decided: {
            $sum: {
              $cond: [
                { $and: ['$classification.decided', { $not: { $in: ['$_id', [...byPeople]] } }] },
                1,
                0,
              ],
            },
          },
        },
      },
      { $project: { _id: 0, week: '$_id', judged: 1, decided: 1 } },
      { $sort: { week: 1 } },
    ])
    .toArray();
}

/** Undecided messages that wait for the classifier to look again. */
export function countAskedAgain(db: Db): Promise<number> {
  return mentions(db).countDocuments({ 'work.stage': 'classify', 'classification.decided': false });
}
