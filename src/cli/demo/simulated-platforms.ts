import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { systemClock } from '../../core/clock.ts';
import type { ChannelConfig, Config } from '../../core/config.ts';
import { freePort } from '../../servers/ports.ts';
import { startFacebookSimulator } from '../../simulators/facebook/index.ts';
import { startInstagramSimulator } from '../../simulators/instagram/index.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { startXSimulator } from '../../simulators/x/index.ts';
import { channelsFile } from '../open.ts';

/** A simulator with what the office's channel on it is. */
interface Seat {
  readonly name: string;
  readonly agency: string | null;
  readonly keywords: readonly string[];
  readonly start: (options: { dir: string; port: number; clock: typeof systemClock }) => Promise<Simulator>;
}

/** X is searched for posts that do not name us; a word in X's query is a whole word. */
const keywords = ['jatiyoso', 'karangpandan', 'kemuning'];

const seats: readonly Seat[] = [
  { name: 'x', agency: null, keywords, start: startXSimulator },
  { name: 'instagram', agency: null, keywords: [], start: startInstagramSimulator },
  {
    name: 'instagram-rsud',
    agency: 'RSUD',
    keywords: [],
    start: (options) =>
      startInstagramSimulator({ ...options, account: { id: '17841400000000002', name: 'rsud.kra.sim' } }),
  },
  { name: 'facebook', agency: null, keywords: [], start: startFacebookSimulator },
];

export interface SimulatedPlatforms extends AsyncDisposable {
  readonly simulators: readonly Simulator[];
  readonly channels: readonly ChannelConfig[];
}

const Ports = z.record(z.string(), z.number().int());

/** The ports of the last start, so that a bookmarked `/sim` stays where it was. */
async function lastPorts(file: string): Promise<Record<string, number>> {
  try {
    return Ports.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}

/** Starts every simulator on its own data and notes where it listens, for workers and for `tanggap sim`. */
export async function startSimulatedPlatforms(config: Config): Promise<SimulatedPlatforms> {
  const portsFile = path.join(config.home, 'simulator-ports.json');
  const wished = await lastPorts(portsFile);
  const ports: Record<string, number> = {};
  const simulators: Simulator[] = [];
  const channels: ChannelConfig[] = [];
  for (const seat of seats) {
    const port = await freePort(wished[seat.name]);
    const dir = path.join(config.home, 'simulators', seat.name);
    const simulator = await seat.start({ dir, port, clock: systemClock });
    ports[seat.name] = port;
    simulators.push(simulator);
    channels.push(channelOn(simulator, seat));
  }
  await writeFile(portsFile, JSON.stringify(ports));
  await writeFile(channelsFile(config), JSON.stringify(channels), { mode: 0o600 });
  return {
    simulators,
    channels,
    async [Symbol.asyncDispose]() {
      await Promise.all(simulators.map((simulator) => simulator[Symbol.asyncDispose]()));
    },
  };
}

function channelOn(simulator: Simulator, seat: Pick<Seat, 'agency' | 'keywords'>): ChannelConfig {
  return {
    platform: z.enum(['x', 'instagram', 'facebook']).parse(simulator.platform),
    account: simulator.account,
    agency: seat.agency,
    token: simulator.token,
    appId: null,
    appSecret: null,
    keywords: [...seat.keywords],
    limitMicros: simulator.platform === 'x' ? 50_000_000 : null,
    simulator: simulator.baseUrl.href,
  };
}
