import type { PlatformId } from '../../domain/ids.ts';
import type { DemoItem } from './demo-item.ts';
import type { Register } from './phrases/common.ts';
import { type Random, seededRandom } from './random.ts';
import { momentOfDay, startOfWibDay, wetness, wibDay } from './shape.ts';
import { topicsOn, type WeightedTopics, type Wording, worded } from './wording.ts';

/** A channel that citizens use to write to the office alone. */
interface OfficeChannel {
  readonly platform: Extract<PlatformId, 'whatsapp' | 'website' | 'sp4n' | 'laporgub' | 'sapamas'>;
  /** Messages a day, on average. */
  readonly perDay: number;
  readonly registers: readonly { readonly weight: number; readonly register: Register }[];
  /** Reports are forms: nobody fills one in to chat or to praise. */
  readonly reportsOnly: boolean;
  readonly author: (random: Random, place: string) => string;
}

const formal = [
  { weight: 80, register: 'formal' },
  { weight: 20, register: 'casual' },
] as const;

const portal = (
  platform: 'sp4n' | 'laporgub' | 'sapamas',
  perDay: number,
  prefix: string,
): OfficeChannel => ({
  platform,
  perDay,
  registers: formal,
  reportsOnly: true,
  // Its own tracking id; the day and the place on it keep it unique.
  author: (_, place) => `${prefix}${place}`,
});

/** More on WhatsApp than on all portals together, as the regencies around report it. */
const channels: readonly OfficeChannel[] = [
  {
    platform: 'whatsapp',
    perDay: 2.2,
    registers: [
      { weight: 35, register: 'casual' },
      { weight: 45, register: 'javanese' },
      { weight: 20, register: 'formal' },
    ],
    reportsOnly: false,
    author: (random) => `wa-sim-1${String(random.int(0, 999)).padStart(3, '0')}`,
  },
  {
    platform: 'website',
    perDay: 1.1,
    registers: formal,
    reportsOnly: true,
    author: (random) => `Warga situs ${random.int(1, 400)} (sim)`,
  },
  portal('sapamas', 0.9, 'SAPAMAS-B'),
  portal('sp4n', 0.7, 'SP4N-SIM-B'),
  portal('laporgub', 0.5, 'LG-SIM-B'),
];

function wording(channel: OfficeChannel, today: WeightedTopics, random: Random): Wording {
  const { register } = random.weighted(channel.registers);
  let said = worded(register, today, random);
  // A form is always about something; a handful of draws always finds it.
  for (let draw = 0; draw < 20 && channel.reportsOnly && said.topic === null; draw += 1)
    said = worded(register, today, random);
  return said;
}

function* ofDay(options: Options, day: number): Generator<DemoItem> {
  const { seed, from, to } = options;
  const today = topicsOn(wetness(seed, day));
  const items: DemoItem[] = [];
  for (const channel of channels) {
    // Numbers of its own for each channel and day, so that a longer range begins with the same days.
    const random = seededRandom(`${seed}/${channel.platform}/${day}`);
    const whole = Math.floor(channel.perDay);
    const count = whole + (random.chance(channel.perDay - whole) ? 1 : 0);
    for (let index = 0; index < count; index += 1) {
      const at = new Date(startOfWibDay(day) + momentOfDay(random));
      const { text } = wording(channel, today, random);
      const author = channel.author(random, `${day}${index}`);
      if (at < from || at >= to || !options.platforms.includes(channel.platform)) continue;
      items.push({
        key: `k-${channel.platform}-${day}-${index}`,
        platform: channel.platform,
        author,
        account: null,
        text,
        at,
        parentKey: null,
        quotedKey: null,
        asVisitor: false,
      });
    }
  }
  yield* items.sort((one, other) => one.at.getTime() - other.at.getTime());
}

interface Options {
  readonly seed: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Those that have a simulator. */
  readonly platforms: readonly PlatformId[];
}

/** What citizens write to the office alone, oldest first; the same options give the same sequence. */
export function* officeChannelItems(options: Options): Generator<DemoItem> {
  for (let day = wibDay(options.from); startOfWibDay(day) < options.to.getTime(); day += 1)
    yield* ofDay(options, day);
}
