import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sweepReplies } from '../../schedules/sweep-replies.ts';
import { DAY, fixedClock } from '../../src/core/clock.ts';
import { type ChannelConfig, readConfig } from '../../src/core/config.ts';
import { RateLimitedError } from '../../src/core/errors.ts';
import type { Log } from '../../src/core/log.ts';
import type { ChannelId, ReplyId } from '../../src/domain/ids.ts';
import type { PollResult } from '../../src/ingest/poll.ts';
import { publishDeps } from '../../src/joins/publish.ts';
import { publish } from '../../src/publish/publish.ts';
import type { PublishDeps } from '../../src/publish/publish-deps.ts';
import { openServices, type Services } from '../../src/services.ts';
import { waitingIds } from '../../src/store/mention-work.ts';
import { mentions } from '../../src/store/mentions.ts';
import { dueReleased } from '../../src/store/outbox.ts';
import { replies } from '../../src/store/replies.ts';
import { classifyMentions } from '../../workers/classify.ts';
import { pollOnce } from '../../workers/poll.ts';
import { type Desk, openDesk } from './e2e-desk.ts';
import { type Platforms, startPlatforms } from './e2e-platforms.ts';
import { startTestServices } from './services.ts';

/** How the services of an office were opened, for a second process of it. */
export interface OfficeAddress {
  readonly mongoUrl: string;
  readonly redisUrl: string;
  readonly database: string;
  readonly queuePrefix: string;
  readonly channels: readonly ChannelConfig[];
}

/** The whole product in this process over three simulators; nothing runs by itself, and time is ours. */
export interface Office extends AsyncDisposable {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly platforms: Platforms;
  readonly services: Services;
  readonly desk: Desk;
  readonly address: OfficeAddress;
  readonly log: {
    readonly level: string;
    readonly message: string;
    readonly fields?: Record<string, unknown>;
  }[];
  /** One tick of the schedule for one channel. `waits`: the platform named a time; null: not asked at all. */
  poll(channel: ChannelId): Promise<PollResult | 'waits' | null>;
  pollAll(): Promise<void>;
  classify(): Promise<void>;
  /** Messages that are sure to open a case with a draft, `count` on each platform; polled and classified. */
  complain(count: number): Promise<void>;
  /** Sends what is released and due, all at once. */
  send(deps?: PublishDeps): Promise<void>;
  /** Sweeps, looks and sends for so long, in steps of half a minute, until no reply waits for the machine. */
  workOff(forMs: number): Promise<void>;
}

/** The same in every process of an office. */
export const officeAuditKey = 'd'.repeat(64);

/** The channels that are polled; the website and the portals bring their messages themselves. */
export function channelIds({ services }: Pick<Office, 'services'>): readonly ChannelId[] {
  return [...services.connectors].filter(([, connector]) => connector.poll).map(([id]) => id);
}

export async function openOffice(options: { readonly startFromDays?: number } = {}): Promise<Office> {
  const test = await startTestServices();
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-office-'));
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const platforms = await startPlatforms(dir, clock);
  const { mongoUrl, redisUrl, queuePrefix } = test;
  const database = test.db.databaseName;
  const address = { mongoUrl, redisUrl, database, queuePrefix, channels: platforms.channels };
  const log: Office['log'] = [];
  const startFromMs = (options.startFromDays ?? 35) * DAY;
  const services = await openServices({
    ...address,
    config: { ...readConfig({}, dir), database, queuePrefix, startFromMs },
    secretKey: 'd'.repeat(64),
    auditKey: officeAuditKey,
    clock,
    log: keptLog(log),
  });
  const { db } = services.database;
  const all = replies(db);
  let complaints = 0;

  const office: Office = {
    clock,
    platforms,
    services,
    desk: openDesk(services),
    address,
    log,
    poll: (channel) =>
      pollOnce(services, channel, 'normal', AbortSignal.timeout(60_000)).catch((error: unknown) => {
        if (error instanceof RateLimitedError) return 'waits' as const;
        throw error;
      }),
    async pollAll() {
      for (const id of channelIds(office)) await office.poll(id);
    },
    async classify() {
      for (;;) {
        const ids = await waitingIds(mentions(db), 100);
        if (ids.length === 0) return;
        await classifyMentions(services, ids);
      }
    },
    async complain(count) {
      for (let index = 0; index < count; index += 1) {
        complaints += 1;
        for (const simulator of platforms.all) {
          const name = simulator.platform === 'x' ? '@aduankra_sim ' : '';
          const text = `${name}lampu penerangan jalan di Papahan gang ${complaints} mati sejak seminggu, mohon diperbaiki`;
          simulator.write({ author: `warga_${simulator.platform}_${complaints}`, text });
        }
        clock.advance(1_000);
      }
      await office.pollAll();
      await office.classify();
    },
    async send(deps = publishDeps(services)) {
      const due = await dueReleased(all, clock.now(), 1_000);
      await Promise.all(due.map(({ _id, version }) => publish(deps, _id, version)));
    },
    async workOff(forMs) {
      const end = clock.now().getTime() + forMs;
      const moving = { state: { $in: ['released', 'sending', 'unknown'] as const } };
      while (clock.now().getTime() < end) {
        await sweepReplies.run(services, new AbortController().signal);
        await office.send();
        if ((await all.countDocuments({ state: { $in: [...moving.state.$in] } })) === 0) return;
        clock.advance(30_000);
      }
    },
    async [Symbol.asyncDispose]() {
      await services[Symbol.asyncDispose]();
      await platforms[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return office;
}

function keptLog(lines: Office['log']): Log {
  const at = (level: string) => (message: string, fields?: Record<string, unknown>) =>
    void lines.push({ level, message, ...(fields && { fields }) });
  return {
    debug() {},
    info() {},
    warn: at('warn'),
    error: at('error'),
    child: () => keptLog(lines),
  };
}

/** How many replies are in which state. */
export async function statesOf(office: Office, ids?: readonly ReplyId[]): Promise<Record<string, number>> {
  const found = await replies(office.services.database.db)
    .find(ids ? { _id: { $in: [...ids] } } : {})
    .toArray();
  const counts: Record<string, number> = {};
  for (const { state } of found) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
