import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { api, problemOf } from '../shared/api.ts';
import { now } from '../shared/clock.ts';
import type { useKeptText } from '../shared/use-kept-text.ts';
import { type Review, reviewQuery } from './review-query.ts';

/** Rest after the last letter before it is saved and checked, in milliseconds. */
const rest = 800;

/** Saves what is still unsaved and waits for what is on its way. @returns the version that stands then; rejects when it was not saved */
export type Settle = () => Promise<number>;

interface Given {
  readonly text: string;
  readonly templateId?: string | null;
}

/** The text once it has not changed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(text), rest);
    return () => window.clearTimeout(timer);
  }, [text]);
  return rested;
}

/**
 * A text on its way to the server: saved when its writer rests, one save after the other, each naming the version that
 * the one before it made.
 * @param field where it is written: letters that come during a save stay
 */
export function useSaving(
  { reply }: Review,
  kept: ReturnType<typeof useKeptText>,
  field: RefObject<HTMLTextAreaElement | null>,
  onSaved: () => void,
) {
  const cache = useQueryClient();
  const seen = useRef({ version: reply.version, text: reply.text });
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const rested = useRested(kept.text);
  const mutation = useMutation({
    mutationFn: (given: Given) => api.drafts.edit({ id: reply._id, version: seen.current.version, ...given }),
    onSuccess: (stored) => {
      seen.current = stored;
      setSavedAt(now());
      if (field.current?.value.trim() === stored.text) kept.saved(stored.text);
      cache.setQueryData(reviewQuery(reply._id).queryKey, (old) => old && { ...old, reply: stored });
      onSaved();
    },
  });
  const { mutateAsync, isPending, isError, error, reset } = mutation;
  const save = (given: Given): Promise<unknown> => {
    const isNew = () => given.templateId !== undefined || given.text !== seen.current.text;
    const mine = last.current.then(() => (isNew() ? mutateAsync(given) : undefined));
    last.current = mine.catch(() => undefined);
    return mine;
  };
  const written = kept.text.trim();
  useEffect(() => {
    const text = rested.trim();
    // Only what still stands in the field: a template may have taken its place meanwhile.
    const settled = rested === kept.text && !isPending && !isError;
    // What is refused is said beside the field.
    if (settled && text !== '' && text !== seen.current.text) save({ text }).catch(() => undefined);
  });
  useEffect(() => {
    // A colleague wrote, and nothing was typed here: what he wrote stands here now.
    if (isPending || reply.version <= seen.current.version || written !== seen.current.text) return;
    seen.current = reply;
    kept.saved(reply.text);
  });
  const problem = problemOf(error);
  return {
    save,
    rested,
    savedAt,
    saving: isPending,
    unsaved: written !== seen.current.text,
    error,
    /** The other text, when somebody else saved one meanwhile. */
    conflict: problem?.status === 409 && typeof problem.text === 'string' ? problem.text : null,
    /** Goes on from what is stored there. */
    takeStored: (text: string): void => {
      seen.current = { text, version: problem?.version ?? seen.current.version };
      reset();
    },
    settle: (async () => {
      // Also an empty text: it is refused there, rather than the one before it submitted.
      await save({ text: written });
      return seen.current.version;
    }) satisfies Settle,
    noteVersion: (version: number): void => {
      seen.current = { ...seen.current, version };
    },
  };
}
