import { DelayedError, type Job, Queue, UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type Clock, SECOND } from '../core/clock.ts';
import { ConfigError } from '../core/config.ts';
import { asError, PermanentError, RateLimitedError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { ChannelId, DeliveryId, MentionId, ReplyId } from '../domain/ids.ts';

/** Job data by kind of queue. Ids travel, documents stay in MongoDB. */
export interface Jobs {
  /** One queue a channel. */
  poll: { readonly channelId: ChannelId; readonly depth: 'normal' | 'deep' };
  /** At most 100 ids. */
  classify: { readonly mentionIds: readonly MentionId[] };
  /** One queue a channel. */
  publish: { readonly replyId: ReplyId; readonly version: number };
  /** One delivery (webhook) that is stored. */
  receive: { readonly deliveryId: DeliveryId };
  /** Recurring jobs of schedules/. */
  upkeep: { readonly task: string };
  /** Minutes of arithmetic: apart from the upkeep, which waits for nobody. Without a run: the night's. */
  train: { readonly run?: string };
}
export type QueueKind = keyof Jobs;

export type Handler<Kind extends QueueKind> = (
  data: Jobs[Kind],
  context: { readonly log: Log; readonly signal: AbortSignal },
) => Promise<void>;

/** Name of a queue. It carries its own hash tag, so that a Redis Cluster spreads queues. */
function queueName(kind: QueueKind, channel?: ChannelId): string {
  return channel ? `{${kind}-${channel}}` : `{${kind}}`;
}

/** A queue as producers see it. */
export type JobQueue<Kind extends QueueKind> = Queue<Jobs[Kind], void>;

export interface QueueConnection {
  /** `maxRetriesPerRequest: null`, as BullMQ's workers need. */
  readonly redis: Redis;
  readonly prefix: string;
}

/** Longest wait of a producer for one answer. */
const producerWaitsMs = 3 * SECOND;

/** Opens a connection that comes back within a second of Redis' return (BullMQ's own strategy waits up to 20 s). */
export function openRedis(url: string, forWorkers: boolean): Redis {
  return new Redis(url, {
    maxRetriesPerRequest: forWorkers ? null : 1,
    enableOfflineQueue: forWorkers,
    // A peer that died without a word must not hang a poll: what cannot be queued in this time is found by the sweeper.
    ...(!forWorkers && { commandTimeout: producerWaitsMs }),
    retryStrategy: (times) => Math.min(50 * times, 1_000),
  });
}

const oldestRedis = [6, 2] as const;

/** @throws {ConfigError} when it is older than BullMQ's scripts need */
async function refuseOld(redis: Redis): Promise<void> {
  const version = /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? '0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldestRedis[0] || (major === oldestRedis[0] && minor >= oldestRedis[1])) return;
  throw new ConfigError(
    `Redis ${version} terlalu lama, perlu Valkey atau Redis ≥ ${oldestRedis.join('.')}. / Redis ${version} is too old, Valkey or Redis ≥ ${oldestRedis.join('.')} is needed.`,
  );
}

/** Waits for the first answer. @throws {ConfigError} when the queue's server does not answer within 10 s, or is too old */
export async function answersAtStart(redis: Redis): Promise<void> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, 10_000, false).unref());
  const ready = new Promise<true>((resolve) => {
    if (redis.status === 'ready') resolve(true);
    redis.once('ready', () => resolve(true));
  });
  if (await Promise.race([ready, late])) return refuseOld(redis);
  throw new ConfigError(
    'Valkey/Redis tidak menjawab; periksa REDIS_URL. / Valkey/Redis does not answer; check REDIS_URL.',
  );
}

/** Kept jobs cost memory, never facts: MongoDB is the truth. `age` in seconds, as BullMQ counts. */
const retention = {
  removeOnComplete: { age: 3_600, count: 1_000 },
  removeOnFail: { age: 7 * 24 * 3_600, count: 5_000 },
};

/** How often a job runs again by itself. The others have their own rhythm in the database. */
const attempts: Record<QueueKind, number> = {
  poll: 1,
  classify: 5,
  publish: 1,
  receive: 1,
  upkeep: 1,
  train: 1,
};

export function openQueue<Kind extends QueueKind>(
  connection: QueueConnection,
  kind: Kind,
  channel?: ChannelId,
): JobQueue<Kind> {
  const queue = new Queue<Jobs[Kind], void>(queueName(kind, channel), {
    connection: connection.redis,
    prefix: connection.prefix,
    defaultJobOptions: {
      attempts: attempts[kind],
      backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
      ...retention,
    },
  });
  // Without a listener a lost connection would end the process; the callers see their own failed call.
  queue.on('error', () => {});
  return queue;
}

export interface WorkerOptions {
  readonly concurrency: number;
  /** A killed worker's job runs again after about this long. */
  readonly lockMs: number;
  readonly log: Log;
  readonly clock: Clock;
}

/** A worker of ours: errors become what BullMQ understands, nowhere else. */
export function startWorker<Kind extends QueueKind>(
  connection: QueueConnection,
  kind: Kind,
  handler: Handler<Kind>,
  options: WorkerOptions,
  channel?: ChannelId,
): Worker<Jobs[Kind], void> {
  const log = options.log.child({ queue: queueName(kind, channel) });
  const stop = new AbortController();
  const worker = new Worker<Jobs[Kind], void>(
    queueName(kind, channel),
    async (job: Job<Jobs[Kind], void>, token?: string) => {
      try {
        await handler(job.data, { log: log.child({ jobId: job.id }), signal: stop.signal });
      } catch (error) {
        if (error instanceof RateLimitedError) {
          await job.moveToDelayed(options.clock.now().getTime() + error.retryAfterMs, token);
          throw new DelayedError(error.message);
        }
        if (error instanceof PermanentError) throw new UnrecoverableError(error.message);
        throw error;
      }
    },
    {
      connection: connection.redis,
      prefix: connection.prefix,
      concurrency: options.concurrency,
      lockDuration: options.lockMs,
      stalledInterval: Math.max(1_000, options.lockMs / 3),
    },
  );
  worker.on('closing', () => stop.abort());
  worker.on('error', (error) => log.debug('queue connection', { error: asError(error) }));
  worker.on('failed', (job, error) => {
    if (job && job.attemptsMade >= (job.opts.attempts ?? 1))
      log.error('job failed for good', { jobId: job.id, error });
  });
  return worker;
}
