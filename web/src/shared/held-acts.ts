import { useSyncExternalStore } from 'react';

/** What went wrong with one of the things acted on. */
export interface Failure {
  readonly what: string;
  readonly error: unknown;
}

/** An act that was decided but has not left this browser yet. */
interface HeldAct {
  readonly id: number;
  readonly label: string;
  /** What it is about: case numbers or message ids. */
  readonly about: readonly string[];
}

interface Outcome {
  readonly id: number;
  readonly label: string;
  readonly done: number;
  readonly failures: readonly Failure[];
}

interface Held {
  readonly acts: readonly HeldAct[];
  /** Acts that failed in part or whole, until somebody has read it. */
  readonly outcomes: readonly Outcome[];
}

/** So long a one-key act can be taken back; nothing leaves the house before. */
const heldMs = 8_000;

let held: Held = { acts: [], outcomes: [] };
let lastId = 0;
const timers = new Map<number, number>();
const listeners = new Set<() => void>();

function set(next: Held): void {
  held = next;
  for (const tell of listeners) tell();
}

/** The browser asks before it closes a page that still holds something. */
function warn(event: BeforeUnloadEvent): void {
  if (timers.size > 0) event.preventDefault();
}
window.addEventListener('beforeunload', warn);

/** Takes the act out of what is held. @returns it, when it was still there */
function take(id: number): HeldAct | undefined {
  const act = held.acts.find((one) => one.id === id);
  window.clearTimeout(timers.get(id));
  timers.delete(id);
  if (act) set({ ...held, acts: held.acts.filter((one) => one.id !== id) });
  return act;
}

/**
 * Runs the act after 8 s, unless it is taken back before.
 * @param run does it and gives what failed, one entry for each thing
 */
export function hold(label: string, about: readonly string[], run: () => Promise<readonly Failure[]>): void {
  lastId += 1;
  const id = lastId;
  const go = async (): Promise<void> => {
    if (!take(id)) return;
    const failures = await run();
    if (failures.length === 0) return;
    const done = about.length - failures.length;
    set({ ...held, outcomes: [...held.outcomes, { id, label, done, failures }] });
  };
  timers.set(
    id,
    window.setTimeout(() => void go(), heldMs),
  );
  set({ ...held, acts: [...held.acts, { id, label, about }] });
}

/** Takes back the newest act, or the named one. @returns what it was about */
export function undo(id?: number): readonly string[] {
  const newest = held.acts.at(-1);
  const act = id === undefined ? newest && take(newest.id) : take(id);
  return act?.about ?? [];
}

/** The failures were read. */
export function closeOutcome(id: number): void {
  set({ ...held, outcomes: held.outcomes.filter((one) => one.id !== id) });
}

export function useHeld(): Held {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => held,
  );
}
