import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, type CaseDetail } from '../shared/api.ts';
import { useErrorWords } from '../shared/states.tsx';

/** Nobody has touched it: the server words it anew for the case as it is now. */
function isAutomatic({ state, authors }: CaseDetail['replies'][number]): boolean {
  return state === 'draft' && authors.every((author) => author === 'sistem');
}

/** A draft for the case from the template that fits, then the composer. One that a person has written is opened instead. */
export function useDraft() {
  const navigate = useNavigate();
  const wordsOf = useErrorWords();
  const make = useMutation({
    mutationFn: async (number: string) => {
      const { rows } = await api.drafts.list({ caseNumber: number });
      const open = rows.find((reply) => ['draft', 'changes_requested', 'submitted'].includes(reply.state));
      return open && !isAutomatic(open) ? open : api.drafts.create({ number });
    },
    onSuccess: (reply) => navigate({ to: '/persetujuan', search: { buka: reply._id } }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
  });
  return { start: (number: string) => make.mutate(number), busy: make.isPending };
}
