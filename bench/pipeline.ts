import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../src/core/clock.ts';
import { silentLog } from '../src/core/log.ts';
import { channelId } from '../src/domain/ids.ts';
import type { FoundPost } from '../src/domain/mention.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { toMention } from '../src/ingest/intake.ts';
import { startServers } from '../src/servers/server-set.ts';
import type { Services } from '../src/services.ts';
import { generateMany } from '../src/simulators/demo/generator.ts';
import { cases } from '../src/store/cases.ts';
import { channels } from '../src/store/channels.ts';
import { countWaiting } from '../src/store/mention-work.ts';
import { mentions, storeMentions } from '../src/store/mentions.ts';
import { putInQuarantine } from '../src/store/quarantine.ts';
import { searchTokens } from '../src/text/search-tokens.ts';
import { enqueueClassify } from '../workers/classify-jobs.ts';
import { type BenchPlace, openBenchServices } from './bench-services.ts';
import type { WorkerTook } from './pipeline-worker.ts';

/**
 * poll → stored → classified, and the same with cases and first drafts, against a bulk upsert of the same mentions alone,
 * side by side in one run on servers of its own. Pages of 100 as a connector hands them over; a worker process takes the jobs from
 * the queue. The CPU is that of this process and the worker; mongod's and Valkey's comes on top for both alike.
 * Sizes as arguments: `npm run bench` runs 10,000 and 100,000.
 */
const ROOT = process.cwd();
const PAGE = 100;
/** Pages that wait for the workers at most, as a real poll does not outrun them for long either. */
const AHEAD = 2_000;

const sizes = process.argv.slice(2).map(Number).filter(Boolean);
const channel = channelId('x', 'bench');
/** As deploy/ starts workers. */
const workerFlags = ['--max-semi-space-size=8', '--max-old-space-size=160'];

/** A mention's share: CPU of our processes, and of mongod. */
interface Measured {
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly mongodMicros: number;
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

async function measured(services: Services, count: number, work: () => Promise<void>): Promise<Measured> {
  const mongod = await mongodMicros(services);
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: count / ((performance.now() - start) / 1_000),
    cpuMicros: (user + system) / count,
    mongodMicros: ((await mongodMicros(services)) - mongod) / count,
  };
}

/** What mongod has used so far, by its own books. */
async function mongodMicros({ database }: Services): Promise<number> {
  const { extra_info: info } = await database.db.command({ serverStatus: 1 });
  return Number(info.user_time_us) + Number(info.system_time_us);
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

/** One worker process, as production runs them, while this process polls. */
async function wholeWay(
  services: Services,
  place: BenchPlace,
  count: number,
): Promise<Measured & WorkerTook> {
  const worker = fork(new URL('./pipeline-worker.js', import.meta.url), { execArgv: workerFlags });
  worker.send(place);
  await once(worker, 'message');
  const polled = await measured(services, count, () => pollAndWait(services, count));
  worker.send('stop');
  const [took] = (await once(worker, 'message')) as [WorkerTook];
  return { ...took, ...polled, cpuMicros: polled.cpuMicros + took.cpuMicros / count };
}

async function pollAndWait(services: Services, count: number): Promise<void> {
  const { db } = services.database;
  const to = await seat(services);
  const now = () => services.clock.now();
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
  while ((await countWaiting(mentions(db))) > 0) await pause(20);
}

async function inDatabase<Result>(
  servers: { mongoUrl: string; redisUrl: string },
  home: string,
  through: BenchPlace['through'],
  work: (services: Services, place: BenchPlace) => Promise<Result>,
): Promise<Result> {
  const { mongoUrl, redisUrl } = servers;
  const place = { mongoUrl, redisUrl, home, through, name: `bench_${randomBytes(4).toString('hex')}` };
  await using services = await openBenchServices(place);
  const result = await work(services, place);
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
    const alone = await inDatabase(servers, home, 'classified', (services) =>
      measured(services, count, () => upsertAlone(services, count)),
    );
    const classified = await inDatabase(servers, home, 'classified', (services, place) =>
      wholeWay(services, place, count),
    );
    const whole = await inDatabase(servers, home, 'drafted', async (services, place) => {
      const idle = await redisBytes(services);
      const took = await wholeWay(services, place, count);
      const opened = await cases(services.database.db).countDocuments();
      return { ...took, opened, redis: (await redisBytes(services)) - idle };
    });
    rows.push({
      mentions: count,
      'upsert alone /s': Math.round(alone.perSecond),
      'classified /s': Math.round(classified.perSecond),
      'ratio % (≥ 50)': Math.round((100 * classified.perSecond) / alone.perSecond),
      'with cases and drafts /s': Math.round(whole.perSecond),
      'ratio %': Math.round((100 * whole.perSecond) / alone.perSecond),
      'CPU µs alone (+ mongod)': `${Math.round(alone.cpuMicros)} + ${Math.round(alone.mongodMicros)}`,
      'CPU µs whole (+ mongod)': `${Math.round(whole.cpuMicros)} + ${Math.round(whole.mongodMicros)}`,
      'CPU × smaller (≤ 1.3)': before === null ? '' : (whole.cpuMicros / before.cpuMicros).toFixed(2),
      "worker's peak RSS MB (≤ 250)": mega(whole.peakRss),
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
