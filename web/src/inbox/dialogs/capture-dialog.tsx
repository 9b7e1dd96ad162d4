import { Alert, Modal, NativeSelect, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../shared/api.ts';
import { LineField, MomentField } from '../../shared/fields.tsx';
import { useWords } from '../../shared/language.tsx';
import { useErrorWords } from '../../shared/states.tsx';
import { useKeptText } from '../../shared/use-kept-text.ts';
import { fromWib } from '../../shared/when.ts';
import { toolWords } from '../tool-words.ts';
import { DialogForm } from './form.tsx';

type Via = Parameters<typeof api.cases.capture>[0]['via'];

function isLink(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** "Catat aduan": what came by phone, letter, newspaper, at the counter or as a link. */
export function CaptureDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useWords(toolWords);
  const wordsOf = useErrorWords();
  const navigate = useNavigate();
  const cache = useQueryClient();
  // One for what is typed here: sent twice, it is one message.
  const [key] = useState(() => `catat-${Math.random().toString(36).slice(2)}-${performance.now()}`);
  const text = useKeptText('catat-aduan', '');
  const [via, setVia] = useState<Via>('telepon');
  const [link, setLink] = useState('');
  const [author, setAuthor] = useState('');
  const [at, setAt] = useState('');
  const url = link.trim();
  const save = useMutation({
    mutationFn: () =>
      api.cases.capture({
        key,
        via,
        text: text.text.trim(),
        ...(url && { url }),
        ...(author.trim() && { authorName: author.trim() }),
        ...(at && { writtenAt: new Date(fromWib(at)) }),
      }),
    onSuccess: async ({ added, caseNumber, mentionId }) => {
      text.saved('');
      notifications.show({ message: added ? say.captured : say.known });
      onClose();
      await cache.invalidateQueries({ queryKey: ['threads'] });
      await navigate({ to: '/kotak-masuk', search: { view: 'semua', buka: caseNumber ?? mentionId } });
    },
  });
  return (
    <Modal opened onClose={onClose} title={say.capture}>
      <DialogForm
        ready={text.text.trim().length >= 3 && (url === '' || isLink(url))}
        busy={save.isPending}
        onSubmit={() => save.mutate()}
        onClose={onClose}
      >
        {save.isError && <Alert color="red">{wordsOf(save.error)}</Alert>}
        <Textarea
          data-autofocus
          label={say.text}
          autosize
          minRows={4}
          maxRows={12}
          value={text.text}
          onChange={(event) => text.change(event.currentTarget.value)}
        />
        <NativeSelect
          label={say.via}
          data={Object.entries(say.vias).map(([value, label]) => ({ value, label }))}
          value={via}
          onChange={(event) => setVia(event.currentTarget.value as Via)}
        />
        <LineField
          label={say.link}
          description={say.linkHint}
          value={link}
          maxLength={500}
          onChange={setLink}
        />
        <LineField label={say.author} value={author} maxLength={100} onChange={setAuthor} />
        <MomentField label={say.writtenAt} value={at} onChange={setAt} />
      </DialogForm>
    </Modal>
  );
}
