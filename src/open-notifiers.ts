import { type Clock, MINUTE } from './core/clock.ts';
import type { Config } from './core/config.ts';
import type { ChannelId } from './domain/ids.ts';
import { channelFault } from './domain/reply.ts';
import { mailSender } from './notify/mail.ts';
import type { Notifiers } from './notify/notifiers.ts';
import type { Connector } from './platforms/connector.ts';
import { findChannel, markBroken } from './store/channels.ts';
import type { Database } from './store/database.ts';

/** A notice whose channel is stopped is tried again so long after. */
const stoppedWaitMs = 15 * MINUTE;

/** The ways by which people outside are told, as far as they are set up. */
export function openNotifiers(
  db: Database['db'],
  { mail: given, config, clock }: { mail?: Config['mail']; config: Config; clock: Clock },
  connectors: ReadonlyMap<ChannelId, Connector>,
): Notifiers {
  const mail = given ?? config.mail;
  const whatsapp = [...connectors]
    .map(([id, { notify }]) => notify && onChannel(db, clock, id, notify))
    .find((one) => one !== undefined);
  return { ...(mail && { mail: mailSender(mail) }), ...(whatsapp && { whatsapp }) };
}

/** Nothing leaves on a channel that the platform has stopped, and a refusal of the channel itself stops it. */
function onChannel(
  db: Database['db'],
  clock: Clock,
  id: ChannelId,
  notify: NonNullable<Notifiers['whatsapp']>,
): NonNullable<Notifiers['whatsapp']> {
  return async (notice, signal) => {
    if ((await findChannel(db, id))?.state === 'broken')
      return { kind: 'not-now', reason: 'kanal berhenti', retryAfterMs: stoppedWaitMs };
    const outcome = await notify(notice, signal);
    const fault = channelFault(outcome);
    if (fault) await markBroken(db, id, fault, clock.now());
    return outcome;
  };
}
