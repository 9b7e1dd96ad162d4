import { withEventMeta } from '@orpc/server';
import { authenticate, sessionId } from '../../accounts/login.ts';
import { monotonicNow, SECOND } from '../../core/clock.ts';
import type { User } from '../../domain/user.ts';
import { type ApiContext, caller } from '../context.ts';
import type { LiveEvent } from '../contract/live.ts';
import { heardBy } from './addressed.ts';
import type { Numbered } from './feed.ts';

/** Proxies cut a silent line after 30 to 60 s. */
const beatMs = 15 * SECOND;

function* heard(user: User, events: readonly Numbered[]): Generator<LiveEvent> {
  for (const one of events) {
    const event = heardBy(user, one);
    if (event) yield withEventMeta({ ...event }, { id: one.id });
  }
}

/**
 * What this person may hear, as it happens. Ends when his session ends: at once when it was ended in the database, and
 * within a heartbeat otherwise. The rights are read anew with every heartbeat.
 */
export async function* liveEvents(
  context: ApiContext,
  lastId: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<LiveEvent> {
  const { deps, token } = context;
  let user = caller(context);
  using subscription = await deps.live.subscribe(lastId, token && sessionId(token));
  const { missed, place } = subscription;
  const begin: LiveEvent = { what: lastId === undefined ? 'hello' : 'resync' };
  if (missed === null) yield withEventMeta(begin, { id: place });
  yield* heard(user, missed ?? []);
  let nextBeat = monotonicNow() + beatMs;
  while (!signal?.aborted) {
    const events = await subscription.take(Math.max(0, nextBeat - monotonicNow()), signal);
    if (events === null || subscription.revoked) return;
    yield* heard(user, events);
    if (monotonicNow() < nextBeat) continue;
    nextBeat = monotonicNow() + beatMs;
    const still = token && (await authenticate(deps, token, false));
    if (!still) return;
    user = still;
    yield { what: 'beat' };
  }
}
