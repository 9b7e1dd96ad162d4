import type { Clock } from '../../core/clock.ts';
import { ChannelBrokenError } from '../../core/errors.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Capability, ReplyTarget } from '../../domain/reply.ts';
import type { TokenStore } from '../../domain/tokens.ts';
import type { AccessToken } from '../access.ts';
import type { OwnLook, OwnReply, PollingConnector, Probe, TargetNow } from '../connector.ts';
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
import { isOwn, type OwnAccount } from './found.ts';
import { pollInstagram } from './poll.ts';
import { receiveInstagram, subscription } from './receive.ts';
import { InstagramComment, InstagramMe, InstagramMedia, replyFields } from './schema.ts';
import { tokenRenewal } from './token.ts';

export interface InstagramConnectorOptions {
  readonly channelId: ChannelId;
  readonly account: OwnAccount;
  /** Instagram user token of the account (Instagram Login), 60 days. */
  readonly accessToken: string | AccessToken;
  /** Where it is kept; with this the connector renews it. */
  readonly tokens?: TokenStore;
  readonly appSecret?: string;
  readonly clock: Clock;
  /** Demo and tests only: a simulator on this machine. */
  readonly simulator?: URL;
  /** Longest wait for one answer (Default: 15 s). */
  readonly timeoutMs?: number;
}

/**
 * Longest reply. Meta's reference states none; 300 is from the retired api.instagram.com and safe, the app's own limit of
 * captions is 2,200 [U].
 */
const REPLY_LIMIT = 300;

/** One professional account on Instagram (Graph API v26.0, Instagram Login). Contract: readme.md beside this file. */
export function instagramConnector(options: InstagramConnectorOptions): PollingConnector {
  const { account, clock } = options;
  const client = graphClient({ ...options, host: 'https://graph.instagram.com' });
  return {
    platform: 'instagram',
    channelId: options.channelId,
    measure: (text) => measureCodePoints(text, REPLY_LIMIT),
    capability: (target) => (isPrivateWay(target) ? directCapability(target, clock) : capabilityOf(target)),
    privateReplyUntil,
    receive: (delivery, signal) => receiveInstagram({ client, account }, delivery, signal),
    subscribe: (signal) => ensureSubscribed(client, account.id, subscription, signal),
    poll: (cursors, pollOptions) => pollInstagram({ client, clock, account }, cursors, pollOptions),
    inspect: (target, signal) => inspect(client, target, signal),
    ownReplies: (target, since, signal) => ownReplies({ client, account }, target, since, signal),
    reply: ({ target, text }, signal) => {
      if (isPrivateWay(target)) return sendDirect(client, account.id, { target, text }, signal);
      const accepted = (nativeId: string) => ({ kind: 'accepted', nativeId, url: null }) as const;
      return sendOnce({ client, accepted }, [target.nativeId, 'replies'], text, signal);
    },
    hiding: hidingBy(client, 'hide'),
    media: ({ url }, signal) =>
      fetchMedia(url ?? '', { hosts: mediaHosts, simulator: options.simulator }, signal),
    probe: (signal) => probe({ client, account }, signal),
    ...(options.tokens && { renewToken: tokenRenewal(options, options.tokens) }),
  };
}

const byHand = (id: string, en: string): Capability => ({ by: 'hand', reason: { id, en } });

/** Source: Instagram Platform, "IG Comment Replies": only to top-level comments that are not hidden. */
function capabilityOf(target: ReplyTarget): Capability {
  if (target.hidden) {
    return byHand(
      'Instagram tidak menerima balasan untuk komentar yang disembunyikan.',
      'This comment is hidden; Instagram takes no reply to a hidden comment.',
    );
  }
  if (target.reach === 'comment') return { by: 'api' };
  if (target.reach === 'comment-reply') {
    return byHand(
      'Ini balasan di bawah komentar lain. Lewat API, jawaban akan muncul di bawah komentar teratas, bukan di bawah pesan ini. Jawablah langsung di Instagram dengan menyebut nama akunnya.',
      'This answers another comment. Through the API the answer would stand under the top comment. Answer in Instagram and name the account.',
    );
  }
  return byHand(
    'Instagram tidak menyediakan balasan lewat API untuk kiriman yang hanya menandai akun. Jawablah langsung di Instagram.',
    'Instagram offers no reply through the API where the account is only tagged. Answer in Instagram.',
  );
}

async function inspect(client: GraphClient, target: ReplyTarget, signal: AbortSignal): Promise<TargetNow> {
  if (target.reach === 'private') return { state: 'unseen' };
  const isTag = target.reach === 'tag';
  try {
    const { body } = await client.get(
      [target.nativeId],
      { fields: isTag ? 'id,caption,timestamp' : 'id,text,timestamp,hidden' },
      signal,
    );
    const now = isTag ? readObject(InstagramMedia, body) : readObject(InstagramComment, body);
    const text = 'text' in now ? now.text : now.caption;
    return { state: 'present', text, hidden: 'hidden' in now && now.hidden, latestNativeId: target.nativeId };
  } catch (error) {
    if (error instanceof GoneError) return { state: 'gone' };
    throw error;
  }
}

/** All of our own replies in the target's thread: Instagram hangs every answer under the top comment. */
async function ownReplies(
  { client, account }: { readonly client: GraphClient; readonly account: OwnAccount },
  target: ReplyTarget,
  since: Date,
  signal: AbortSignal,
): Promise<OwnLook> {
  // Replies to other people's media cannot be read, nor private conversations.
  if (target.reach === 'tag' || isPrivateWay(target)) return { replies: [], completeFrom: since };
  const get = (path: readonly string[], params: Parameters<GraphClient['get']>[1]) =>
    client.get(path, params, signal);
  const found: OwnReply[] = [];
  try {
    for await (const page of followNext({ get }, [target.threadNativeId, 'replies'], {
      fields: replyFields,
      limit: 50,
    })) {
      for (const { item } of parseItems(page.items, InstagramComment).fits) {
        const username = item.from?.username ?? item.username ?? null;
        if (!isOwn(account, item.from?.id, username) || item.postedAt < wholeSecond(since)) continue;
        found.push({ nativeId: item.id, text: item.text, url: null, postedAt: item.postedAt });
      }
    }
  } catch (error) {
    if (!(error instanceof GoneError)) throw error;
  }
  return { replies: found, completeFrom: since };
}

async function probe(
  { client, account }: { readonly client: GraphClient; readonly account: OwnAccount },
  signal: AbortSignal,
): Promise<Probe> {
  const { body } = await client.get(['me'], { fields: 'user_id,username' }, signal);
  const me = readObject(InstagramMe, body);
  if (me.user_id !== account.id) {
    const words = `@${me.username} (${me.user_id}) ≠ ${account.id}`;
    throw new ChannelBrokenError('the token belongs to another account', 'account', words);
  }
  const warnings =
    me.username.toLowerCase() === account.name.toLowerCase()
      ? []
      : [`Nama akun sekarang @${me.username}, di pengaturan @${account.name}. / The username has changed.`];
  // Reading comments needs a permission of its own: this call says so now rather than at the first poll.
  await client.get([account.id, 'media'], { fields: 'id,comments_count', limit: 1 }, signal);
  // Instagram tells nobody until when a token lives (60 days from its last refresh).
  return { account: { id: me.user_id, name: me.username }, expiresAt: null, warnings };
}
