import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Thread } from '../shared/api.ts';
import { hold, useHeld } from '../shared/held-acts.ts';
import { useWords } from '../shared/language.tsx';
import { actOnAll, actWords, type Given, type InboxAct } from './acts.ts';

interface Asked {
  readonly act: InboxAct;
  readonly threads: readonly Thread[];
  readonly about: string;
}

/**
 * One-key acts: on what is selected, else on what is open. They wait 8 s, then go out one by one.
 * @param onDone what the server made of it
 * @param onHeld called when an act was decided, to go on to the next
 */
export function useActs(
  onDone: (id: string, change: Partial<Thread>) => void,
  onHeld: (threads: readonly Thread[]) => void,
) {
  const say = useWords(actWords);
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { acts } = useHeld();
  const held = new Map(
    acts.flatMap((act) => act.about.map((id) => [id, act.label.split(':')[0] ?? ''] as const)),
  );

  const decide = ({ act, threads, about }: Asked, given: Given): void => {
    setAsked(null);
    hold(
      say.on(say[act.name], about),
      threads.map((thread) => thread.id),
      async () => {
        const failures = await actOnAll(threads, act, given, (id, now) => {
          onDone(id, { state: now.state, version: now.version, agency: now.agency, dueAt: now.dueAt });
        });
        await cache.invalidateQueries({
          predicate: ({ queryKey: [what, kind] }) =>
            what === 'case' || (what === 'threads' && kind !== 'list'),
        });
        return failures;
      },
    );
    onHeld(threads);
  };
  return {
    held,
    asked,
    /** The same thing is not decided twice while it waits. */
    start: (act: InboxAct, wanted: readonly Thread[]): void => {
      const threads = wanted.filter((thread) => thread.caseNumber !== null && !held.has(thread.id));
      const [first] = threads;
      if (!first) return;
      const about = threads.length === 1 ? first.id : say.many(threads.length);
      const next = { act, threads, about };
      if (act.asks === 'nothing') decide(next, {});
      else setAsked(next);
    },
    give: (given: Given): void => {
      if (asked) decide(asked, given);
    },
    cancel: () => setAsked(null),
  };
}
