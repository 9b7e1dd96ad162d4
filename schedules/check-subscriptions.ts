import { asError } from '../src/core/errors.ts';
import type { Services } from '../src/services.ts';
import { findChannel, noteRefusedFields } from '../src/store/channels.ts';
import type { Schedule } from './schedule.ts';

/**
 * Looks at each platform whether it still delivers to us, and subscribes again where it does not: Meta drops a
 * subscription after an hour of failed deliveries and tells nobody. Daily at 06.30 WIB, and at every start.
 */
export const checkSubscriptions: Schedule = {
  name: 'check-subscriptions',
  every: { cron: '30 6 * * *' },
  run: subscribeChannels,
};

/** Failures are told and not thrown: polling goes on without webhooks. */
export async function subscribeChannels(services: Services, signal: AbortSignal): Promise<void> {
  const delivering = new Set(services.webhookDoors.map(({ platform }) => platform));
  for (const [channelId, connector] of services.connectors) {
    if (!connector.subscribe || !delivering.has(connector.platform)) continue;
    const channel = await findChannel(services.database.db, channelId);
    if (channel?.state !== 'ok') continue;
    try {
      const { repaired, refused } = await connector.subscribe(signal);
      if (repaired.length > 0) services.log.warn('webhook subscription repaired', { channelId, repaired });
      const isNews = await noteRefusedFields(services.database.db, channelId, refused);
      if (isNews) services.log.info('webhook fields refused', { channelId, refused });
    } catch (error) {
      services.log.warn('webhook subscription could not be checked', { channelId, error: asError(error) });
    }
  }
}
