import { useState } from 'react';
import type { Acted } from './acts.ts';

/** What is selected for one act on many, whether the list has loaded it or not. */
export function useChosen() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Acted>>(new Map());
  return {
    chosen,
    toggle: (one: Acted): void => {
      const next = new Map(chosen);
      if (!next.delete(one.id)) next.set(one.id, one);
      setChosen(next);
    },
    add: (more: readonly Acted[]): void =>
      setChosen(new Map([...chosen, ...more.map((one) => [one.id, one] as const)])),
    clear: (): void => setChosen(new Map()),
  };
}
