import { type Clock, HOUR } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { CaseCell } from '../domain/case-cell.ts';
import type { PlatformId } from '../domain/ids.ts';
import { type CountRow, rowsBy, sumOf } from './cells.ts';
import { baselineOf, type Moments, periodBefore } from './period.ts';
import type { Recap } from './recap.ts';
import { risingSubjects } from './rising.ts';
import type { CoverageGap } from './trends.ts';

/** "Laporan pimpinan": a period up to any minute on one page. "Aduan" counts cases; only numbers, so secret cases are in them. */
export interface LeaderReport {
  readonly from: Date;
  /** Exclusive; at most the moment in which it was made. */
  readonly to: Date;
  readonly in: number;
  readonly answered: number;
  readonly late: number;
  readonly waiting: number;
  readonly secret: number;
  /** The period of the same length right before. */
  readonly before: { readonly in: number; readonly answered: number; readonly late: number };
  /** The five commonest subjects by place. Secret cases do not count here: a place and a subject may point at a person. */
  readonly topSubjects: readonly SubjectAtPlace[];
  /** What came far more often than in the 28 days before; null when nothing did. */
  readonly viral: (SubjectAtPlace & { readonly usual: number }) | null;
  readonly byAgency: readonly CountRow[];
  readonly byPlatform: readonly CountRow[];
  /** Agencies that have cases of this period and answered none of them, most waiting first. */
  readonly silentAgencies: readonly CountRow[];
  readonly blindChannels: readonly BlindChannel[];
  readonly gaps: readonly CoverageGap[];
  readonly messages: Recap['messages'];
}

interface SubjectAtPlace {
  readonly subject: string | null;
  readonly kecamatan: string | null;
  readonly in: number;
  readonly waiting: number;
}

/** A channel that brings nothing now. */
interface BlindChannel {
  readonly channelId: string;
  readonly platform: PlatformId;
  readonly account: string;
  readonly state: 'paused' | 'broken' | 'silent';
  /** The last time it was read without trouble; null: never. */
  readonly lastReadAt: Date | null;
}

interface ChannelHealth {
  readonly _id: string;
  readonly platform: PlatformId;
  readonly account: string;
  readonly state: 'ok' | 'paused' | 'broken';
  /** Null: it is never asked, it delivers. */
  readonly lastPolledAt: Date | null;
  readonly lastSuccessAt: Date | null;
}

export interface LeaderReportDeps {
  readonly clock: Clock;
  readonly cells: (period: Moments, now: Date) => Promise<readonly CaseCell[]>;
  readonly countMessages: (period: Moments) => Promise<Recap['messages']>;
  readonly channels: () => Promise<readonly ChannelHealth[]>;
  readonly gaps: (from: Date, to: Date) => Promise<readonly CoverageGap[]>;
}

const shownSubjects = 5;
/** Channels are read every few minutes; after so long without a success nobody can say what citizens write there. */
const silentAfterMs = 2 * HOUR;

/** The five commonest, without what nobody decided yet. @param cells without secret cases */
function topSubjects(cells: readonly CaseCell[]): readonly SubjectAtPlace[] {
  const found = new Map<string, SubjectAtPlace>();
  for (const { subject, kecamatan, in: count, waiting } of cells) {
    if (subject === null) continue;
    const key = `${subject} ${kecamatan ?? ''}`;
    const so = found.get(key) ?? { subject, kecamatan, in: 0, waiting: 0 };
    found.set(key, { ...so, in: so.in + count, waiting: so.waiting + waiting });
  }
  return [...found.values()].sort((a, b) => b.in - a.in).slice(0, shownSubjects);
}

/** @param cells without secret cases, like `baseline` */
function viralOf(
  cells: readonly CaseCell[],
  baseline: readonly CaseCell[],
  lengthMs: number,
): LeaderReport['viral'] {
  const [first] = risingSubjects(cells, baseline, lengthMs, 1);
  if (!first) return null;
  const same = cells.filter(
    (cell) => cell.subject === first.key.subject && cell.kecamatan === first.key.kecamatan,
  );
  return { ...first.key, in: first.now, waiting: sumOf(same, 'waiting'), usual: first.usual };
}

function blindOf(channels: readonly ChannelHealth[], now: Date): readonly BlindChannel[] {
  return channels.flatMap(({ _id, platform, account, state, lastPolledAt, lastSuccessAt }) => {
    const silent =
      lastPolledAt !== null &&
      (lastSuccessAt === null || now.getTime() - lastSuccessAt.getTime() > silentAfterMs);
    if (state === 'ok' && !silent) return [];
    return {
      channelId: _id,
      platform,
      account,
      state: state === 'ok' ? 'silent' : state,
      lastReadAt: lastSuccessAt,
    } as const;
  });
}

/**
 * @param period `to` after now is taken as now
 * @throws {RefusedError} `invalid` when the period has not begun or runs backwards
 */
export async function leaderReport(
  deps: LeaderReportDeps,
  asked: { readonly from: Date; readonly to: Date },
): Promise<LeaderReport> {
  const now = deps.clock.now();
  const period: Moments = { from: asked.from, to: new Date(Math.min(asked.to.getTime(), now.getTime())) };
  if (period.from >= period.to) {
    throw new RefusedError('invalid', {
      id: 'Masa belum dimulai, atau awalnya sesudah akhirnya.',
      en: 'The period has not begun, or runs backwards.',
    });
  }
  const [open, secret, before, baseline, messages, channels, gaps] = await Promise.all([
    deps.cells({ ...period, secret: false }, now),
    deps.cells({ ...period, secret: true }, now),
    deps.cells(periodBefore(period), now),
    deps.cells({ ...baselineOf(period), secret: false }, now),
    deps.countMessages(period),
    deps.channels(),
    deps.gaps(period.from, period.to),
  ]);
  const cells = [...open, ...secret];
  const byAgency = rowsBy(cells, 'agency');
  return {
    ...period,
    in: sumOf(cells, 'in'),
    answered: sumOf(cells, 'answered'),
    late: sumOf(cells, 'late'),
    waiting: sumOf(cells, 'waiting'),
    secret: sumOf(secret, 'in'),
    before: { in: sumOf(before, 'in'), answered: sumOf(before, 'answered'), late: sumOf(before, 'late') },
    topSubjects: topSubjects(open),
    viral: viralOf(open, baseline, period.to.getTime() - period.from.getTime()),
    byAgency,
    byPlatform: rowsBy(cells, 'platform'),
    silentAgencies: byAgency
      .filter((row) => row.key !== null && row.answered === 0 && row.waiting > 0)
      .sort((a, b) => b.waiting - a.waiting),
    blindChannels: blindOf(channels, now),
    gaps,
    messages,
  };
}
