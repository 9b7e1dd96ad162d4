import type { Clocks } from './cases/step.ts';
import type { LoadedClassifier } from './classify/load.ts';
import type { Clock } from './core/clock.ts';
import type { ChannelConfig, Config } from './core/config.ts';
import type { Log } from './core/log.ts';
import { projectRoot } from './core/root.ts';
import { OpenStack } from './core/stack.ts';
import type { WebhookDoor } from './domain/channel.ts';
import type { Authority } from './domain/classification.ts';
import type { Recipient } from './domain/forward.ts';
import { type ChannelId, channelId } from './domain/ids.ts';
import type { Letterhead } from './domain/office-lists.ts';
import type { TokenStore, Tokens } from './domain/tokens.ts';
import type { TemplateBook } from './draft/template-book.ts';
import type { Escalation } from './forward/remind.ts';
import { type KeptCurrent, keepCurrent } from './learn/keep-current.ts';
import type { Notifiers } from './notify/notifiers.ts';
import { openNotifiers } from './open-notifiers.ts';
import type { Connector } from './platforms/connector.ts';
import { openConnector, openOwnConnector, ownAccount } from './platforms/registry.ts';
import {
  answersAtStart,
  type JobQueue,
  openQueue,
  openRedis,
  type QueueConnection,
  type QueueKind,
} from './queues/queues.ts';
import { type LiveReference, openReference } from './reference/live.ts';
import type { Reference } from './reference/reference.ts';
import { siteBoard } from './site-board.ts';
import { addCost, ensureChannel } from './store/channels.ts';
import { type Database, openDatabase } from './store/database.ts';
import { learningSources } from './store/learning-sources.ts';
import { openStamped } from './store/meta.ts';
import { ensureSchema } from './store/schema.ts';
import { tokenStore } from './store/secrets.ts';

interface Queues {
  readonly classify: JobQueue<'classify'>;
  readonly upkeep: JobQueue<'upkeep'>;
  readonly receive: JobQueue<'receive'>;
  /** Channels that can be polled. */
  readonly poll: ReadonlyMap<ChannelId, JobQueue<'poll'>>;
  readonly publish: ReadonlyMap<ChannelId, JobQueue<'publish'>>;
  readonly train: JobQueue<'train'>;
}

export function everyQueue(queues: Queues): readonly JobQueue<QueueKind>[] {
  const { classify, upkeep, receive, train, poll, publish } = queues;
  return [classify, upkeep, receive, train, ...poll.values(), ...publish.values()] as JobQueue<QueueKind>[];
}

/** Everything that is opened once a process. The one place that joins MongoDB, Valkey, connectors and the classifier. */
export interface Services extends AsyncDisposable {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  /** Seals the audit log; never in the database. */
  readonly auditKey: string;
  /** Seals what must not be read in the database: 64 hex digits. */
  readonly secretKey: string;
  readonly connectors: ReadonlyMap<ChannelId, Connector>;
  /** Agency that owns the account, for channels that are not the regency's own. */
  readonly channelAgencies: ReadonlyMap<ChannelId, string>;
  /** Which platforms deliver to us, and how we know that it is them. */
  readonly webhookDoors: readonly WebhookDoor[];
  readonly queues: Queues;
  /** Channels whose month's money is nearly used up: what costs more than mentions waits there. */
  readonly tightBudgets: Set<ChannelId>;
  /** For workers; producers have their own connection, which fails fast. */
  readonly workerConnection: QueueConnection;
  readonly producerConnection: QueueConnection;
  readonly notifiers: Notifiers;
  /** From which delay a message counts as late; absent: as in life. */
  readonly lateAfterMs?: number;
  /** Our address as people outside reach it. */
  readonly publicUrl: string;
  /** The lists that people edit, and whether they changed. */
  readonly reference: LiveReference;
  // As the lists stand now: take them when they are used, not before.
  readonly classifier: LoadedClassifier;
  /** Brings {@link classifier} to what the office knows by now. */
  readonly learning: KeptCurrent;
  readonly templates: TemplateBook;
  readonly clocks: Clocks;
  /** Who is told of cases outside of Tanggap. */
  readonly recipients: readonly Recipient[];
  readonly escalation: Escalation;
  readonly letterhead: Letterhead;
  /** Words of harm that must not spread unconfirmed ("meninggal"). */
  readonly harmWords: readonly string[];
  readonly fillerWords: ReadonlySet<string>;
  readonly agencyNames: ReadonlyMap<string, string>;
  readonly subjectNames: ReadonlyMap<string, string>;
  readonly subjectNamesEn: ReadonlyMap<string, string>;
  /** Who owns the matters of each agency, by code. */
  readonly authorities: ReadonlyMap<string, Authority>;
}

