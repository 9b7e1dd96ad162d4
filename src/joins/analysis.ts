import { type LeaderReport, leaderReport } from '../analyze/leader-report.ts';
import type { TrendFilter } from '../analyze/period.ts';
import { type CoverageGap, type Trends, trends } from '../analyze/trends.ts';
import type { Services } from '../services.ts';
import { listChannels } from '../store/channels.ts';
import { listIncidents } from '../store/incidents.ts';
import { missedWindows } from '../store/polls.ts';
import { countMessages } from '../store/recap.ts';
import {
  caseCells,
  casesByDay,
  casesByHour,
  medianReplyByDay,
  medianReplyMs,
  wordCounts,
} from '../store/trends.ts';

type Opened = Pick<Services, 'clock'> & { readonly db: Services['database']['db'] };

/** Messages may have been missed, or are not seen yet because the channel gives nothing. */
async function blindTimes({ db, clock }: Opened, from: Date, to: Date): Promise<readonly CoverageGap[]> {
  const now = clock.now();
  const until = now < to ? now : to;
  const open = (await listIncidents(db, from, until)).filter(
    ({ kind, closedAt }) => closedAt === null && (kind === 'broken' || kind === 'unreachable'),
  );
  return [
    ...(await missedWindows(db, from, to)),
    ...open.map(({ channelId, openedAt, words }) => ({
      channelId,
      from: openedAt,
      to: until,
      reasons: [words.id],
    })),
  ];
}

export function readTrends(
  { db, clock, fillerWords }: Opened & Pick<Services, 'fillerWords'>,
  filter: TrendFilter,
): Promise<Trends> {
  return trends(
    {
      clock,
      cells: (period, now) => caseCells(db, period, now),
      byDay: (period, now) => casesByDay(db, period, now),
      byHour: (period) => casesByHour(db, period),
      medianReplyMs: (period, answered) => medianReplyMs(db, period, answered),
      medianByDay: (period) => medianReplyByDay(db, period),
      words: (period, limit) => wordCounts(db, period, limit),
      gaps: (from, to) => blindTimes({ db, clock }, from, to),
      fillerWords,
    },
    filter,
  );
}

export function readLeaderReport(
  { db, clock }: Opened,
  period: { readonly from: Date; readonly to: Date },
): Promise<LeaderReport> {
  return leaderReport(
    {
      clock,
      cells: (moments, now) => caseCells(db, moments, now),
      countMessages: ({ from, to }) => countMessages(db, { from, to, agency: null, platform: null }),
      channels: () => listChannels(db),
      gaps: (from, to) => blindTimes({ db, clock }, from, to),
    },
    period,
  );
}
