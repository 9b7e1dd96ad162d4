import type { Clock } from '../../core/clock.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Capability, ReplyTarget } from '../../domain/reply.ts';
import type { OwnLook, OwnReply, PollingConnector, TargetNow } from '../connector.ts';
import { type GraphClient, graphClient } from '../graph/client.ts';
import { directCapability, isPrivateWay, privateReplyUntil, sendDirect } from '../graph/direct.ts';
import { GoneError } from '../graph/errors.ts';
import { hidingBy } from '../graph/hide.ts';
import { parseItems, readObject, wholeSecond } from '../graph/listing.ts';
import { measureCodePoints } from '../graph/measure.ts';
import { mediaHosts } from '../graph/media-hosts.ts';
import { sendOnce } from '../graph/outcome.ts';
import { followNext } from '../graph/run.ts';
import { ensureSubscribed } from '../graph/subscription.ts';
import { fetchMedia } from '../media.ts';
import { commentId, lastSegment, type OwnPage } from './found.ts';
import { pollFacebook } from './poll.ts';
import { probeFacebook } from './probe.ts';
import { receiveFacebook, subscribedFields } from './receive.ts';
import { commentFields, FacebookComment } from './schema.ts';

export interface FacebookConnectorOptions {
  readonly channelId: ChannelId;
  /** The Page. */
  readonly account: OwnPage;
  /** The Page's own token; a person's token sees no comments (probe finds out). */
  readonly accessToken: string;
  readonly appId?: string;
  readonly appSecret?: string;
  readonly clock: Clock;
  /** Demo and tests only: a simulator on this machine. */
  readonly simulator?: URL;
  /** Longest wait for one answer (Default: 15 s). */
  readonly timeoutMs?: number;
}

/** Longest comment that the site itself takes; Meta's reference names none [U]. */
const REPLY_LIMIT = 8_000;

/** One Facebook Page (Graph API v26.0). Contract: readme.md beside this file. */
export function facebookConnector(options: FacebookConnectorOptions): PollingConnector {
  const { account: page, clock, accessToken, appId, appSecret, channelId } = options;
  const host = 'https://graph.facebook.com';
  const client = graphClient({ ...options, host });
  const appToken = appId !== undefined && appSecret !== undefined ? `${appId}|${appSecret}` : null;
  const { simulator, timeoutMs } = options;
  const appClient =
    appToken === null ? null : graphClient({ host, accessToken: appToken, simulator, timeoutMs });
  return {
    platform: 'facebook',
    channelId,
    measure: (text) => measureCodePoints(text, REPLY_LIMIT),
    capability: (target) => (isPrivateWay(target) ? directCapability(target, clock) : capabilityOf(target)),
    privateReplyUntil,
    receive: (delivery, signal) => receiveFacebook({ client, page }, delivery, signal),
    subscribe: (signal) => ensureSubscribed(client, page.id, { fields: subscribedFields }, signal),
    poll: (cursors, pollOptions) => pollFacebook({ client, clock, page }, cursors, pollOptions),
    inspect: (target, signal) => inspect(client, target, signal),
    ownReplies: (target, since, signal) => ownReplies({ client, page }, target, since, signal),
    reply: ({ target, text }, signal) => {
      if (isPrivateWay(target)) return sendDirect(client, page.id, { target, text }, signal);
      const accepted = (id: string) => {
        const nativeId = commentId(topOf(target), id);
        return { kind: 'accepted', nativeId, url: `https://www.facebook.com/${nativeId}` } as const;
      };
      return sendOnce({ client, accepted }, [target.nativeId, 'comments'], text, signal);
    },
    hiding: hidingBy(client, 'is_hidden'),
    media: ({ url }, signal) =>
      fetchMedia(url ?? '', { hosts: mediaHosts, simulator: options.simulator }, signal),
    probe: (signal) => probeFacebook({ client, appClient, accessToken, page, clock }, signal),
  };
}

/** The post's own number: a comment's id starts with it, a post's id ends with it. */
function topOf({ reach, nativeId }: ReplyTarget): string {
  return reach === 'visitor-post'
    ? lastSegment(nativeId)
    : nativeId.slice(0, Math.max(0, nativeId.indexOf('_')));
}

function capabilityOf(target: ReplyTarget): Capability {
  if (target.hidden) {
    return {
      by: 'hand',
      reason: {
        id: 'Komentar ini disembunyikan; jawaban di bawahnya tidak akan terlihat. Jawablah langsung di Facebook.',
        en: 'This comment is hidden; nobody would see an answer under it. Answer in Facebook.',
      },
    };
  }
  if (['comment', 'comment-reply', 'visitor-post'].includes(target.reach)) return { by: 'api' };
  return {
    by: 'hand',
    reason: {
      id: 'Halaman hanya ditandai di kiriman orang lain; Facebook tidak menjamin balasan lewat API. Jawablah langsung di Facebook.',
      en: 'The Page is only tagged in somebody else’s post; a reply through the API is not assured. Answer in Facebook.',
    },
  };
}

async function inspect(client: GraphClient, target: ReplyTarget, signal: AbortSignal): Promise<TargetNow> {
  if (target.reach === 'private') return { state: 'unseen' };
  try {
    const { body } = await client.get(
      [target.nativeId],
      { fields: 'id,message,created_time,is_hidden' },
      signal,
    );
    const { message, is_hidden } = readObject(FacebookComment, body);
    return { state: 'present', text: message, hidden: is_hidden, latestNativeId: target.nativeId };
  } catch (error) {
    if (error instanceof GoneError) return { state: 'gone' };
    throw error;
  }
}

async function ownReplies(
  { client, page }: { readonly client: GraphClient; readonly page: OwnPage },
  target: ReplyTarget,
  since: Date,
  signal: AbortSignal,
): Promise<OwnLook> {
  if (isPrivateWay(target)) return { replies: [], completeFrom: since };
  const get = (path: readonly string[], params: Parameters<GraphClient['get']>[1]) =>
    client.get(path, params, signal);
  const params = { filter: 'toplevel', order: 'reverse_chronological', fields: commentFields, limit: 100 };
  const found: OwnReply[] = [];
  try {
    for await (const { items } of followNext({ get }, [landingPlace(page, target), 'comments'], params)) {
      const { fits } = parseItems(items, FacebookComment);
      for (const { item } of fits) {
        if (item.from?.id !== page.id || item.postedAt < wholeSecond(since)) continue;
        const { message: text, postedAt, permalink_url } = item;
        found.push({
          nativeId: commentId(topOf(target), item.id),
          text,
          url: permalink_url ?? null,
          postedAt,
        });
      }
    }
  } catch (error) {
    if (!(error instanceof GoneError)) throw error;
  }
  return { replies: found, completeFrom: since };
}

/** Where an answer to the target stands: under a second-level comment nothing can, it lands under the top one. */
function landingPlace(page: OwnPage, { nativeId, reach, parentNativeId }: ReplyTarget): string {
  const isSecondLevel = reach === 'comment-reply' && parentNativeId !== null && !isPost(page, parentNativeId);
  return isSecondLevel ? parentNativeId : nativeId;
}

function isPost(page: OwnPage, id: string): boolean {
  return id.startsWith(`${page.id}_`);
}
