import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from './api.ts';

type Doing = NonNullable<Parameters<typeof api.live.setPresence>[0]['doing']>;

/** The server forgets somebody after 45 s of silence. */
const sayAgainEvery = 20_000;

/** Tells colleagues that this person has it open, as long as it is on his screen. @param id null: nothing is open */
export function usePresence(id: string | null, doing: Doing): void {
  useEffect(() => {
    if (id === null) return;
    const say = () => void api.live.setPresence({ id, doing }).catch(() => {});
    say();
    const timer = window.setInterval(say, sayAgainEvery);
    return () => {
      window.clearInterval(timer);
      void api.live.endPresence({ id }).catch(() => {});
    };
  }, [id, doing]);
}

/**
 * Holds the reply for this person while he decides; a colleague who comes later is told who has it.
 * @returns the refusal, null while it is ours
 */
export function useClaim(id: string, wanted: boolean): unknown {
  const claim = useQuery({
    queryKey: ['claim', id],
    // The refusal is the answer: a query that failed forgets its error while it asks again, and the buttons would open.
    queryFn: () =>
      api.live.claim({ id }).then(
        () => null,
        (refusal: unknown) => refusal,
      ),
    enabled: wanted,
    refetchInterval: 15_000,
    staleTime: 10_000,
  });
  useEffect(() => {
    if (!wanted) return;
    return () => void api.live.endClaim({ id }).catch(() => {});
  }, [id, wanted]);
  return wanted ? (claim.data ?? null) : null;
}
