import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildApi } from '../../src/api/build-api.ts';
import { serveApi } from '../../src/api/serve-api.ts';
import { approve } from '../../src/approve/decide.ts';
import { release } from '../../src/approve/release.ts';
import { submit } from '../../src/approve/write.ts';
import { fixedClock, MINUTE } from '../../src/core/clock.ts';
import { type ChannelConfig, readConfig } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import type { UserId } from '../../src/domain/ids.ts';
import type { Reply } from '../../src/domain/reply.ts';
import { apiDeps } from '../../src/joins/api.ts';
import { reviewDeps } from '../../src/joins/review.ts';
import { freePort } from '../../src/servers/ports.ts';
import { type OpenOptions, openServices, type Services } from '../../src/services.ts';
import { type FacebookSimulator, startFacebookSimulator } from '../../src/simulators/facebook/index.ts';
import { startInstagramSimulator } from '../../src/simulators/instagram/index.ts';
import type { Simulator } from '../../src/simulators/simulator.ts';
import { startWhatsappSimulator, type WhatsappSimulator } from '../../src/simulators/whatsapp/index.ts';
import { auditRecorder } from '../../src/store/audit.ts';
import { waitingDeliveries } from '../../src/store/deliveries.ts';
import { waitingIds } from '../../src/store/mention-work.ts';
import { mentions } from '../../src/store/mentions.ts';
import { findReply, replies } from '../../src/store/replies.ts';
import { classifyMentions } from '../../workers/classify.ts';
import { receiveDelivery } from '../../workers/receive.ts';
import { startTestServices } from './services.ts';

type InstagramSimulator = Awaited<ReturnType<typeof startInstagramSimulator>>;

export const verifyToken = 'token-jabat-tangan-uji';
const writer = { id: 'penulis' as UserId, mayPublish: true };
const other = { id: 'orang.lain' as UserId, mayPublish: true };

export interface WebhookOffice extends AsyncDisposable {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly whatsapp: WhatsappSimulator;
  readonly facebook: FacebookSimulator;
  readonly instagram: InstagramSimulator;
  readonly services: Services;
  /** How the services were opened, for another process of the office. */
  readonly address: {
    readonly mongoUrl: string;
    readonly redisUrl: string;
    readonly database: string;
    readonly key: string;
    readonly channels: readonly ChannelConfig[];
  };
  /** Where our API listens. */
  readonly api: URL;
  /** Waits until everything is delivered, then reads and classifies it; no queue. */
  work(): Promise<void>;
  /** Submitted by one person, approved and released by another, its hold over. */
  release(draft: Reply): Promise<Reply>;
  reply(id: Reply['_id']): Promise<Reply>;
}

function channelOn(simulator: Simulator, part: Partial<ChannelConfig> = {}): ChannelConfig {
  const { appSecret = null, businessId } = simulator;
  return {
    platform: simulator.platform as ChannelConfig['platform'],
    account: simulator.account,
    ...(businessId !== undefined && { businessId }),
    agency: null,
    token: simulator.token,
    appId: null,
    appSecret,
    verifyToken,
    keywords: [],
    limitMicros: null,
    simulator: simulator.baseUrl.href,
    ...part,
  };
}

/** The product with Meta's three platforms, simulated, which deliver to its real API over HTTP; time is ours. */
export async function openWebhookOffice(
  options: {
    readonly channel?: Partial<ChannelConfig>;
    readonly mongoUrl?: string;
    readonly open?: Pick<OpenOptions, 'recipients' | 'mail'>;
  } = {},
): Promise<WebhookOffice> {
  const test = await startTestServices();
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-webhook-'));
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const whatsapp = await startWhatsappSimulator({ dir: path.join(dir, 'w'), clock });
  const facebook = await startFacebookSimulator({ dir: path.join(dir, 'f'), clock });
  const instagram = await startInstagramSimulator({ dir: path.join(dir, 'i'), clock });
  const simulators = [whatsapp, facebook, instagram];
  const config = { ...readConfig({}, dir), database: test.db.databaseName, queuePrefix: test.queuePrefix };
  const address: WebhookOffice['address'] = {
    mongoUrl: options.mongoUrl ?? test.mongoUrl,
    redisUrl: test.redisUrl,
    database: config.database,
    key: 'c'.repeat(64),
    channels: [channelOn(whatsapp, options.channel), channelOn(facebook), channelOn(instagram)],
  };
  const services = await openServices({
    ...address,
    config,
    auditKey: address.key,
    secretKey: address.key,
    clock,
    log: silentLog,
    ...options.open,
  });
  const { db } = services.database;
  const port = await freePort();
  const api = new URL(`http://127.0.0.1:${port}`);
  const listening = await serveApi(buildApi(apiDeps(services, [api.origin])), {
    hostname: '127.0.0.1',
    port,
  });
  for (const { platform, webhooks } of simulators)
    await webhooks.connect(new URL(`/webhooks/${platform}`, api), verifyToken);
  const found = async (id: Reply['_id']) => {
    const reply = await findReply(replies(db), id);
    if (!reply) throw new Error(`no reply ${id}`);
    return reply;
  };
  return {
    clock,
    whatsapp,
    facebook,
    instagram,
    services,
    address,
    api,
    reply: found,
    async work() {
      for (const { webhooks } of simulators) await webhooks.idle();
      for (const id of await waitingDeliveries(db, 1_000))
        await receiveDelivery(services, id, AbortSignal.timeout(30_000));
      await classifyMentions(services, await waitingIds(mentions(db), 1_000));
    },
    async release(draft) {
      const deps = reviewDeps(services, auditRecorder(db, services.auditKey));
      const { reply: submitted } = await submit(deps, draft._id, draft.version, writer);
      const approved = await approve(deps, submitted._id, submitted.version, other);
      const released = await release(deps, approved._id, approved.version, other);
      clock.advance(MINUTE);
      return released;
    },
    async [Symbol.asyncDispose]() {
      for (const simulator of simulators) await simulator[Symbol.asyncDispose]();
      await listening[Symbol.asyncDispose]();
      await services[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
