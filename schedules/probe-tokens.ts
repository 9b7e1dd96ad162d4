import { asError, ChannelBrokenError } from '../src/core/errors.ts';
import { findChannel, markBroken, noteProbe } from '../src/store/channels.ts';
import type { Schedule } from './schedule.ts';

/**
 * Asks each platform whether our token still works and how long. Daily at 06.15 WIB, before the office opens: Meta gives
 * no notice when a token dies.
 */
export const probeTokens: Schedule = {
  name: 'probe-tokens',
  every: { cron: '15 6 * * *' },
  async run(services, signal) {
    const { db } = services.database;
    for (const [channelId, connector] of services.connectors) {
      const channel = await findChannel(db, channelId);
      if (channel?.state !== 'ok') continue;
      try {
        const probe = await connector.probe(signal);
        const { expiresAt, warnings } = probe;
        await noteProbe(db, channelId, { at: services.clock.now(), expiresAt, warnings });
        if (probe.warnings.length > 0)
          services.log.warn('channel warnings', { channelId, warnings: probe.warnings });
      } catch (error) {
        if (error instanceof ChannelBrokenError) {
          await markBroken(db, channelId, error, services.clock.now());
          services.log.error('channel broken', { channelId, reason: error.reason });
        } else services.log.warn('token probe failed', { channelId, error: asError(error) });
      }
    }
  },
};
