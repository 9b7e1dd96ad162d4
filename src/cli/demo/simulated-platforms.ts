import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { systemClock } from '../../core/clock.ts';
import type { ChannelConfig, Config, OwnPlatform } from '../../core/config.ts';
import { projectRoot } from '../../core/root.ts';
import { freePort } from '../../servers/ports.ts';
import { storyPhotos } from '../../simulators/demo/story.ts';
import { startFacebookSimulator } from '../../simulators/facebook/index.ts';
import { startInstagramSimulator } from '../../simulators/instagram/index.ts';
import { type PortalSimulator, startPortalSimulator } from '../../simulators/portal/index.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { startWebsiteSimulator, type WebsiteSimulator } from '../../simulators/website/index.ts';
import { startWhatsappSimulator } from '../../simulators/whatsapp/index.ts';
import { startXSimulator } from '../../simulators/x/index.ts';
import { channelsFile } from '../open.ts';

/** A simulated platform with an API, with what the office's channel on it is. */
interface Seat {
  readonly name: string;
  readonly agency: string | null;
  readonly keywords: readonly string[];
  readonly start: (options: SeatOptions) => Promise<Simulator>;
}

interface SeatOptions {
  readonly dir: string;
  readonly port: number;
  readonly clock: typeof systemClock;
  /** Somebody wrote on its page, and it delivers nothing by itself. */
  readonly onChange: () => void;
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
  { name: 'whatsapp', agency: null, keywords: [], start: startWhatsappWithPhotos },
];

/** Its files are in memory: the story's photos are put there at each start. */
async function startWhatsappWithPhotos(options: SeatOptions): Promise<Simulator> {
  const whatsapp = await startWhatsappSimulator(options);
  for (const [id, file] of storyPhotos) {
    const bytes = await readFile(path.join(projectRoot, 'fixtures', file));
    whatsapp.media.set(id, { type: 'image/jpeg', bytes });
  }
  return whatsapp;
}

export interface SimulatedPlatforms extends AsyncDisposable {
  readonly simulators: readonly Simulator[];
  readonly channels: readonly ChannelConfig[];
  /** Lets the platforms deliver to our webhooks. @param which those that can only deliver, or all others */
  connect(api: URL, which: 'only-deliver' | 'also-deliver'): Promise<void>;
  /** Lets the regency's site hand its reports over. @param key of the website's intake */
  connectSite(api: URL, key: string): void;
  /** Hears of channels whose platform delivers nothing, when somebody wrote on its page. */
  onWritten(listener: (channel: ChannelConfig) => void): void;
  /** Resolves when everything has been delivered, handed over or exported. */
  delivered(): Promise<void>;
}

const Ports = z.record(z.string(), z.number().int());

/** Where the demo keeps its simulators' ports, by seat. */
export function portsFile(config: Config): string {
  return path.join(config.home, 'simulator-ports.json');
}

/** The ports of the last start, so that a bookmarked `/sim` stays where it was. */
export async function lastPorts(file: string): Promise<Record<string, number>> {
  try {
    return Ports.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}

/** Starts every simulator on its own data and notes where it listens, for workers and for `tanggap sim`. */
export async function startSimulatedPlatforms(config: Config): Promise<SimulatedPlatforms> {
  const wished = await lastPorts(portsFile(config));
  const ports: Record<string, number> = {};
  const verifyToken = randomBytes(16).toString('hex');
  /** Where it listened the last time, and its own folder. */
  const seated = async (name: string) => {
    const port = await freePort(wished[name]);
    ports[name] = port;
    return { dir: path.join(config.home, 'simulators', name), port, clock: systemClock };
  };
  const simulators: Simulator[] = [];
  const channels: ChannelConfig[] = [];
  let written: (channel: ChannelConfig) => void = () => {};
  for (const seat of seats) {
    const simulator = await seat.start({ ...(await seated(seat.name)), onChange: () => written(channel) });
    const channel = channelOn(simulator, seat, verifyToken);
    simulators.push(simulator);
    channels.push(channel);
  }
  const own = await startOwn(config, seated);
  simulators.push(...own.portals, ...own.sites);
  await writeFile(portsFile(config), JSON.stringify(ports));
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
    connectSite(api, key) {
      for (const site of own.sites) site.connect(api, key);
    },
    onWritten(listener) {
      written = listener;
    },
    async delivered() {
      await Promise.all(simulators.map(({ webhooks }) => (webhooks?.isConnected ? webhooks.idle() : null)));
      await Promise.all(own.sites.map((site) => site.idle()));
      await Promise.all(own.portals.map((portal) => portal.exported()));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(simulators.map((simulator) => simulator[Symbol.asyncDispose]()));
    },
  };
}

/** What has no API: the regency's own site, and the portals, whose exports go into the watched folder. */
async function startOwn(
  { ownChannels, importDir }: Config,
  seated: (name: OwnPlatform) => Promise<{ dir: string; port: number; clock: typeof systemClock }>,
): Promise<{ readonly sites: readonly WebsiteSimulator[]; readonly portals: readonly PortalSimulator[] }> {
  const sites: WebsiteSimulator[] = [];
  const portals: PortalSimulator[] = [];
  for (const platform of ownChannels) {
    const options = await seated(platform);
    if (platform === 'website') sites.push(await startWebsiteSimulator(options));
    else portals.push(await startPortalSimulator(platform, { ...options, exportTo: importDir }));
  }
  return { sites, portals };
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
