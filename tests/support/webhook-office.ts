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
import { openServices, type Services } from '../../src/services.ts';
import { startWhatsappSimulator, type WhatsappSimulator } from '../../src/simulators/whatsapp/index.ts';
import { auditRecorder } from '../../src/store/audit.ts';
import { waitingDeliveries } from '../../src/store/deliveries.ts';
import { mentions, waitingIds } from '../../src/store/mentions.ts';
import { findReply, replies } from '../../src/store/replies.ts';
import { classifyMentions } from '../../workers/classify.ts';
import { receiveDelivery } from '../../workers/receive.ts';
import { startTestServices } from './services.ts';

export const verifyToken = 'token-jabat-tangan-uji';
const writer = { id: 'penulis' as UserId, mayPublish: true };
const other = { id: 'orang.lain' as UserId, mayPublish: true };

export interface WebhookOffice extends AsyncDisposable {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly whatsapp: WhatsappSimulator;
  readonly services: Services;
  /** Where our API listens. */
  readonly api: URL;
  /** Waits until everything is delivered, then reads and classifies it; no queue. */
  work(): Promise<void>;
  /** Submitted by one person, approved and released by another, its hold over. */
  release(draft: Reply): Promise<Reply>;
  reply(id: Reply['_id']): Promise<Reply>;
}

function whatsappChannel(simulator: WhatsappSimulator, part: Partial<ChannelConfig> = {}): ChannelConfig {
  return {
    platform: 'whatsapp',
    account: simulator.account,
    businessId: simulator.businessId,
    agency: null,
    token: simulator.token,
    appId: null,
    appSecret: simulator.appSecret,
    verifyToken,
    keywords: [],
    limitMicros: null,
    simulator: simulator.baseUrl.href,
    ...part,
  };
}

/** The product with a simulated WhatsApp that delivers to its real API over HTTP; time is ours. */
export async function openWebhookOffice(
  options: { readonly channel?: Partial<ChannelConfig>; readonly mongoUrl?: string } = {},
): Promise<WebhookOffice> {
  const test = await startTestServices();
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-webhook-'));
  const clock = fixedClock('2026-11-24T03:00:00Z');
  const whatsapp = await startWhatsappSimulator({ dir, clock });
  const config = { ...readConfig({}, dir), database: test.db.databaseName, queuePrefix: test.queuePrefix };
  const services = await openServices({
    config,
    channels: [whatsappChannel(whatsapp, options.channel)],
    mongoUrl: options.mongoUrl ?? test.mongoUrl,
    redisUrl: test.redisUrl,
    auditKey: 'c'.repeat(64),
    secretKey: 'd'.repeat(64),
    clock,
    log: silentLog,
  });
  const { db } = services.database;
  const port = await freePort();
  const api = new URL(`http://127.0.0.1:${port}`);
  const listening = await serveApi(buildApi(apiDeps(services, [api.origin])), {
    hostname: '127.0.0.1',
    port,
  });
  await whatsapp.webhooks.connect(new URL('/webhooks/whatsapp', api), verifyToken);
  const found = async (id: Reply['_id']) => {
    const reply = await findReply(replies(db), id);
    if (!reply) throw new Error(`no reply ${id}`);
    return reply;
  };
  return {
    clock,
    whatsapp,
    services,
    api,
    reply: found,
    async work() {
      await whatsapp.webhooks.idle();
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
      await whatsapp[Symbol.asyncDispose]();
      await listening[Symbol.asyncDispose]();
      await services[Symbol.asyncDispose]();
      await test[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
