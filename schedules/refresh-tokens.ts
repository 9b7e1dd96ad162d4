import { HOUR } from '../src/core/clock.ts';
import { asError, ChannelBrokenError } from '../src/core/errors.ts';
import { findChannel, markBroken } from '../src/store/channels.ts';
import type { Schedule } from './schedule.ts';

/**
 * Renews the tokens that end by themselves, also of channels that a person has paused. Every hour: an access token of X
 * lives two. A platform that refuses for good breaks the channel, with one alarm; what is broken is not asked again.
 */
export const refreshTokens: Schedule = {
  name: 'refresh-tokens',
  every: { ms: HOUR },
  async run(services, signal) {
    const { db } = services.database;
    for (const [channelId, connector] of services.connectors) {
      const channel = await findChannel(db, channelId);
      if (!connector.renewToken || !channel || channel.state === 'broken') continue;
      try {
        await connector.renewToken(signal);
      } catch (error) {
        if (!(error instanceof ChannelBrokenError)) {
          services.log.warn('token not renewed', { channelId, error: asError(error) });
          continue;
        }
        const isNews = await markBroken(db, channelId, error, services.clock.now());
        if (isNews) services.log.error('channel broken', { channelId, reason: error.reason });
      }
    }
  },
};
