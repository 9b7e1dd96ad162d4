import type { Clock } from '../../core/clock.ts';
import { ChannelBrokenError, PermanentError } from '../../core/errors.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Media } from '../../domain/mention.ts';
import type { Connector, MediaFile, Probe, Subscribed } from '../connector.ts';
import { type GraphClient, graphClient } from '../graph/client.ts';
import { throwTrouble, troubleOf } from '../graph/errors.ts';
import { readObject } from '../graph/listing.ts';
import { measureCodePoints } from '../graph/measure.ts';
import { fetchMedia } from '../media.ts';
import { readDelivery } from './receive.ts';
import { MediaLink, PhoneNumber, Subscriptions } from './schema.ts';
import { capabilityOf, longestText, longestVariable, sendNotice, sendReply } from './send.ts';

export interface WhatsappConnectorOptions {
  readonly channelId: ChannelId;
  /** Phone number id, the name that people know, and the business account (WABA) above it. */
  readonly account: { readonly id: string; readonly name: string; readonly businessId: string };
  /** Of a system user with whatsapp_business_messaging and whatsapp_business_management. */
  readonly accessToken: string;
  readonly appSecret?: string;
  /** Approved utility template with one variable, for answers after the 24-hour window. */
  readonly answerTemplate?: string;
  readonly clock: Clock;
  /** Demo and tests only: a simulator on this machine. */
  readonly simulator?: URL;
  /** Longest wait for one answer (Default: 15 s). */
  readonly timeoutMs?: number;
}

/** One number on the WhatsApp Cloud API (v26.0). It lists nothing, it only delivers. Contract: readme.md beside this file. */
export function whatsappConnector(options: WhatsappConnectorOptions): Connector {
  const { account, channelId, clock } = options;
  const client = graphClient({ ...options, host: 'https://graph.facebook.com' });
  const answerTemplate = options.answerTemplate ?? null;
  const deps = { client, clock, phoneNumberId: account.id, answerTemplate };
  const limit = answerTemplate === null ? longestText : longestVariable;
  return {
    platform: 'whatsapp',
    channelId,
    // With a template the answer must also fit into its variable: nobody knows at drafting when it will be approved.
    measure: (text) => measureCodePoints(text, limit),
    capability: (target) => capabilityOf(deps, target),
    receive: async (delivery) => readDelivery(account, delivery),
    reply: (send, signal) => sendReply(deps, send, signal),
    notify: (notice, signal) => sendNotice(deps, notice, signal),
    media: (media, signal) => openMedia(client, options, media, signal),
    probe: (signal) => probe(client, account, signal),
    subscribe: (signal) => subscribe(client, account.businessId, signal),
  };
}

/** Links live five minutes, so each look asks for a fresh one. Source: Cloud API, "Media". */
async function openMedia(
  client: GraphClient,
  { account, accessToken, simulator }: WhatsappConnectorOptions,
  { id }: Media,
  signal: AbortSignal,
): Promise<MediaFile> {
  if (id === null || !/^\d{1,40}$/.test(id)) throw new PermanentError('no media id');
  const { body } = await client.get([id], { phone_number_id: account.id }, signal);
  const { url } = readObject(MediaLink, body);
  return fetchMedia(url, { hosts: ['lookaside.fbsbx.com'], simulator, token: accessToken }, signal);
}

async function probe(
  client: GraphClient,
  { id, name }: WhatsappConnectorOptions['account'],
  signal: AbortSignal,
): Promise<Probe> {
  const fields = 'id,display_phone_number,verified_name,quality_rating';
  const { body } = await client.get([id], { fields }, signal);
  const number = readObject(PhoneNumber, body);
  if (number.id !== id) {
    throw new ChannelBrokenError('the token sees another number', 'token', `${number.id} ≠ ${id}`);
  }
  const bad = number.quality_rating === 'RED';
  return {
    account: { id, name: number.verified_name || name },
    expiresAt: null,
    warnings: bad
      ? [
          'Mutu nomor WhatsApp MERAH: kurangi pesan templat. / The number’s quality is RED: send fewer templates.',
        ]
      : [],
  };
}

/** Without this our app gets nothing of the business account, and says so nowhere. */
async function subscribe(client: GraphClient, businessId: string, signal: AbortSignal): Promise<Subscribed> {
  const path = [businessId, 'subscribed_apps'];
  const { body } = await client.get(path, {}, signal);
  if (readObject(Subscriptions, body).data.length > 0) return { repaired: [], refused: [] };
  const answer = await client.post(path, {}, signal);
  if (troubleOf(answer)) throwTrouble(answer);
  return { repaired: ['langganan webhook WhatsApp dipasang / webhook subscription installed'], refused: [] };
}
