import { type Clock, MINUTE } from '../../core/clock.ts';
import { RefusedError } from '../../core/errors.ts';
import type { Simulator } from '../simulator.ts';
import type { Written } from './written.ts';

/** A simulator whose tokens can be revoked the way Meta does it: a subcode of error 190, null = they work. */
interface Revocable {
  readonly switches: { revoked: number | null };
}

export interface EventDeps {
  readonly simulators: readonly Simulator[];
  readonly written: Written;
  readonly clock: Clock;
  readonly speed: number;
  /** A person of the office connects the channel again, in the product itself. */
  readonly reconnect?: (platform: 'instagram') => Promise<void>;
}

function ofPlatform(deps: EventDeps, platform: Simulator['platform']): readonly Simulator[] {
  return deps.simulators.filter((simulator) => simulator.platform === platform);
}

function revocable(simulator: Simulator): simulator is Simulator & Revocable {
  return 'switches' in simulator;
}

function setRevoked(deps: EventDeps, subcode: number | null): void {
  for (const simulator of ofPlatform(deps, 'instagram')) {
    if (revocable(simulator)) simulator.switches.revoked = subcode;
  }
}

/** The platform's own rule may forbid it by now (X: 30 minutes); then nothing happens, as in life. */
function editIfAllowed(simulator: Simulator, nativeId: string, text: string): void {
  try {
    simulator.edit(nativeId, text);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
  }
}

/** Events of the story that a platform or a citizen causes, by their id in fixtures/demo-events.jsonl. */
export const platformEvents: Readonly<Record<string, (deps: EventDeps) => Promise<void> | void>> = {
  /** The owner changed the password of the account. */
  'E-07': (deps) => setRevoked(deps, 460),
  /** X refuses every call for 15 minutes of the story. */
  'E-08': (deps) => {
    const until = new Date(deps.clock.now().getTime() + (15 * MINUTE) / deps.speed);
    for (const simulator of ofPlatform(deps, 'x')) simulator.faults.rateLimitUntil(until);
  },
  'E-09': ({ written }) => {
    const post = written.place('W-29');
    if (!post) return;
    editIfAllowed(
      post.simulator,
      post.nativeId,
      '@aduankra_sim Jalan di Colomadu, Malangjiwan dkt lapangan, amblas separo min, tadi malam tambah lebar. Tlg ditutup dulu',
    );
  },
  /** Facebook stores the next reply to this comment and says that it failed. */
  'E-10': ({ written }) => {
    const post = written.place('M-13');
    if (!post) return;
    const path = new RegExp(`${post.nativeId}(/|$)`);
    post.simulator.faults.add({
      match: { method: 'POST', path },
      do: {
        kind: 'after-write',
        status: 500,
        body: {
          error: {
            message: 'An unknown error occurred',
            type: 'OAuthException',
            code: 2,
            is_transient: true,
          },
        },
      },
    });
  },
  'E-11': ({ written }) => {
    const post = written.place('W-10');
    if (post) post.simulator.delete(post.nativeId);
  },
  'E-14': async (deps) => {
    setRevoked(deps, null);
    await deps.reconnect?.('instagram');
  },
};
