import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { systemClock } from '../../core/clock.ts';
import type { ChannelConfig, Config } from '../../core/config.ts';
import { freePort } from '../../servers/ports.ts';
import { startFacebookSimulator } from '../../simulators/facebook/index.ts';
import { startInstagramSimulator } from '../../simulators/instagram/index.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { startWhatsappSimulator } from '../../simulators/whatsapp/index.ts';
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
  { name: 'whatsapp', agency: null, keywords: [], start: startWhatsappSimulator },
];

export interface SimulatedPlatforms extends AsyncDisposable {
  readonly simulators: readonly Simulator[];
  readonly channels: readonly ChannelConfig[];
  /** Lets the platforms deliver to our webhooks. @param which those that can only deliver, or all others */
  connect(api: URL, which: 'only-deliver' | 'also-deliver'): Promise<void>;
  /** Resolves when everything has been delivered. */
  delivered(): Promise<void>;
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
  const verifyToken = randomBytes(16).toString('hex');
  for (const seat of seats) {
    const port = await freePort(wished[seat.name]);
    const dir = path.join(config.home, 'simulators', seat.name);
    const simulator = await seat.start({ dir, port, clock: systemClock });
    ports[seat.name] = port;
    simulators.push(simulator);
    channels.push(channelOn(simulator, seat, verifyToken));
  }
  await writeFile(portsFile, JSON.stringify(ports));
  await writeFile(channelsFile(config), JSON.stringify(channels), { mode: 0o600 });
  return {
    simulators,
    channels,
    async connect(api, which) {
      for (const { platform, webhooks } of simulators) {
        if (!webhooks || deliversOnly(platform) !== (which === 'only-deliver')) continue;
        await webhooks.connect(new URL(`/webhooks/${platform}`, api), verifyToken);
      }
    },
    async delivered() {
      await Promise.all(simulators.map(({ webhooks }) => (webhooks?.isConnected ? webhooks.idle() : null)));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(simulators.map((simulator) => simulator[Symbol.asyncDispose]()));
    },
  };
}

/** There is nothing to poll: what is not delivered is not there. */
function deliversOnly(platform: Simulator['platform']): boolean {
  return platform === 'whatsapp';
}

function channelOn(
  simulator: Simulator,
  seat: Pick<Seat, 'agency' | 'keywords'>,
  verifyToken: string,
): ChannelConfig {
  const { appSecret = null, businessId } = simulator;
  return {
    platform: z.enum(['x', 'instagram', 'facebook', 'whatsapp']).parse(simulator.platform),
    account: simulator.account,
    agency: seat.agency,
    token: simulator.token,
    appId: null,
    appSecret,
    ...(simulator.webhooks && { verifyToken }),
    ...(businessId !== undefined && { businessId }),
    keywords: [...seat.keywords],
    limitMicros: simulator.platform === 'x' ? 50_000_000 : null,
    simulator: simulator.baseUrl.href,
  };
}
