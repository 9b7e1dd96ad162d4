import type { Clock } from '../core/clock.ts';
import type { ChannelConfig } from '../core/config.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Connector } from './connector.ts';
import { facebookConnector } from './facebook/index.ts';
import { instagramConnector } from './instagram/index.ts';
import { whatsappConnector } from './whatsapp/index.ts';
import { xConnector } from './x/index.ts';

type Open = (channelId: ChannelId, channel: ChannelConfig, deps: ConnectorDeps) => Connector;

export interface ConnectorDeps {
  readonly clock: Clock;
  /** False while the month's money is nearly used up: what costs more than mentions waits first. */
  readonly mayUseExtras: () => boolean;
}

const simulatorOf = ({ simulator }: ChannelConfig) =>
  simulator === null ? {} : { simulator: new URL(simulator) };

/** Every platform with a connector: a new one does not compile until it stands here. */
const open = {
  x: (channelId, channel, { clock, mayUseExtras }) =>
    xConnector({
      channelId,
      account: { id: channel.account.id, handle: channel.account.name },
      accessToken: async () => channel.token,
      clock,
      ...(channel.keywords.length > 0 && { search: { keywords: channel.keywords, mayRun: mayUseExtras } }),
      ...simulatorOf(channel),
    }),
  instagram: (channelId, channel, { clock }) =>
    instagramConnector({
      channelId,
      account: { id: channel.account.id, name: channel.account.name },
      accessToken: channel.token,
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
