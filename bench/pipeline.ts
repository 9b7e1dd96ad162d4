import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../src/core/clock.ts';
import { readConfig } from '../src/core/config.ts';
import { silentLog } from '../src/core/log.ts';
import { channelId } from '../src/domain/ids.ts';
import type { FoundPost } from '../src/domain/mention.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { toMention } from '../src/ingest/intake.ts';
import { startServers } from '../src/servers/server-set.ts';
import { openServices, type Services } from '../src/services.ts';
import { generateMany } from '../src/simulators/demo/generator.ts';
import { cases } from '../src/store/cases.ts';
import { channels } from '../src/store/channels.ts';
import { countWaiting, mentions, storeMentions } from '../src/store/mentions.ts';
import { putInQuarantine } from '../src/store/quarantine.ts';
import { searchTokens } from '../src/text/search-tokens.ts';
import { enqueueClassify } from '../workers/classify-jobs.ts';
import { startWorkers } from '../workers/start.ts';

/**
 * poll → stored → classified (cases and drafts included) against a bulk upsert of the same mentions alone, side by side
 * in one run on servers of its own. Pages of 100 as a connector hands them over; the workers take their jobs from the
 * queue. The CPU is that of this process, which does all of it; mongod's and Valkey's comes on top for both alike.
 * Sizes as arguments: `npm run bench` runs 10,000 and 100,000.
 */
const ROOT = process.cwd();
const PAGE = 100;
/** Pages that wait for the workers at most, as a real poll does not outrun them for long either. */
const AHEAD = 2_000;

const sizes = process.argv.slice(2).map(Number).filter(Boolean);
const channel = channelId('x', 'bench');

interface Measured {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

/** Posts of the demo's generator, in pages. */
function* pagesOf(count: number): Generator<FoundPost[]> {
  const from = new Date(systemClock.now().getTime() - 89 * 24 * 3_600_000);
  let page: FoundPost[] = [];
  for (const { index, author, text, at } of generateMany({ seed: 'bench', count, from })) {
    if (author === null) continue;
    const nativeId = String(1_000_000 + index);
    page.push({
      platform: 'x',
      nativeId,
      latestNativeId: nativeId,
      version: 0,
      text,
      author: { id: author, handle: author, name: author },
      byUs: false,
      url: null,
      postedAt: at,
      reach: 'mention',
      parentNativeId: null,
      threadNativeId: nativeId,
      quoted: null,
      ownPost: null,
      hidden: false,
      media: [],
      language: null,
      raw: { id: nativeId, text },
    });
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function measured(count: number, work: () => Promise<void>): Promise<Measured> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: count / ((performance.now() - start) / 1_000), cpuMicros: (user + system) / count };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function seat({ database, clock }: Services) {
  const found = await channels(database.db).findOne({ _id: channel });
  if (found) return found;
  throw new Error(`no channel ${channel} at ${clock.now().toISOString()}`);
}

async function upsertAlone(services: Services, count: number): Promise<void> {
  const to = await seat(services);
  const now = services.clock.now();
  for (const page of pagesOf(count)) {
    const found = page.map((post) => toMention(post, { channel: to, now, tokens: searchTokens }));
    await mentions(services.database.db).bulkWrite(
      found.map(({ _id, ...rest }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
      })),
      { ordered: false },
    );
  }
}

async function wholeWay(services: Services, count: number): Promise<void> {
  const { db } = services.database;
  const to = await seat(services);
  const now = () => services.clock.now();
  await using _workers = startWorkers(services);
  for (const posts of pagesOf(count)) {
    await ingest(
      {
        clock: services.clock,
        log: silentLog,
        tokens: searchTokens,
        store: (found) => storeMentions(mentions(db), found, now()),
        quarantine: (items) => putInQuarantine(db, items, now()),
        onChanged: async () => {},
        onOwnAnswers: async () => {},
        enqueueClassify: (ids) => enqueueClassify(services, ids),
      },
      to,
      { posts, rejected: [] },
    );
    while ((await services.queues.classify.getWaitingCount()) * PAGE > AHEAD) await pause(5);
  }
  while ((await countWaiting(mentions(db))) > 0) await pause(50);
}

async function open(servers: { mongoUrl: string; redisUrl: string }, home: string): Promise<Services> {
  const name = `bench_${randomBytes(4).toString('hex')}`;
  return openServices({
    config: { ...readConfig({ START_FROM_DAYS: '200' }, home), database: name, queuePrefix: name },
    channels: [
      {
        platform: 'x',
        account: { id: '1', name: 'bench' },
        agency: null,
        token: 'none',
        appId: null,
        appSecret: null,
        keywords: [],
        limitMicros: null,
        simulator: 'http://127.0.0.1:9',
      },
    ],
    ...servers,
    auditKey: 'e'.repeat(64),
    secretKey: 'b'.repeat(64),
    clock: systemClock,
    log: silentLog,
  });
}

async function inDatabase<Result>(
  servers: { mongoUrl: string; redisUrl: string },
  home: string,
  work: (services: Services) => Promise<Result>,
): Promise<Result> {
  await using services = await open(servers, home);
  const result = await work(services);
  await services.database.db.dropDatabase();
  return result;
}

async function redisBytes({ producerConnection }: Services): Promise<number> {
  const told = await producerConnection.redis.info('memory');
  return Number(/used_memory:(\d+)/.exec(told)?.[1] ?? 0);
}

const mega = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

const home = await mkdtemp(path.join(tmpdir(), 'tanggap-bench-'));
const servers = await startServers({ root: ROOT, dir: home, say: (line) => console.error(line) });
try {
  const rows: Record<string, string | number>[] = [];
  let before: Measured | null = null;
  for (const count of sizes.length > 0 ? sizes : [10_000, 100_000]) {
    const alone = await inDatabase(servers, home, (services) =>
      measured(count, () => upsertAlone(services, count)),
    );
    const whole = await inDatabase(servers, home, async (services) => {
      const idle = await redisBytes(services);
      const took = await measured(count, () => wholeWay(services, count));
      const opened = await cases(services.database.db).countDocuments();
      return { ...took, opened, redis: (await redisBytes(services)) - idle };
    });
    rows.push({
      mentions: count,
      'upsert alone /s': Math.round(alone.perSecond),
      'whole way /s': Math.round(whole.perSecond),
      'ratio % (≥ 50)': Math.round((100 * whole.perSecond) / alone.perSecond),
      'CPU µs alone': Math.round(alone.cpuMicros),
      'CPU µs whole': Math.round(whole.cpuMicros),
      'CPU × smaller (≤ 1.3)': before === null ? '' : (whole.cpuMicros / before.cpuMicros).toFixed(2),
      'RSS MB (≤ 250)': mega(process.memoryUsage().rss),
      'Redis MB more': mega(whole.redis),
      cases: whole.opened,
    });
    before = whole;
  }
  console.log('poll → stored → classified, against a bulk upsert of the same mentions alone');
  console.table(rows);
} finally {
  await servers.stop();
  await rm(home, { recursive: true, force: true });
}
