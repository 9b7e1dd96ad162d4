import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../shared/api.ts';
import { now } from '../shared/clock.ts';
import { LineField, MomentField } from '../shared/fields.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useErrorWords } from '../shared/states.tsx';
import { dayAndTime, fromWib, toWib } from '../shared/when.ts';
import type { Review } from './review-query.ts';
import type { Settle } from './use-saving.ts';
import { approvalWords } from './words.ts';

/** Who confirmed what a correction says; for whoever decides on it. */
export function Confirmed({ review }: { readonly review: Review }) {
  const say = useWords(approvalWords);
  const { language } = useLanguage();
  const { confirmation } = review;
  if (!review.needsConfirmation) return null;
  return (
    <Text size="sm">
      {confirmation
        ? say.confirmed(confirmation.who, dayAndTime(confirmation.at, language))
        : say.notConfirmed}
    </Text>
  );
}

interface Props {
  readonly review: Review;
  readonly settle: Settle;
  /** The version after it. */
  readonly onNoted: (version: number) => void;
}

/** The field without which a correction (klarifikasi) cannot be submitted. */
export function Confirmation({ review, settle, onNoted }: Props) {
  const say = useWords(approvalWords);
  const wordsOf = useErrorWords();
  const [who, setWho] = useState('');
  const [at, setAt] = useState(() => toWib(now()));
  const note = useMutation({
    mutationFn: async () =>
      api.drafts.confirm({
        id: review.reply._id,
        version: await settle(),
        who: who.trim(),
        at: new Date(fromWib(at)),
      }),
    onSuccess: (reply) => onNoted(reply.version),
  });
  const ready = who.trim().length >= 3 && at !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) note.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={say.confirmation}>
      <Stack gap="xs">
        <Confirmed review={review} />
        <Text size="sm" c="dimmed">
          {say.confirmationHint}
        </Text>
        {note.isError && <Alert color="red">{wordsOf(note.error)}</Alert>}
        <Group gap="xs" align="flex-end">
          <LineField label={say.confirmedBy} value={who} maxLength={200} onChange={setWho} />
          <MomentField label={say.confirmedAt} value={at} onChange={setAt} />
          <Button type="submit" size="sm" variant="default" disabled={!ready} loading={note.isPending}>
            {say.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
