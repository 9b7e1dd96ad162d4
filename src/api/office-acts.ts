import { DAY } from '../core/clock.ts';
import type { Channel } from '../domain/channel.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Act } from '../domain/policies.ts';
import type { User } from '../domain/user.ts';
import { listChannels, setChannelState, setSending } from '../store/channels.ts';
import type { InTransaction } from '../store/database.ts';
import { listIncidents } from '../store/incidents.ts';
import { readStopSwitch, type StopSwitch, setStopSwitch } from '../store/stop-switch.ts';
import { type ApiContext, allow, caller, notFound } from './context.ts';
import { channelView } from './views.ts';

type Asked = Pick<ApiContext, 'deps' | 'user'>;
type Session = Parameters<Parameters<InTransaction>[0]>[0];

async function rightTo(asked: Asked, act: Act): Promise<User> {
  return allow(asked, act, 'self.read', { id: act });
}

/** "Hentikan semua pengiriman". Holds when this returns, and is audited with it. */
export async function turnStopSwitch(asked: Asked, stopped: boolean): Promise<StopSwitch> {
  const user = await rightTo(asked, 'stop-switch.set');
  const { db, clock, transaction, recordAudit } = asked.deps;
  const [at, by] = [clock.now(), user._id];
  await transaction(async (session) => {
    await setStopSwitch(db, { stopped, by, at }, session);
    const act = stopped ? 'sending.stop' : 'sending.allow';
    await recordAudit({ at, by, act, subject: null, fields: {} }, session);
  });
  return readStopSwitch(db);
}

/** The channels that the caller sees: an agency's admin those of his agency and of the regency. */
async function seenChannels(asked: Asked): Promise<readonly Channel[]> {
  const user = caller(asked);
  const all = await listChannels(asked.deps.db);
  return all.filter((one) => user.role !== 'admin_opd' || one.agency === null || one.agency === user.agency);
}

/** Those channels with how they fare. */
export async function channelsOf(asked: Asked) {
  const seen = await seenChannels(asked);
  const health = await asked.deps.readHealth(seen);
  return seen.flatMap((one) => {
    const how = health.get(one._id);
    return how ? [channelView(one, how)] : [];
  });
}

/** Alarms on the channels that the caller sees, newest first. */
export async function incidentsOf(asked: Asked, from: Date | undefined, to: Date | undefined) {
  const now = asked.deps.clock.now();
  const until = to ?? new Date(now.getTime() + DAY);
  const seen = new Set((await seenChannels(asked)).map((one) => one._id));
  const found = await listIncidents(asked.deps.db, from ?? new Date(until.getTime() - 31 * DAY), until);
  return found.filter((one) => seen.has(one.channelId));
}

const channelChanges = {
  pause: (deps: Asked['deps'], id: ChannelId, session: Session) =>
    setChannelState(deps.db, id, 'paused', session),
  resume: (deps: Asked['deps'], id: ChannelId, session: Session) =>
    setChannelState(deps.db, id, 'ok', session),
  'sending-on': (deps: Asked['deps'], id: ChannelId, session: Session) =>
    setSending(deps.db, id, true, session),
  'sending-off': (deps: Asked['deps'], id: ChannelId, session: Session) =>
    setSending(deps.db, id, false, session),
} as const;
export type ChannelChange = keyof typeof channelChanges;

/** Writes the change and its audit entry together. @throws {RefusedError} `not-found` */
export async function changeChannel(asked: Asked, id: string, change: ChannelChange) {
  const user = await rightTo(asked, 'channel.manage');
  const { clock, transaction, recordAudit } = asked.deps;
  await transaction(async (session) => {
    if (!(await channelChanges[change](asked.deps, id as ChannelId, session))) throw notFound();
    const entry = { at: clock.now(), by: user._id, act: `channel.${change}`, subject: id, fields: {} };
    await recordAudit(entry, session);
  });
  const channel = (await channelsOf(asked)).find((one) => one._id === id);
  if (!channel) throw notFound();
  return channel;
}
