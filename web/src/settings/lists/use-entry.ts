import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../shared/api.ts';
import { useWords } from '../../shared/language.tsx';
import { type Entry, type Kept, type ListName, listQuery, remove, save } from './lists.ts';
import { keyOf, shapes } from './shapes.ts';
import { listWords } from './words.ts';

interface Fault {
  readonly field: string;
  readonly id: string;
  readonly en: string;
}

/** What the API says beside its words when it refuses an entry. */
export interface Refusal {
  readonly faults?: readonly Fault[];
  readonly text?: string;
  readonly yours?: string;
  readonly mark?: string | null;
  readonly entry?: Entry | null;
}

/** An entry that is being edited: as typed, as kept, and what the API said. */
export function useEntry(list: ListName, kept: Kept | null, onClose: () => void) {
  const say = useWords(listWords);
  const cache = useQueryClient();
  // As it stood when it was opened: what others save meanwhile must not move under one's hands.
  const [entry, setEntry] = useState<Entry>(kept?.entry ?? shapes[list].fresh);
  const [mark, setMark] = useState<string | null>(kept?.mark ?? null);
  const key = kept?.key ?? keyOf(list, entry);
  const done = async (message: string) => {
    notifications.show({ color: 'teal', message });
    await Promise.all([
      cache.invalidateQueries({ queryKey: listQuery(list).queryKey }),
      cache.invalidateQueries({ queryKey: ['names'] }),
    ]);
    onClose();
  };
  const keep = useMutation({
    mutationFn: () => save(list, { key, mark, entry }),
    onSuccess: () => done(say.saved),
  });
  const drop = useMutation({
    mutationFn: () => remove(list, { key, mark: mark ?? '' }),
    onSuccess: () => done(say.removed),
  });
  const error = keep.error ?? drop.error;
  const problem = problemOf(error);
  const refusal = (problem ?? {}) as Refusal;
  return {
    entry,
    setEntry,
    key,
    isNew: mark === null,
    keep,
    drop,
    error,
    refusal,
    isConflict: problem?.status === 409,
    /** Goes on from what is stored now, with its content or with one's own. */
    settle(next: Entry | null) {
      setMark(refusal.mark ?? null);
      if (next) setEntry(next);
      keep.reset();
      drop.reset();
    },
  };
}
