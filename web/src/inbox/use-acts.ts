import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Thread } from '../shared/api.ts';
import { hold, useHeld } from '../shared/held-acts.ts';
import { useWords } from '../shared/language.tsx';
import { actWords } from './act-words.ts';
import { type Acted, actOnAll, type Given, type InboxAct, oldest } from './acts.ts';

interface Asked {
  readonly act: InboxAct;
  readonly threads: readonly Acted[];
  readonly about: string;
}

/**
 * One-key acts: on what is selected, else on what is open. They wait 8 s, then go out one by one.
 * @param onDone what the server made of it
 * @param onHeld called when an act was decided, to go on to the next
 */
export function useActs(
  onDone: (id: string, change: Partial<Thread>) => void,
  onHeld: (threads: readonly Acted[]) => void,
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
        const failures = await actOnAll(threads, act, given, onDone);
        if (act.name === 'correct' && failures.length < threads.length)
          notifications.show({ message: say.corrected });
        await cache.invalidateQueries({
          predicate: ({ queryKey: [what, kind] }) =>
            what === 'case' || what === 'mention' || (what === 'threads' && kind !== 'list'),
        });
        return failures;
      },
    );
    onHeld(threads);
  };
  /** Several that are one matter: the oldest leads, nothing has to be asked. */
  const join = (act: InboxAct, threads: readonly Acted[]): void => {
    const lead = oldest(threads)?.caseNumber;
    if (!lead) return;
    const others = threads.filter((one) => one.caseNumber !== lead);
    decide({ act, threads: others, about: `${say.many(others.length)} → ${lead}` }, { lead });
  };
  return {
    held,
    asked,
    /** The same thing is not decided twice while it waits. */
    start: (act: InboxAct, wanted: readonly Acted[]): void => {
      const free = wanted.filter((thread) => !held.has(thread.id));
      const threads = free.filter((thread) => act.onMessages || thread.caseNumber !== null);
      const [first] = threads;
      if (!first) {
        if (free.length > 0) notifications.show({ message: say.noCase });
        return;
      }
      const about = threads.length === 1 ? (first.caseNumber ?? first.id) : say.many(threads.length);
      if (act.asks === 'lead' && threads.length > 1) join(act, threads);
      else if (act.asks === 'nothing') decide({ act, threads, about }, {});
      else setAsked({ act, threads, about });
    },
    give: (given: Given): void => {
      if (asked) decide(asked, given);
    },
    cancel: () => setAsked(null),
  };
}
