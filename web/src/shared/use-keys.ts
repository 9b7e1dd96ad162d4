import { useEffect, useRef } from 'react';

/** What a key does: by name as the browser gives it (`j`, `J` with Shift, `?`), or two in a row (`g i`). */
export type Keys = Readonly<Record<string, (() => void) | undefined>>;

/** Two keys belong together when the second comes within this many milliseconds. */
const pairWithin = 1_000;

/** Somebody types, or a dialog is open: letters belong there. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]'))
    return true;
  return document.querySelector('[role="dialog"]') !== null;
}

/** Enter and the space bar press the button that has the focus, not ours. */
function presses(event: KeyboardEvent): boolean {
  const pressed = event.key === 'Enter' || event.key === ' ';
  return pressed && event.target instanceof HTMLElement && event.target.closest('a, button') !== null;
}

interface Pressed {
  readonly key: string;
  /** In milliseconds of the page's life. */
  readonly at: number;
}

/** What this press does after the one before it, and what it may be the first half of. */
function meaning(keys: Keys, event: KeyboardEvent, before: Pressed | null) {
  const pair = before && event.timeStamp - before.at < pairWithin ? keys[`${before.key} ${event.key}`] : null;
  const act = pair ?? keys[event.key];
  const opens = Object.keys(keys).some((key) => key.startsWith(`${event.key} `));
  return { act, first: opens && !act ? { key: event.key, at: event.timeStamp } : null };
}

function isOurs(event: KeyboardEvent): boolean {
  const withOther = event.ctrlKey || event.metaKey || event.altKey;
  return !(withOther || event.defaultPrevented || isBusy(event.target) || presses(event));
}

/** Single keys and pairs, as long as nobody types in a field. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let before: Pressed | null = null;
    const onKey = (event: KeyboardEvent): void => {
      if (!isOurs(event)) return;
      const { act, first } = meaning(latest.current, event, before);
      before = first;
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
