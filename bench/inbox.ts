import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DAY, HOUR } from '../src/core/clock.ts';
import type { UserId } from '../src/domain/ids.ts';
import { type Span, type ThreadFilter, threadViews } from '../src/domain/thread-filter.ts';
import { startServers } from '../src/servers/server-set.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { searchWindow } from '../src/store/search-window.ts';
import type { Asking } from '../src/store/thread-query.ts';
import { listThreads, type Place } from '../src/store/threads.ts';
import { seedInbox } from './inbox-seed.ts';

/**
 * First page of the inbox by view, filter and search, and a page deep inside, small against large in turns: at most three
 * times slower (design.md §9); what mongod examined tells why. `node dist/bench/inbox.js 10000 1000000`; without sizes 10,000 and 100,000, since a million
 * takes minutes to fill. `node dist/bench/inbox.js 10000 1000000 late` asks only the questions with this in their name.
 */
const ROOT = process.cwd();
const PAGE = 50;
const WARM = 20;
const TIMES = 220;
/** A filter that is slow is asked fewer times. */
const LONGEST_MS = 10_000;

const given = process.argv.slice(2).map(Number).filter(Boolean);
const sizes = given.length > 0 ? given : [10_000, 100_000];
const only = process.argv.slice(2).find((word) => Number.isNaN(Number(word))) ?? '';
const now = new Date('2026-11-24T03:00:00Z');
const asking: Asking = { scope: { agency: null, secret: true }, user: 'u-0' as UserId, now };

/** From nine to ten, WIB, in the newest so many weeks. */
function tuesdays(weeks: number): readonly Span[] {
  return Array.from({ length: weeks }, (_, week) => {
    const from = new Date(Date.parse('2026-11-24T02:00:00Z') - week * 7 * DAY);
    return { from, before: new Date(from.getTime() + HOUR) };
  });
}

const filters: Readonly<Record<string, ThreadFilter>> = {
  ...Object.fromEntries(threadViews.map((view) => [view, { view }])),
  'semua, agency': { view: 'semua', agency: 'DPUPR' },
  'semua, rare agency': { view: 'semua', agency: 'ARPUS' },
  'semua, subject': { view: 'semua', subject: 'penerangan_jalan' },
  'semua, kecamatan': { view: 'semua', kecamatan: 'Tasikmadu' },
  'semua, urgency': { view: 'semua', urgency: 'darurat' },
  'semua, secret': { view: 'semua', secret: true },
  'semua, sure': { view: 'semua', confidence: 'rendah' },
  'semua, a week of last year': {
    view: 'semua',
    from: new Date(now.getTime() - 400 * DAY),
    before: new Date(now.getTime() - 393 * DAY),
  },
  'aduan, as trends count them': {
    view: 'aduan',
    inCharge: 'DPUPR',
    secret: false,
    from: new Date(now.getTime() - 28 * DAY),
    before: now,
  },
  'aduan, late in four weeks': {
    view: 'aduan',
    outcome: 'terlambat',
    from: new Date(now.getTime() - 28 * DAY),
    before: now,
  },
  'aduan, late in a year': {
    view: 'aduan',
    outcome: 'terlambat',
    from: new Date(now.getTime() - 365 * DAY),
    before: now,
  },
  'aduan, an hour of four Tuesdays': { view: 'aduan', during: tuesdays(4) },
  'aduan, an hour of two years’ Tuesdays': { view: 'aduan', during: tuesdays(104) },
  'aduan, that hour of one agency': { view: 'aduan', inCharge: 'DPUPR', during: tuesdays(104) },
  'search, common word': { view: 'semua', words: ['jalan'] },
  'search, two words': { view: 'semua', words: ['lampu', 'mati'] },
  'search, two words apart': { view: 'semua', words: ['sampah', 'lampu'] },
  'search, one of them unknown': { view: 'semua', words: ['sampah', 'zzzz'] },
  'search, unknown word': { view: 'semua', words: ['zzzz'] },
};

