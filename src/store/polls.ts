import type { Collection, Db, IndexDescription } from 'mongodb';
import { DAY } from '../core/clock.ts';
import type { ChannelId } from '../domain/ids.ts';

/** One poll run in the coverage ledger: what was looked at, what it cost, where we were blind. */
export interface PollRun {
  readonly _id: string;
  readonly channelId: ChannelId;
  readonly depth: 'normal' | 'deep';
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** False: broken off; the cursor stayed before the first page that was not stored. */
  readonly complete: boolean;
  readonly pages: number;
  /** Citizens' posts served to us, with repeats. */
  readonly found: number;
  readonly added: number;
  readonly changed: number;
  readonly rejected: number;
  readonly calls: number;
  /** Millionths of a US dollar. */
  readonly micros: number;
  /** Why posts may have been missed. */
  readonly gaps: readonly string[];
  readonly error: string | null;
}

export const pollIndexes = [
  // Coverage of a channel over a period; a year is kept.
  { key: { channelId: 1, startedAt: -1 }, name: 'channel_newest' },
  { key: { startedAt: 1 }, name: 'kept_a_year', expireAfterSeconds: 366 * 24 * 3600 },
] satisfies IndexDescription[];

function polls(db: Db): Collection<PollRun> {
  return db.collection<PollRun>('polls');
}

/** Runs that found nothing and went well are folded into one line a channel and hour: a quiet day is 24 lines. */
export async function recordPoll(db: Db, run: PollRun): Promise<void> {
  const quiet = run.complete && run.found === 0 && run.rejected === 0 && run.gaps.length === 0;
  if (!quiet) {
    await polls(db).insertOne(run);
    return;
  }
  const hour = run.startedAt.toISOString().slice(0, 13);
  await polls(db).updateOne(
    { _id: `${run.channelId}-${hour}` },
    {
      $setOnInsert: { channelId: run.channelId, depth: run.depth, startedAt: run.startedAt, complete: true },
      $set: { endedAt: run.endedAt, gaps: [], error: null },
      $inc: {
        pages: run.pages,
        found: 0,
        added: 0,
        changed: 0,
        rejected: 0,
        calls: run.calls,
        micros: run.micros,
      },
    },
    { upsert: true },
  );
}

/** From when to when posts may have been missed, and why. */
interface MissedWindow {
  readonly channelId: ChannelId;
  readonly from: Date;
  readonly to: Date;
  readonly reasons: readonly string[];
}

/** A chart shows no more. */
const shownGaps = 500;

/**
 * Runs that could not see everything since the run before: from its end to theirs. An outage that was caught up later
 * is no gap.
 */
export function missedWindows(db: Db, from: Date, to: Date): Promise<MissedWindow[]> {
  return polls(db)
    .aggregate<MissedWindow>([
      // The run before may have been earlier than the period.
      { $match: { startedAt: { $gte: new Date(from.getTime() - DAY), $lt: to } } },
      {
        $setWindowFields: {
          partitionBy: '$channelId',
          sortBy: { startedAt: 1 },
          output: { previous: { $shift: { output: '$endedAt', by: -1 } } },
        },
      },
      { $match: { 'gaps.0': { $exists: true }, endedAt: { $gte: from } } },
      { $limit: shownGaps },
      {
        $project: {
          _id: 0,
          channelId: 1,
          from: { $ifNull: ['$previous', '$startedAt'] },
          to: '$endedAt',
          reasons: '$gaps',
        },
      },
    ])
    .toArray();
}
