import twitterText from 'twitter-text';
import type { Clock } from '../../core/clock.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Capability, ReplyTarget } from '../../domain/reply.ts';
import type { AccessToken } from '../access.ts';
import type { PollingConnector } from '../connector.ts';
import { fetchMedia } from '../media.ts';
import { xClients } from './client.ts';
import type { Account } from './found.ts';
import { searchQueries } from './keywords.ts';
import { inspectPost, inspectPosts, ownRepliesTo } from './look.ts';
import { pollPages } from './poll.ts';
import { readMeter, type Spent } from './price.ts';
import { probeAccount } from './probe.ts';
import { sendReply } from './send.ts';

export interface XConnectorOptions {
  readonly channelId: ChannelId;
  /** Our account: numeric user id, and handle without @. */
  readonly account: Account;
  readonly accessToken: AccessToken;
  readonly clock: Clock;
  /** Keyword search for posts that do not name us. Costs five times a mention; absent: off. */
  readonly search?: {
    readonly keywords: readonly string[];
    /** Asked before each poll: false while the budget is nearly used up. */
    readonly mayRun: () => boolean;
  };
  /** Told what each reply, look and probe cost; what polls cost stands in their pages. */
  readonly spent?: Spent;
  /** Where the simulator listens; demo mode only. */
  readonly simulator?: URL;
}

/** Weighted length by X's rules. Source: npm twitter-text 3.1.0, config v3. */
const longestReply = 280;

const byHand: Capability = {
  by: 'hand',
  reason: {
    id: 'X hanya menerima balasan lewat API bila penulisnya menyebut atau mengutip akun kita. Buka di X, balas di sana, lalu tandai sudah dijawab.',
    en: 'X takes a reply by API only when its author mentioned or quoted our account. Open it on X, answer there, then mark it as answered.',
  },
};

/** X API v2, by polling. Contract and choices: readme.md beside this file. */
export function xConnector(options: XConnectorOptions): PollingConnector {
  const { channelId, account, accessToken, clock, search } = options;
  const clients = xClients(options.simulator);
  const queries = searchQueries(search?.keywords ?? [], account.handle);
  const deps = {
    clients,
    account,
    accessToken,
    clock,
    charge: readMeter(clock),
    spent: options.spent ?? (async () => {}),
    searches: () => (search?.mayRun() ? queries : []),
  };
  return {
    platform: 'x',
    channelId,
    measure: (text) => ({ used: twitterText.parseTweet(text).weightedLength, limit: longestReply }),
    capability: (target: ReplyTarget) => (target.reach === 'mention' ? { by: 'api' } : byHand),
    poll: (cursors, pollOptions) => pollPages(deps, cursors, pollOptions),
    inspect: (target, signal) => inspectPost(deps, target, signal),
    inspectMany: (targets, signal) => inspectPosts(deps, targets, signal),
    ownReplies: (target, since, signal) => ownRepliesTo(deps, target, since, signal),
    reply: (send, signal) => sendReply(deps, send, signal),
    media: ({ url }, signal) =>
      fetchMedia(url ?? '', { hosts: ['pbs.twimg.com'], simulator: options.simulator }, signal),
    probe: (signal) => probeAccount(deps, signal),
    renewToken: async () => {
      await accessToken();
    },
  };
}