export interface OpenOptions {
  readonly config: Config;
  readonly channels: readonly ChannelConfig[];
  readonly mongoUrl: string;
  readonly redisUrl: string;
  readonly auditKey: string;
  /** Seals the tokens in the database: 64 hex digits. */
  readonly secretKey: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Demo and tests: beside those that the database holds; the demo's are made for the agencies of the lists. */
  readonly recipients?: readonly Recipient[] | ((lists: Reference) => readonly Recipient[]);
  readonly mail?: Config['mail'];
  /** Demo: a message counts as late after this; absent: as in life. */
  readonly lateAfterMs?: number;
}

/**
 * Opens everything, or nothing: what was opened before a failure is closed again.
 * @throws {ConfigError} when a server cannot be used, or the database belongs to the other mode or to a newer program
 */
export async function openServices(options: OpenOptions): Promise<Services> {
  const opened = new OpenStack();
  try {
    return await openAll(options, opened);
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

async function openAll(options: OpenOptions, opened: OpenStack): Promise<Services> {
  const { config, clock, log, channels } = options;
  const database = opened.use(await openDatabase(options.mongoUrl, config.database));
  await openStamped(database.db, config.mode, clock.now());
  await ensureSchema(database.db);
  const reference = await openReference(database.db, projectRoot, log);
  await ensureChannels(database, options);

  const producer = openRedis(options.redisUrl, false);
  const forWorkers = openRedis(options.redisUrl, true);
  for (const connection of [producer, forWorkers]) {
    connection.on('error', (error) => log.debug('queue connection', { error }));
    opened.defer(async () => connection.disconnect());
  }
  await Promise.all([producer, forWorkers].map(answersAtStart));
  const connection = { redis: producer, prefix: config.queuePrefix };
  const tightBudgets = new Set<ChannelId>();
  const connectors = new Map(await openConnectors(database, options, tightBudgets));
  const notifiers = openNotifiers(database.db, options, connectors);
  const board = siteBoard(database, clock, notifiers);
  for (const platform of config.ownChannels)
    connectors.set(channelId(platform, ownAccount.name), openOwnConnector(platform, board));
  const ids = [...connectors.keys()];
  const pollable = ids.filter((id) => connectors.get(id)?.poll);
  const queues: Queues = {
    classify: openQueue(connection, 'classify'),
    upkeep: openQueue(connection, 'upkeep'),
    receive: openQueue(connection, 'receive'),
    train: openQueue(connection, 'train'),
    poll: new Map(pollable.map((id) => [id, openQueue(connection, 'poll', id)])),
    publish: new Map(ids.map((id) => [id, openQueue(connection, 'publish', id)])),
  };
  opened.defer(async () => {
    await Promise.all(everyQueue(queues).map((queue) => queue.close()));
  });
  return {
    config,
    clock,
    log,
    database,
    auditKey: options.auditKey,
    secretKey: options.secretKey,
    connectors,
    tightBudgets,
    channelAgencies: new Map(
      channels.flatMap((one) => (one.agency ? [[idOf(one), one.agency] as const] : [])),
    ),
    webhookDoors: doorsOf(channels),
    queues,
    producerConnection: connection,
    workerConnection: { redis: forWorkers, prefix: config.queuePrefix },
    notifiers,
    publicUrl: config.publicUrl ?? `http://127.0.0.1:${config.port}`,
    reference,
    learning: learningOf(reference, database.db, { clock, log }),
    ...(options.lateAfterMs !== undefined && { lateAfterMs: options.lateAfterMs }),
    get classifier() {
      return reference.current.trained();
    },
    get templates() {
      return reference.current.templates;
    },
    get clocks() {
      return reference.current.clocks;
    },
    get recipients() {
      const { recipients: given = [] } = options;
      const added = typeof given === 'function' ? given(reference.current) : given;
      return [...added, ...reference.current.recipients];
    },
    get escalation() {
      return reference.current.escalation;
    },
    get letterhead() {
      return reference.current.letterhead;
    },
    get fillerWords() {
      return reference.current.fillerWords;
    },
    get harmWords() {
      return reference.current.harmWords;
    },
    get agencyNames() {
      return reference.current.agencyNames;
    },
    get subjectNames() {
      return reference.current.subjectNames;
    },
    get subjectNamesEn() {
      return reference.current.subjectNamesEn;
    },
    get authorities() {
      return reference.current.authorities;
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

function learningOf(
  reference: LiveReference,
  db: Database['db'],
  { clock, log }: Pick<OpenOptions, 'clock' | 'log'>,
): KeptCurrent {
  return keepCurrent({
    classifier: () => reference.current.trained(),
    clock,
    log,
    ...learningSources(db),
  });
}

/** A door for each platform whose channels have what it needs: an app secret and a token for the handshake. */
function doorsOf(channels: readonly ChannelConfig[]): readonly WebhookDoor[] {
  const doors = new Map<string, WebhookDoor>();
  for (const { platform, appSecret, verifyToken } of channels) {
    if (appSecret === null || !verifyToken) continue;
    const appSecrets = new Set([...(doors.get(platform)?.appSecrets ?? []), appSecret]);
    doors.set(platform, { platform, appSecrets: [...appSecrets], verifyToken });
  }
  return [...doors.values()];
}

/** @throws {ConfigError} when stored tokens were sealed with another key */
async function openConnectors(
  { db }: Database,
  { channels, clock, log, secretKey: key }: OpenOptions,
  tightBudgets: ReadonlySet<ChannelId>,
): Promise<Services['connectors']> {
  const stores: TokenStore[] = [];
  const connectors = new Map(
    channels.map((channel) => {
      const id = idOf(channel);
      const tokens = (given: Tokens) => {
        const store = tokenStore({ db, key, clock }, id, given);
        stores.push(store);
        return store;
      };
      const spent = async (micros: number) => {
        if (micros > 0) await addCost(db, id, micros, clock.now());
      };
      const deps = {
        clock,
        tokens,
        mayUseExtras: () => !tightBudgets.has(id),
        spent: (micros: number) =>
          spent(micros).catch((error: unknown) =>
            log.error('cost not booked', { channelId: id, micros, error }),
          ),
      };
      return [id, openConnector(id, channel, deps)];
    }),
  );
  await Promise.all(stores.map((store) => store.read()));
  return connectors;
}

function idOf(channel: ChannelConfig): ChannelId {
  return channelId(channel.platform, channel.account.name);
}

/** In live mode sending is off until the superadmin turns it on. */
async function ensureChannels({ db }: Database, { config, channels, clock }: OpenOptions): Promise<void> {
  for (const channel of channels) {
    await ensureChannel(db, {
      _id: idOf(channel),
      platform: channel.platform,
      account: channel.account.name,
      agency: channel.agency,
      sending: config.mode === 'demo',
      startFrom: new Date(clock.now().getTime() - config.startFromMs),
      connectedAt: clock.now(),
      limitMicros: channel.limitMicros,
    });
  }
  for (const platform of config.ownChannels) {
    await ensureChannel(db, {
      _id: channelId(platform, ownAccount.name),
      platform,
      account: ownAccount.name,
      agency: null,
      sending: config.mode === 'demo',
      startFrom: new Date(0),
      connectedAt: clock.now(),
      limitMicros: null,
    });
  }
}
