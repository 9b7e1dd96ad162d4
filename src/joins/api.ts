import { createHmac } from 'node:crypto';
import { loginThrottle } from '../accounts/throttle.ts';
import { readTiles } from '../analyze/tiles.ts';
import type { ApiDeps } from '../api/deps.ts';
import { liveHub } from '../api/live/hub.ts';
import { publicLimits } from '../api/public/public-limits.ts';
import { asError } from '../core/errors.ts';
import { projectRoot } from '../core/root.ts';
import { queueBoard } from '../queues/board.ts';
import { everyQueue, type Services } from '../services.ts';
import { auditRecorder, verifyAudit } from '../store/audit.ts';
import { inTransaction } from '../store/database.ts';
import { readLeaderReport, readTrends } from './analysis.ts';
import { readHealth } from './channel-health.ts';
import { classifierPage } from './classifier-page.ts';
import { templatesFor, warningsFor, writeDraftAs } from './drafts.ts';
import { explainMention } from './explain.ts';
import { forwarding } from './forward.ts';
import { importFile, lookAtFile } from './import.ts';
import { readMetrics } from './metrics.ts';
import { readMapping } from './portals.ts';
import { readRecap } from './recap.ts';
import { reviewDeps } from './review.ts';
import { siteDeps } from './site.ts';
import { openTraining } from './training.ts';
import { webhookDeps } from './webhooks.ts';

/** How long a probe of /health/ready may take, in milliseconds. */
const probeWithin = 2_000;

async function answersInTime(ask: Promise<unknown>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, probeWithin, false).unref());
  return Promise.race([
    ask.then(
      () => true,
      () => false,
    ),
    late,
  ]);
}

/** What the API, the pages and the CLI's acts need, over the opened services. @param origins our own addresses */
export function apiDeps(services: Services, origins: readonly string[]): ApiDeps {
  const { config, clock, log, auditKey } = services;
  const { db, client } = services.database;
  const { redis } = services.producerConnection;
  const recordAudit = auditRecorder(db, auditKey);
  // Another key than the audit's, so that a hash of a name proves nothing about the chain.
  const key = createHmac('sha256', auditKey).update('names and addresses').digest('hex');
  return {
    db,
    transaction: inTransaction(client),
    recordAudit,
    clock,
    mode: config.mode,
    log,
    throttle: loginThrottle({ redis, prefix: config.queuePrefix, key }),
    key,
    // Another key than that of the channels' tokens.
    factorKey: createHmac('sha256', services.secretKey).update('second factors').digest('hex'),
    origins,
    proxyHeader: config.publicUrl === null ? null : 'x-real-ip',
    get clocks() {
      return services.clocks;
    },
    review: reviewDeps(services, recordAudit),
    composer: {
      write: (by, draft) => writeDraftAs(services, recordAudit, by, draft),
      templates: (one) => templatesFor(services, one),
      warnings: (one, text, templateId) => warningsFor(services, one, text, templateId),
    },
    readMedia: async (channel, media, signal) =>
      (await services.connectors.get(channel)?.media?.(media, signal)) ?? null,
    webhooks: webhookDeps(services),
    forwarding: forwarding(services),
    queueBoard: (under) => queueBoard(everyQueue(services.queues), under),
    live: liveHub({ db, log }),
    queueClassify: async (ids) => {
      const job = { mentionIds: [...ids] };
      await services.queues.classify
        .add('classify', job, { timestamp: clock.now().getTime() })
        .catch((error: unknown) =>
          log.warn('queue away, the sweeper will pick it up', { error: asError(error) }),
        );
    },
    site: siteDeps(services),
    readPortalMapping: readMapping,
    importing: {
      look: (file, portal, mapping) => lookAtFile(db, file, portal, mapping),
      take: (file, portal, options) => importFile(services, file, { source: portal, portal, ...options }),
    },
    readHealth: (channels) => readHealth(services, channels),
    publicLimits: publicLimits({ redis, prefix: config.queuePrefix, key }),
    readRecap: (period) => readRecap(services, period),
    readTrends: (filter) => readTrends({ db, clock, fillerWords: services.fillerWords }, filter),
    kecamatanTiles: readTiles(projectRoot),
    readLeaderReport: (period) => readLeaderReport({ db, clock }, period),
    classifier: classifierPage(services),
    explain: (mention) => explainMention(services, mention),
    training: config.mode === 'demo' ? openTraining(services) : null,
    verifyAudit: () => verifyAudit(db, auditKey),
    get letterhead() {
      return services.letterhead;
    },
    get agencyNames() {
      return services.agencyNames;
    },
    get authorities() {
      return services.authorities;
    },
    get subjectNames() {
      return services.subjectNames;
    },
    get subjectNamesEn() {
      return services.subjectNamesEn;
    },
    refreshReference: () => services.reference.refresh(),
    lists: () => services.reference,
    probes: {
      database: () => answersInTime(db.command({ ping: 1 })),
      queue: () => answersInTime(redis.ping()),
    },
    metrics: readMetrics(services),
  };
}
