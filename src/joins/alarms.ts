import { platformNames } from '../analyze/platform-names.ts';
import { roleWords } from '../api/contract/words.ts';
import type { Trouble } from '../domain/channel-health.ts';
import type { Notice } from '../domain/forward.ts';
import type { ChannelId } from '../domain/ids.ts';
import { spokenTime } from '../draft/fill.ts';
import { alarmNotices, alarmText } from '../forward/alarms.ts';
import type { NoticeText } from '../forward/words.ts';
import type { Services } from '../services.ts';
import { findChannel } from '../store/channels.ts';
import { inTransaction } from '../store/database.ts';
import {
  closeIncident,
  endedIncidents,
  findIncident,
  isOpenAlready,
  openIncident,
  renewIncident,
} from '../store/incidents.ts';
import { addNotices, endAlarm } from '../store/notices.ts';

/**
 * One alarm for one trouble, whoever sees it first and however often: in the app, and by the ways of those who see to
 * channels, all or nothing.
 * @returns true when it is news
 */
export async function raiseAlarm(
  services: Services,
  channelId: ChannelId,
  trouble: Trouble,
): Promise<boolean> {
  const { client, db } = services.database;
  if (await renewIncident(db, channelId, trouble)) return false;
  const now = services.clock.now();
  const { alarms } = services.escalation;
  const to = services.recipients.filter(({ role }) => role === alarms.role);
  try {
    await inTransaction(client)(async (session) => {
      const incident = await openIncident(db, channelId, trouble, now, session);
      await addNotices(db, alarmNotices('gangguan', incident, to, alarms, now), now, session);
    });
    return true;
  } catch (error) {
    if (isOpenAlready(error)) return false;
    throw error;
  }
}

/** Ends the channel's alarms on what is no trouble any more; who had one hears of its end. */
export async function endAlarms(
  services: Services,
  channelId: ChannelId,
  still: readonly Trouble['kind'][],
): Promise<void> {
  const { client, db } = services.database;
  const now = services.clock.now();
  for (const incident of await endedIncidents(db, channelId, still)) {
    await inTransaction(client)(async (session) => {
      if (!(await closeIncident(db, incident._id, now, session))) return;
      const told = await endAlarm(db, incident._id, session);
      const notices = alarmNotices('pulih', incident, told, services.escalation.alarms, now);
      await addNotices(db, notices, now, session);
    });
  }
}

/** The words of an alarm, or of its end, when it is sent. */
export async function textOfAlarm({ database }: Services, notice: Notice): Promise<NoticeText | null> {
  const incident = await findIncident(database.db, notice.incidentId ?? '');
  const channel = incident && (await findChannel(database.db, incident.channelId));
  if (!channel) return null;
  const { words, todo, who, openedAt, closedAt } = incident;
  return alarmText({
    channel: `${platformNames.get(channel.platform) ?? channel.platform} ${channel.account}`,
    words: words.id,
    todo: todo.id,
    who: roleWords.id[who],
    since: spokenTime(openedAt),
    until: notice.kind === 'pulih' ? spokenTime(closedAt ?? openedAt) : null,
  });
}
