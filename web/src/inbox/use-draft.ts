import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../shared/api.ts';
import { useErrorWords } from '../shared/states.tsx';

/** A draft for the case from the template that fits, then the composer. An open one is opened instead. */
export function useDraft() {
  const navigate = useNavigate();
  const wordsOf = useErrorWords();
  const make = useMutation({
    mutationFn: async (number: string) => {
      const { rows } = await api.drafts.list({ caseNumber: number });
      const open = rows.find((reply) => ['draft', 'changes_requested', 'submitted'].includes(reply.state));
      return open ?? api.drafts.create({ number });
    },
    onSuccess: (reply) => navigate({ to: '/persetujuan', search: { buka: reply._id } }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
  });
  return { start: (number: string) => make.mutate(number), busy: make.isPending };
}
