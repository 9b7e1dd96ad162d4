import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { useMe } from '../shared/queries.ts';
import { useErrorWords } from '../shared/states.tsx';
import type { Review } from './review-query.ts';
import { approvalWords } from './words.ts';

const ended: readonly string[] = ['failed', 'rejected'];

/** What came to nothing ends there; its text is the beginning of a new draft, which goes the whole way again. */
export function WriteAgain({ reply }: { readonly reply: Review['reply'] }) {
  const say = useWords(approvalWords);
  const { may } = useMe();
  const navigate = useNavigate();
  const wordsOf = useErrorWords();
  const { _id, caseId: number, text } = reply;
  const again = useMutation({
    mutationFn: () => api.drafts.create({ number, text, key: `again-${_id}` }),
    onSuccess: (draft) => navigate({ to: '/persetujuan', search: { view: 'draf', buka: draft._id } }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error), autoClose: 10_000 }),
  });
  if (!ended.includes(reply.state) || !may('draft.write')) return null;
  return (
    <Button
      size="sm"
      variant="default"
      style={{ alignSelf: 'flex-start' }}
      loading={again.isPending}
      onClick={() => again.mutate()}
    >
      {say.writeAgain}
    </Button>
  );
}
