import type { Clock } from '../core/clock.ts';
import type { ChannelConfig, OwnPlatform } from '../core/config.ts';
import { type ChannelId, channelId } from '../domain/ids.ts';
import type { TokenStore, Tokens } from '../domain/tokens.ts';
import type { AccessToken } from './access.ts';
import type { Connector } from './connector.ts';
import { facebookConnector } from './facebook/index.ts';
import { instagramConnector } from './instagram/index.ts';
import { portalConnector } from './portal/index.ts';
import { type SiteBoard, websiteConnector } from './website/index.ts';
import { whatsappConnector } from './whatsapp/index.ts';
import { refreshedAccess } from './x/access.ts';
import { xConnector } from './x/index.ts';

type Open = (channelId: ChannelId, channel: ChannelConfig, deps: ConnectorDeps) => Connector;

export interface ConnectorDeps {
  readonly clock: Clock;
  /** False while the month's money is nearly used up: what costs more than mentions waits first. */
  readonly mayUseExtras: () => boolean;
  /** Books what a call cost, in millionths of a US dollar; never throws. What polls cost stands in their pages. */
  readonly spent: (micros: number) => Promise<void>;
  /** Where the channel's tokens are kept. @param given those of the environment: the first ones */
  readonly tokens: (given: Tokens) => TokenStore;
}

const simulatorOf = ({ simulator }: ChannelConfig) =>
  simulator === null ? {} : { simulator: new URL(simulator) };

/** With a refresh token and the app's own credentials the token renews itself; else it is what it is. */
function xAccess(channel: ChannelConfig, { clock, tokens }: ConnectorDeps): AccessToken {
  const { refreshToken = null, client = null } = channel.renewal ?? {};
  if (refreshToken === null || client === null) return async () => channel.token;
  const store = tokens({ accessToken: channel.token, refreshToken, expiresAt: null });
  return refreshedAccess({ store, client, clock, ...simulatorOf(channel) });
}

function storedTokens(channel: ChannelConfig, open: ConnectorDeps['tokens']) {
  if (!channel.renewal) return { accessToken: channel.token };
  const tokens = open({ accessToken: channel.token, refreshToken: null, expiresAt: null });
  return { accessToken: async () => (await tokens.read()).accessToken, tokens };
}

/** Every platform with a connector: a new one does not compile until it stands here. */
const open = {
  x: (channelId, channel, deps) =>
    xConnector({
      channelId,
      account: { id: channel.account.id, handle: channel.account.name },
      accessToken: xAccess(channel, deps),
      clock: deps.clock,
      spent: deps.spent,
      ...(channel.keywords.length > 0 && {
        search: { keywords: channel.keywords, mayRun: deps.mayUseExtras },
      }),
      ...simulatorOf(channel),
    }),
  instagram: (channelId, channel, { clock, tokens }) =>
    instagramConnector({
      channelId,
      account: { id: channel.account.id, name: channel.account.name },
      ...storedTokens(channel, tokens),
      clock,
      ...(channel.appSecret !== null && { appSecret: channel.appSecret }),
      ...simulatorOf(channel),
    }),
  facebook: (channelId, channel, { clock }) =>
    facebookConnector({
      channelId,
      account: { id: channel.account.id, name: channel.account.name },
      accessToken: channel.token,
      clock,
      ...(channel.appId !== null && { appId: channel.appId }),
      ...(channel.appSecret !== null && { appSecret: channel.appSecret }),
      ...simulatorOf(channel),
    }),
  whatsapp: (channelId, channel, { clock }) =>
    whatsappConnector({
      channelId,
      account: { id: channel.account.id, name: channel.account.name, businessId: channel.businessId ?? '' },
      accessToken: channel.token,
      clock,
      ...(channel.answerTemplate !== undefined && { answerTemplate: channel.answerTemplate }),
      ...(channel.appSecret !== null && { appSecret: channel.appSecret }),
      ...simulatorOf(channel),
    }),
} satisfies Record<ChannelConfig['platform'], Open>;

export function openConnector(channelId: ChannelId, channel: ChannelConfig, deps: ConnectorDeps): Connector {
  const opener: Open = open[channel.platform];
  return opener(channelId, channel, deps);
}

/** The office's account on a channel without credentials: its own name. */
export const ownAccount = { id: 'karanganyar', name: 'karanganyar' } as const;

/** A channel without credentials. @param board the tracking page, for the website */
export function openOwnConnector(platform: OwnPlatform, board: SiteBoard): Connector {
  const options = { channelId: channelId(platform, ownAccount.name), account: ownAccount };
  return platform === 'website'
    ? websiteConnector({ ...options, board })
    : portalConnector({ ...options, platform });
}
