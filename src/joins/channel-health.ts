import { DAY } from '../core/clock.ts';
import type { Channel } from '../domain/channel.ts';
import { type ChannelHealth, healthOf, rateDays } from '../domain/channel-health.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Services } from '../services.ts';
import { listChannels } from '../store/channels.ts';
import { mentions, messageRate } from '../store/mentions.ts';
import { endAlarms, raiseAlarm } from './alarms.ts';

/** How each channel fares, by the messages that came in and what its platform said. */
export async function readHealth(
  services: Services,
  channels: readonly Channel[],
): Promise<ReadonlyMap<ChannelId, ChannelHealth>> {
  const now = services.clock.now();
  const since = new Date(now.getTime() - rateDays * DAY);
  const all = mentions(services.database.db);
  const read = channels.map(async (channel) => {
    const pollEveryMs = services.queues.poll.has(channel._id) ? services.config.pollIntervalMs : null;
    const facts = { ...(await messageRate(all, channel._id, since)), pollEveryMs };
    return [channel._id, healthOf(channel, facts, now)] as const;
  });
  return new Map(await Promise.all(read));
}

/** Raises an alarm for each new trouble, and tells those who had it when it is over. */
export async function watchChannels(services: Services): Promise<void> {
  const { db } = services.database;
  for (const [channelId, { troubles }] of await readHealth(services, await listChannels(db))) {
    for (const trouble of troubles) {
      const isNews = await raiseAlarm(services, channelId, trouble);
      if (isNews) services.log.error('channel trouble', { channelId, kind: trouble.kind });
    }
    await endAlarms(
      services,
      channelId,
      troubles.map((trouble) => trouble.kind),
    );
  }
}
