import { MINUTE } from '../src/core/clock.ts';
import { ChannelBrokenError, RateLimitedError } from '../src/core/errors.ts';
import { type DeliveryId, mentionId, type PlatformId } from '../src/domain/ids.ts';
import type { SendReport } from '../src/domain/reply.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { rawText } from '../src/ingest/intake.ts';
import { sendReportDeps } from '../src/joins/send-reports.ts';
import type { Connector, Received } from '../src/platforms/connector.ts';
import { noteSendReport } from '../src/publish/send-report.ts';
import type { Handler } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';
import { findChannel, markBroken, noteReceived } from '../src/store/channels.ts';
import { findWaitingDelivery, postponeDelivery, settleDelivery } from '../src/store/deliveries.ts';
import { markDeleted, mentions } from '../src/store/mentions.ts';
import { noteNoticeReport } from '../src/store/notices.ts';
import { putInQuarantine } from '../src/store/quarantine.ts';
import { extendReplyWindow, replies } from '../src/store/replies.ts';
import { ingestDeps } from './ingest-deps.ts';
import { noteChangedMentions } from './outside-events.ts';

/** One delivery → stored mentions, settled replies. The store knows it already; a lost job is found by the sweeper. */
export function receiveHandler(services: Services): Handler<'receive'> {
  return async ({ deliveryId }, { signal }) => {
    await receiveDelivery(services, deliveryId, signal);
  };
}

/** When a platform refuses the calls that a delivery needs, and names no time. Nothing is lost meanwhile. */
const brokenWaitMs = 15 * MINUTE;

/** Citizens' messages in the delivery, and those of them that are new. */
interface Counted {
  readonly found: number;
  readonly added: number;
}
const nothing: Counted = { found: 0, added: 0 };

/**
 * Reads one stored delivery through the connectors of its platform. Safe to run again and side by side: posts have their
 * identity, reports only move forward.
 */
export async function receiveDelivery(
  services: Services,
  id: DeliveryId,
  signal: AbortSignal,
): Promise<Counted> {
  const { db } = services.database;
  const delivery = await findWaitingDelivery(db, id);
  if (!delivery) return nothing;
  const body = parsed(delivery.text);
  if (body === null) {
    await refuseWhole(services, id, delivery.text);
    return nothing;
  }
  const sum = { found: 0, added: 0 };
  const taken = new Set<number>();
  for (const connector of connectorsOf(services, delivery.platform)) {
    const received = await readBy(services, connector, id, body, signal);
    if (received === null) return sum;
    for (const place of received.ours) taken.add(place);
    const { found, added } = await takeIn(services, connector, received);
    sum.found += found;
    sum.added += added;
  }
  await quarantineForeign(services, delivery.platform, body, taken);
  await settleDelivery(db, id, 'done', services.clock.now());
  return sum;
}

/** @returns null when the platform must be asked again later; the delivery waits for that without counting as a try */
async function readBy(
  services: Services,
  connector: Receiving,
  id: DeliveryId,
  body: unknown,
  signal: AbortSignal,
): Promise<Received | null> {
  const { db } = services.database;
  const now = services.clock.now();
  try {
    return await connector.receive(body, signal);
  } catch (error) {
    const isBroken = error instanceof ChannelBrokenError;
    if (!isBroken && !(error instanceof RateLimitedError)) throw error;
    if (isBroken) await markBroken(db, connector.channelId, error, now);
    const wait = isBroken ? brokenWaitMs : error.retryAfterMs;
    await postponeDelivery(db, id, new Date(now.getTime() + wait));
    services.log.warn('delivery waits for the platform', { deliveryId: id, error });
    return null;
  }
}

type Receiving = Connector & Required<Pick<Connector, 'receive'>>;

function connectorsOf(services: Services, platform: PlatformId): Receiving[] {
  return [...services.connectors.values()].filter(
    (connector): connector is Receiving => connector.platform === platform && connector.receive !== undefined,
  );
}

async function takeIn(services: Services, connector: Receiving, received: Received): Promise<Counted> {
  const { db } = services.database;
  const { posts, rejected, removed, reports } = received;
  const channel = await findChannel(db, connector.channelId);
  if (!channel) throw new Error(`channel ${connector.channelId} is not in the database`);
  const counted = await ingest(ingestDeps(services), channel, { posts, rejected, delivered: true });
  for (const { threadNativeId, replyUntil } of posts) {
    const of = { channelId: channel._id, threadNativeId };
    if (replyUntil) await extendReplyWindow(replies(db), of, replyUntil);
  }
  if (!connector.poll) await noteReceived(db, channel._id, services.clock.now());
  const ids = removed.map((nativeId) => mentionId(connector.platform, nativeId));
  await noteChangedMentions(services, await markDeleted(mentions(db), ids, services.clock.now()));
  const deps = sendReportDeps(services);
  for (const report of reports) {
    if (!(await noteSendReport(deps, report))) await noteNotice(services, report);
    const { broken, words } = report;
    if (broken) await deps.channelBroke(channel._id, { reason: broken, platformWords: words ?? '' });
  }
  return counted;
}

/** A report on something that is no reply of ours: a notice, or a message sent from elsewhere. */
async function noteNotice(
  { database }: Services,
  { reference, state, words, at }: SendReport,
): Promise<void> {
  if (reference?.startsWith('n-'))
    await noteNoticeReport(database.db, reference, { failed: state === 'failed', words, at });
}

/** Entries about accounts that are not ours: kept where a person sees them, because a wrong account id looks like this. */
async function quarantineForeign(
  services: Services,
  platform: PlatformId,
  body: unknown,
  taken: ReadonlySet<number>,
): Promise<void> {
  const entries = entriesOf(body);
  const foreign = entries.filter((_, place) => !taken.has(place));
  await putInQuarantine(
    services.database.db,
    (entries.length === 0 ? [body] : foreign).map((raw) => ({
      source: `webhook-${platform}`,
      nativeId: null,
      reason: 'Kiriman tentang akun yang bukan kanal kita / about an account that is no channel of ours',
      raw: rawText(raw),
    })),
    services.clock.now(),
  );
}

function entriesOf(body: unknown): readonly unknown[] {
  const list = typeof body === 'object' && body !== null && 'entry' in body ? body.entry : null;
  return Array.isArray(list) ? list : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? null;
  } catch {
    return null;
  }
}

async function refuseWhole(services: Services, id: DeliveryId, raw: string): Promise<void> {
  const { db } = services.database;
  const now = services.clock.now();
  const reason = 'Bukan JSON / not JSON';
  await putInQuarantine(db, [{ source: 'webhook', nativeId: id, reason, raw: raw.slice(0, 65_536) }], now);
  await settleDelivery(db, id, 'done', now);
}
