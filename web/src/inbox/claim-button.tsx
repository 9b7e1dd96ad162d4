import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type CaseDetail } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { useErrorWords } from '../shared/states.tsx';
import { inboxWords } from './words.ts';

/** Mine from now on; whoever is second is told. */
export function ClaimButton({ one }: { readonly one: CaseDetail }) {
  const say = useWords(inboxWords);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const claim = useMutation({
    mutationFn: () => api.cases.claim({ number: one._id, version: one.version }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['case', one._id] }),
  });
  return (
    <Button size="compact-sm" variant="default" loading={claim.isPending} onClick={() => claim.mutate()}>
      {say.claim}
    </Button>
  );
}
