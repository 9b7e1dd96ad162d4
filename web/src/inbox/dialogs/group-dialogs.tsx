import { Alert, Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../shared/api.ts';
import { now } from '../../shared/clock.ts';
import { CopyText } from '../../shared/copy-text.tsx';
import { LineField, MomentField } from '../../shared/fields.tsx';
import { useWords } from '../../shared/language.tsx';
import { useNames } from '../../shared/queries.ts';
import { Failed, Loading, useErrorWords } from '../../shared/states.tsx';
import { useKeptText } from '../../shared/use-kept-text.ts';
import { fromWib, toWib } from '../../shared/when.ts';
import { toolWords } from '../tool-words.ts';
import { DialogForm } from './form.tsx';

interface Props {
  readonly onClose: () => void;
}

/** "Salin untuk grup WA": without a link, personal data or a name. */
export function GroupTextDialog({ number, onClose }: Props & { readonly number: string }) {
  const say = useWords(toolWords);
  const text = useQuery({
    queryKey: ['group-text', number],
    queryFn: () => api.cases.groupText({ number }),
  });
  return (
    <Modal opened onClose={onClose} title={`${say.groupText}: ${number}`}>
      {text.isError && <Failed error={text.error} />}
      {text.isPending && <Loading rows={2} />}
      {text.data && <CopyText label={number} text={text.data.text} words={say} />}
    </Modal>
  );
}

/** The reminder of silent agencies, a text for each. */
export function ReminderDialog({ numbers, onClose }: Props & { readonly numbers: readonly string[] }) {
  const say = useWords(toolWords);
  const names = useNames();
  const texts = useQuery({
    queryKey: ['reminder-text', numbers],
    queryFn: () => api.cases.reminderText({ numbers: [...numbers] }),
  });
  return (
    <Modal opened onClose={onClose} title={say.reminder} size="lg">
      {texts.isError && <Failed error={texts.error} />}
      {texts.isPending && <Loading rows={3} />}
      <Stack>
        {texts.data?.map(({ agency, text }) => (
          <CopyText key={agency} label={names.agency(agency) ?? '–'} text={text} words={say} />
        ))}
      </Stack>
    </Modal>
  );
}

/** "Catat jawaban dari grup": who answered, when and what; becomes a draft. */
export function GroupAnswerDialog({ number, onClose }: Props & { readonly number: string }) {
  const say = useWords(toolWords);
  const wordsOf = useErrorWords();
  const navigate = useNavigate();
  const text = useKeptText(`grup-${number}`, '');
  const [by, setBy] = useState('');
  const [at, setAt] = useState(() => toWib(now()));
  const [proof, setProof] = useState('');
  const note = useMutation({
    mutationFn: () =>
      api.cases.groupAnswer({
        number,
        text: text.text.trim(),
        answeredBy: by.trim(),
        answeredAt: new Date(fromWib(at)),
        ...(proof.trim() && { proof: proof.trim() }),
      }),
    onSuccess: (reply) => {
      text.saved('');
      return navigate({ to: '/persetujuan', search: { view: 'draf', buka: reply._id } });
    },
  });
  return (
    <Modal opened onClose={onClose} title={`${say.groupAnswer}: ${number}`}>
      <DialogForm
        ready={text.text.trim().length >= 3 && by.trim().length >= 2 && at !== ''}
        busy={note.isPending}
        onSubmit={() => note.mutate()}
        onClose={onClose}
      >
        {note.isError && <Alert color="red">{wordsOf(note.error)}</Alert>}
        <Textarea
          data-autofocus
          label={say.answer}
          description={say.answerHint}
          autosize
          minRows={3}
          value={text.text}
          onChange={(event) => text.change(event.currentTarget.value)}
        />
        <LineField label={say.answeredBy} value={by} maxLength={100} onChange={setBy} />
        <MomentField label={say.answeredAt} value={at} onChange={setAt} />
        <LineField
          label={say.proof}
          description={say.proofHint}
          value={proof}
          maxLength={500}
          onChange={setProof}
        />
      </DialogForm>
    </Modal>
  );
}
