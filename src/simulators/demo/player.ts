import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, DAY, MINUTE, monotonicNow } from '../../core/clock.ts';
import { asError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Simulator } from '../simulator.ts';
import type { DemoItem } from './demo-item.ts';
import { type EventDeps, platformEvents } from './events.ts';
import { generateBackground } from './generator.ts';
import { officeChannelItems } from './office-channels.ts';
import { openServingTime } from './serving-time.ts';
import { storyEvents, storyItems } from './story.ts';
import { openWritten } from './written.ts';

export interface DemoPlayerDeps {
  /** At least one of each platform of demo-item.ts; more accounts of a platform after its main one. */
  readonly simulators: readonly Simulator[];
  readonly clock: Clock;
  readonly log: Log;
  /** Where it remembers what was written; belongs to one installation, like the simulators' own. */
  readonly dir: string;
  /** The folder `fixtures`. */
  readonly fixturesDir: string;
  /** Story minutes in a minute of serving. */
  readonly speed: number;
  readonly reconnect?: EventDeps['reconnect'];
}

export interface DemoPlayer extends Disposable {
  /** When the demo was started for the first time. */
  readonly startedAt: Date;
  /** Writes what happened before the first start: 28 days of background and the past of the story. @returns new posts */
  writePast(): number;
  /** Lets this much serving time pass and releases what falls due. @returns what was released: messages and events */
  advance(servedMs: number): Promise<number>;
}

const backgroundDays = 28;
/** Far beyond any demo; the generator makes days only as they are asked for. */
const horizonDays = 3_650;
const seed = 'karanganyar';
const answeredShare = 0.55;

/** Two sequences in order of time as one. */
function* byTime(one: Generator<DemoItem>, other: Generator<DemoItem>): Generator<DemoItem, undefined> {
  let [a, b] = [one.next(), other.next()];
  while (!a.done || !b.done) {
    if (!a.done && (b.done || a.value.at <= b.value.at)) {
      yield a.value;
      a = one.next();
    } else if (!b.done) {
      yield b.value;
      b = other.next();
    }
  }
}

/** Something that waits for its time; `minute` as the story counts. */
interface Due {
  readonly key: string;
  readonly minute: number;
  readonly act: () => Promise<void> | void;
}

export function openDemoPlayer(deps: DemoPlayerDeps): DemoPlayer {
  const { simulators, clock, dir, fixturesDir, speed, log } = deps;
  const time = openServingTime(dir, clock);
  const written = openWritten(dir, simulators);
  const { startedAt } = time;
  const range = {
    seed,
    from: new Date(startedAt.getTime() - backgroundDays * DAY),
    to: new Date(startedAt.getTime() + horizonDays * DAY),
  };
  const publicSide = generateBackground({
    ...range,
    perDay: [6, 10],
    answers: { share: answeredShare, before: startedAt },
    xAccount: simulators.find(({ platform }) => platform === 'x')?.account.name ?? 'aduankra_sim',
  });
  const platforms = simulators.map(({ platform }) => platform);
  const story = storyItems(fixturesDir, startedAt, platforms);
  const background = byTime(publicSide, officeChannelItems({ ...range, platforms }));
  const pastBackground: DemoItem[] = [];
  let nextBackground = background.next().value;
  while (nextBackground && nextBackground.at < startedAt) {
    pastBackground.push(nextBackground);
    nextBackground = background.next().value;
  }

  /** Stamped with the time of its release, unless it has happened before. */
  const write = (item: DemoItem, at: Date | null): boolean => {
    try {
      return written.write(item, at);
    } catch (error) {
      // What it answers was deleted meanwhile: that conversation is over.
      log.warn('demo message left out', { key: item.key, error: asError(error) });
      written.markDone(item.key);
      return false;
    }
  };

  const waiting = dueOnStoryTime();
  function dueOnStoryTime(): Due[] {
    const minuteOf = storyEvents(fixturesDir);
    const eventDeps: EventDeps = {
      simulators,
      written,
      clock,
      speed,
      ...(deps.reconnect && { reconnect: deps.reconnect }),
    };
    const events = Object.entries(platformEvents).map(([key, act]) => ({
      key,
      minute: minuteOf.get(key) ?? Number.POSITIVE_INFINITY,
      act: async () => {
        await act(eventDeps);
        written.markDone(key);
      },
    }));
    const messages = story
      .filter(({ minute }) => minute >= 0)
      .map((item) => ({ key: item.key, minute: item.minute, act: () => void write(item, null) }));
    return [...events, ...messages]
      .filter(({ key }) => !written.has(key))
      .sort((one, other) => one.minute - other.minute);
  }

  return {
    startedAt,
    writePast() {
      const past = [...pastBackground, ...story.filter(({ minute }) => minute < 0)];
      past.sort((one, other) => one.at.getTime() - other.at.getTime());
      return past.filter((item) => write(item, item.at)).length;
    },
    async advance(servedMs) {
      time.add(servedMs);
      const minute = (time.servedMs * speed) / MINUTE;
      let released = 0;
      for (let due = waiting[0]; due !== undefined && due.minute <= minute; due = waiting[0]) {
        await due.act();
        waiting.shift();
        released += 1;
      }
      const until = startedAt.getTime() + minute * MINUTE;
      while (nextBackground && nextBackground.at.getTime() <= until) {
        if (write(nextBackground, null)) released += 1;
        nextBackground = background.next().value;
      }
      time.keep();
      return released;
    },
    [Symbol.dispose]() {
      time.keep();
      written[Symbol.dispose]();
    },
  };
}

const tickMs = 500;

/**
 * Plays the demo on the simulators: first its past, at once; then, while `ticking`, the rest by serving time, until the
 * signal. Without `ticking` (a single run) the story stands still, so that the next run finds nothing new.
 */
export async function playDemo(
  deps: DemoPlayerDeps & { readonly signal: AbortSignal; readonly ticking: boolean },
): Promise<void> {
  const { signal, log } = deps;
  using player = openDemoPlayer(deps);
  const posts = player.writePast();
  if (posts > 0) log.info('demo past written', { posts });
  let last = monotonicNow();
  while (deps.ticking && !signal.aborted) {
    await pause(tickMs, undefined, { signal }).catch(() => {});
    const now = monotonicNow();
    await player.advance(now - last);
    last = now;
  }
}
