import { randomBytes } from 'node:crypto';
import { monotonicNow } from '../../core/clock.ts';
import { asError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { type Change, type Watch, watchChanges } from '../../store/changes.ts';
import type { Database } from '../../store/database.ts';
import { addressed } from './addressed.ts';
import type { Addressed, Hub, Numbered } from './feed.ts';

/**
 * A change after silence is told almost at once; what follows it is gathered longer, so that a page of 100 messages is
 * one look-up.
 */
const firstMs = 20;
const roundMs = 200;
/** So many events are kept for browsers that come back. */
const kept = 5_000;
/** A browser that lets so many pile up is cut off; it comes back and asks for everything. */
const mostWaiting = 1_000;
/** The watch goes on this long after the last browser left: a reload finds its place again. */
const lingerMs = 60_000;

interface Subscriber {
  readonly session: string | null;
  waiting: Numbered[] | null;
  revoked: boolean;
  wake: () => void;
}

/** One watch of the database for all browsers of this process; opened by the first and closed after the last. */
export function liveHub(deps: { readonly db: Database['db']; readonly log: Log }): Hub {
  const subscribers = new Set<Subscriber>();
  let run: { readonly name: string; readonly watch: Watch; seq: number; recent: Numbered[] } | null = null;
  let opening: Promise<void> | null = null;
  let closing: NodeJS.Timeout | undefined;

  function broke(): void {
    run = null;
    for (const one of subscribers) {
      one.waiting = null;
      one.wake();
    }
  }

  function handOut(events: readonly Addressed[], ended: ReadonlySet<string>): void {
    if (!run) return;
    const { name } = run;
    const numbered = events.map((event) => {
      if (run) run.seq += 1;
      return { ...event, id: `${name}-${run?.seq ?? 0}` };
    });
    run.recent = [...run.recent, ...numbered].slice(-kept);
    for (const one of subscribers) {
      if (one.session !== null && ended.has(one.session)) one.revoked = true;
      one.waiting?.push(...numbered);
      if (one.waiting && one.waiting.length > mostWaiting) one.waiting = null;
      one.wake();
    }
  }

  async function follow(watch: Watch): Promise<void> {
    let round: Change[] = [];
    let flushed = Promise.resolve();
    let lastFlush = Number.NEGATIVE_INFINITY;
    const flush = async () => {
      const changes = round;
      round = [];
      lastFlush = monotonicNow();
      const ended = changes.filter(({ collection, kind }) => collection === 'sessions' && kind === 'gone');
      handOut(await addressed(deps, changes), new Set(ended.map(({ key }) => key)));
    };
    const giveUp = async (error: unknown) => {
      deps.log.warn('live events interrupted', { error: asError(error) });
      broke();
      await watch[Symbol.asyncDispose]();
    };
    for (let change = await watch.next(); change !== null; change = await watch.next()) {
      round.push(change);
      if (round.length > 1) continue;
      const wait = Math.max(firstMs, lastFlush + roundMs - monotonicNow());
      setTimeout(() => {
        // One round after the other, so that events keep their order.
        flushed = flushed.then(flush).catch(giveUp);
      }, wait);
    }
  }

  async function open(): Promise<void> {
    const watch = await watchChanges(deps.db);
    run = { name: randomBytes(6).toString('hex'), watch, seq: 0, recent: [] };
    follow(watch).then(
      () => run?.watch === watch && broke(),
      (error: unknown) => {
        // Closed by ourselves after the last browser left.
        if (run?.watch !== watch) return;
        deps.log.warn('live events interrupted', { error: asError(error) });
        broke();
      },
    );
  }

  function leave(one: Subscriber): void {
    subscribers.delete(one);
    if (subscribers.size > 0) return;
    clearTimeout(closing);
    closing = setTimeout(() => {
      if (subscribers.size > 0 || !run) return;
      const { watch } = run;
      run = null;
      Promise.resolve(watch[Symbol.asyncDispose]()).catch((error: unknown) =>
        deps.log.debug('live watch closed', { error: asError(error) }),
      );
    }, lingerMs);
    closing.unref();
  }

  return {
    async subscribe(lastId, session) {
      if (!run) {
        opening ??= open().finally(() => {
          opening = null;
        });
        await opening;
      }
      const one: Subscriber = { session, waiting: [], revoked: false, wake: () => {} };
      subscribers.add(one);
      return {
        missed: missedSince(run, lastId),
        place: run ? `${run.name}-${run.seq}` : 'none-0',
        get revoked() {
          return one.revoked;
        },
        async take(within, signal) {
          if (one.waiting?.length === 0 && !one.revoked) await sleepUntil(one, within, signal);
          const events = one.waiting;
          if (events) one.waiting = [];
          return events;
        },
        [Symbol.dispose]: () => leave(one),
      };
    },
  };
}

function missedSince(
  run: { readonly name: string; readonly seq: number; readonly recent: readonly Numbered[] } | null,
  lastId: string | undefined,
): readonly Numbered[] | null {
  const [, name, at] = /^([0-9a-f]{12})-(\d{1,15})$/.exec(lastId ?? '') ?? [];
  if (!run || name !== run.name || Number(at) > run.seq) return null;
  const behind = run.seq - Number(at);
  return behind > run.recent.length ? null : behind === 0 ? [] : run.recent.slice(-behind);
}

function sleepUntil(one: Subscriber, within: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, within);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      one.wake = () => {};
      resolve();
    }
    one.wake = done;
    signal?.addEventListener('abort', done);
    if (signal?.aborted) done();
  });
}
