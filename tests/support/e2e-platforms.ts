import path from 'node:path';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import { ChannelConfig } from '../../src/core/config.ts';
import { type FacebookSimulator, startFacebookSimulator } from '../../src/simulators/facebook/index.ts';
import type { GraphSimulator } from '../../src/simulators/graph/start.ts';
import { startInstagramSimulator } from '../../src/simulators/instagram/index.ts';
import type { InstagramSwitches } from '../../src/simulators/instagram/state.ts';
import type { Simulator } from '../../src/simulators/simulator.ts';
import { startXSimulator, type XSimulator } from '../../src/simulators/x/index.ts';

/** The three simulated platforms, with what the product needs to know of them. */
export interface Platforms extends AsyncDisposable {
  readonly x: XSimulator;
  readonly instagram: GraphSimulator<InstagramSwitches>;
  readonly facebook: FacebookSimulator;
  readonly all: readonly Simulator[];
  readonly channels: readonly ChannelConfig[];
}

function channelOf(simulator: Simulator): ChannelConfig {
  return ChannelConfig.parse({
    platform: simulator.platform,
    account: simulator.account,
    agency: null,
    token: simulator.token,
    appId: null,
    appSecret: null,
    keywords: [],
    limitMicros: null,
    simulator: simulator.baseUrl.href,
  });
}

/** Posts and replies per window are counted higher than on the real X: minutes of the test are a month's work. */
const many = { app: 100_000, user: 100_000 };

export async function startPlatforms(dir: string, clock: Clock = systemClock): Promise<Platforms> {
  const x = await startXSimulator({
    dir: path.join(dir, 'x'),
    clock,
    limits: { mentions: many, timeline: many, lookup: many, create: many },
  });
  const instagram = await startInstagramSimulator({ dir: path.join(dir, 'instagram'), clock });
  const facebook = await startFacebookSimulator({ dir: path.join(dir, 'facebook'), clock });
  const all = [x, instagram, facebook];
  return {
    x,
    instagram,
    facebook,
    all,
    channels: all.map(channelOf),
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((simulator) => simulator[Symbol.asyncDispose]()));
    },
  };
}