interface Cost {
  /** Milliseconds that half of the calls stayed under. */
  readonly median: number;
  /** Milliseconds that nearly all calls stayed under. */
  readonly p99: number;
  /** A page with ten rows costs less than one with fifty, however many there are behind it. */
  readonly rows: number;
  /** Index entries and documents that mongod looked at for one call: the same on a busy machine and on a quiet one. */
  readonly examined: number;
}

/** As the API asks for it: a search looks at its newest part first. */
async function firstPage({ db }: Database, filter: ThreadFilter, after: Place | null) {
  const from = await searchWindow(db, filter);
  return listThreads(db, from ? { ...filter, from } : filter, asking, { limit: PAGE, after });
}

/** The same question to each database in turns: what else the machine does falls on all of them alike. */
async function costsOf(
  databases: readonly Database[],
  filter: ThreadFilter,
  after: Place | null,
): Promise<Cost[]> {
  const took = databases.map((): number[] => []);
  const started = performance.now();
  for (let time = 0; time < TIMES && (time < WARM + 3 || performance.now() - started < LONGEST_MS); time++) {
    for (const [at, database] of databases.entries()) {
      const start = performance.now();
      await firstPage(database, filter, after);
      if (time >= WARM) took[at]?.push(performance.now() - start);
    }
  }
  const costs: Cost[] = [];
  for (const [at, database] of databases.entries()) {
    const sorted = took[at]?.sort((a, b) => a - b) ?? [];
    const share = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;
    const { length } = await firstPage(database, filter, after);
    const examined = await examinedBy(database, () => firstPage(database, filter, after));
    costs.push({ median: share(0.5), p99: share(0.99), rows: length, examined });
  }
  return costs;
}

/** By mongod's own profiler. */
async function examinedBy({ db }: Database, work: () => Promise<unknown>): Promise<number> {
  await db.setProfilingLevel('all');
  await work();
  await db.setProfilingLevel('off');
  const profile = db.collection('system.profile');
  const [sum] = await profile
    .aggregate<{ n: number }>([
      { $match: { 'command.find': { $exists: true }, ns: { $not: /system/ } } },
      { $group: { _id: null, n: { $sum: { $add: ['$keysExamined', '$docsExamined'] } } } },
    ])
    .toArray();
  await profile.drop();
  return sum?.n ?? Number.NaN;
}

async function seeded(mongoUrl: string, count: number): Promise<Database> {
  const database = await openDatabase(mongoUrl, `inbox_${count}`);
  const start = performance.now();
  if ((await database.db.collection('mentions').estimatedDocumentCount()) === 0) {
    await seedInbox(database, ROOT, count, now);
    console.error(`${count} messages in ${Math.round((performance.now() - start) / 1_000)} s`);
  }
  return database;
}

const home = await mkdtemp(path.join(tmpdir(), 'tanggap-inbox-'));
const servers = await startServers({ root: ROOT, dir: home, say: (line) => console.error(line) });
try {
  const databases: Database[] = [];
  for (const count of sizes) databases.push(await seeded(servers.mongoUrl, count));
  const yearBack = { at: new Date(now.getTime() - 365 * DAY), id: 'x-1' };
  const questions = [
    ...Object.entries(filters).map(([name, filter]) => ({ name, filter, after: null })),
    { name: 'semua, a year back', filter: { view: 'semua' as const }, after: yearBack },
  ];
  const asked = questions.filter(({ name }) => name.includes(only));
  const table: Record<string, string | number>[] = [];
  for (const { name, filter, after } of asked) {
    const costs = await costsOf(databases, filter, after);
    const [small, large] = [costs[0]!, costs.at(-1)!];
    table.push({
      'first page of': name,
      [`p99 ms at ${sizes[0]}`]: small.p99.toFixed(1),
      [`p99 ms at ${sizes.at(-1)}`]: large.p99.toFixed(1),
      '× (≤ 3)': (large.p99 / small.p99).toFixed(1),
      '× of medians': (large.median / small.median).toFixed(1),
      rows: `${small.rows} → ${large.rows}`,
      examined: `${small.examined} → ${large.examined}`,
    });
  }
  console.table(table);
  for (const database of databases) await database[Symbol.asyncDispose]();
} finally {
  await servers.stop();
  await rm(home, { recursive: true, force: true });
}
