import { DAY, HOUR } from '../../core/clock.ts';
import { type Random, seededRandom } from './random.ts';

/** WIB has no daylight saving. */
const wibOffset = 7 * HOUR;

/** Days since 1970 as people in Karanganyar count them. */
export function wibDay(at: Date): number {
  return Math.floor((at.getTime() + wibOffset) / DAY);
}

export function startOfWibDay(day: number): number {
  return day * DAY - wibOffset;
}

/** Sunday first. People write less when they are off. */
const weekdayMood = [-0.8, 0.7, 0.5, 0.3, 0.2, 0.1, -0.7] as const;

function weekday(day: number): number {
  return (day + 4) % 7;
}

/** How wet a day is, 0 (dry) to 1 (pouring). Neighbouring days are alike: rain comes in spells. */
export function wetness(seed: string, day: number): number {
  const drop = (of: number): number => seededRandom(`${seed}/rain/${of}`).next();
  const blend = 0.5 * drop(day) + 0.3 * drop(day - 1) + 0.2 * drop(day - 2);
  return Math.min(1, Math.max(0, (blend - 0.5) * 4));
}

/** How many citizens' messages a day brings, within `perDay`. */
export function messagesOn(
  day: number,
  wet: number,
  perDay: readonly [number, number],
  random: Random,
): number {
  const [least, most] = perDay;
  const mood = weekdayMood[weekday(day)] ?? 0;
  const lean = 0.7 * mood + 0.5 * wet + (random.next() - 0.5) * 0.7 - 0.1;
  const share = Math.min(1, Math.max(0, 0.5 + lean / 2));
  return least + Math.round((most - least) * share);
}

/** Weight of each hour in WIB: before work, at lunch, and in the evening. */
const hours = [1, 0.5, 0.3, 0.3, 0.8, 3, 6, 7, 6, 5, 5, 6, 6, 4, 4, 5, 6, 7, 9, 10, 9, 7, 4, 2].map(
  (weight, hour) => ({ weight, hour }),
);

/** @returns milliseconds since the start of the WIB day */
export function momentOfDay(random: Random): number {
  return random.weighted(hours).hour * HOUR + random.int(0, HOUR - 1);
}
