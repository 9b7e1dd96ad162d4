import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import { api } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useErrorWords } from '../shared/states.tsx';
import { useKeptText } from '../shared/use-kept-text.ts';
import { useKeys } from '../shared/use-keys.ts';
import { clockTime } from '../shared/when.ts';
import { Checked } from './checked.tsx';
import { Confirmation } from './confirmation.tsx';
import type { Review } from './review-query.ts';
import { TemplatesMenu } from './templates-menu.tsx';
import { type Settle, useSaving } from './use-saving.ts';
import { approvalWords } from './words.ts';

/** Both sides of a stale edit: the person decides, nothing typed is lost. */
function Conflict(props: {
  readonly mine: string;
  readonly stored: string;
  readonly onMine: () => void;
  readonly onStored: () => void;
}) {
  const say = useWords(approvalWords);
  return (
    <Alert color="red" title={say.conflict} role="alert">
      <Stack gap="xs">
        <Textarea label={say.yours} value={props.mine} readOnly autosize />
        <Textarea label={say.stored} value={props.stored} readOnly autosize />
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={props.onMine}>
            {say.keepMine}
          </Button>
          <Button size="compact-sm" variant="default" onClick={props.onStored}>
            {say.takeTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

interface Props {
  readonly review: Review;
  /** Set while it is written here: a move waits for what is on its way. */
  readonly settling: RefObject<Settle | null>;
  /** It was opened in order to write at once. */
  readonly focused: boolean;
  readonly onSaved: () => void;
}

/** The person's own text: kept in this browser at every letter, on the server when he rests. */
export function Composer({ review, settling, focused, onSaved }: Props) {
  const say = useWords(approvalWords);
  const { language } = useLanguage();
  const wordsOf = useErrorWords();
  const { reply } = review;
  const kept = useKeptText(`balasan-${reply._id}`, reply.text);
  const field = useRef<HTMLTextAreaElement>(null);
  const saving = useSaving(review, kept, field, onSaved);
  const { conflict, error, rested, savedAt, settle } = saving;
  useEffect(() => {
    settling.current = settle;
    return () => {
      settling.current = null;
    };
  });
  useKeys({ e: () => field.current?.focus() });
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  const check = useQuery({
    queryKey: ['check', reply._id, rested],
    queryFn: () => api.drafts.check({ id: reply._id, text: rested }),
    placeholderData: (before) => before,
  });
  const state = () => {
    if (saving.saving) return say.saving;
    if (saving.unsaved) return say.unsaved;
    return savedAt === null ? '' : say.saved(clockTime(savedAt, language));
  };
  return (
    <Stack gap="xs">
      {conflict !== null && (
        <Conflict
          mine={kept.text}
          stored={conflict}
          onMine={() => saving.takeStored(conflict)}
          onStored={() => {
            saving.takeStored(conflict);
            kept.saved(conflict);
          }}
        />
      )}
      {error !== null && conflict === null && <Alert color="red">{wordsOf(error)}</Alert>}
      <Textarea
        ref={field}
        label={say.editing}
        autosize
        minRows={4}
        value={kept.text}
        onChange={(event) => kept.change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== '/' || kept.text !== '') return;
          event.preventDefault();
          document.querySelector<HTMLElement>('.templates')?.click();
        }}
      />
      <Group gap="sm">
        <TemplatesMenu
          number={reply.caseId}
          onPick={(template) => {
            const text = template?.text ?? kept.text;
            kept.change(text);
            // What is refused is said above.
            saving.save({ text: text.trim(), templateId: template?.id ?? null }).catch(() => undefined);
          }}
        />
        <Text size="sm" role="status" c="dimmed">
          {state()}
        </Text>
        <Chip tone={review.answers ? 'good' : 'warn'}>{review.answers ? say.answers : say.answersNot}</Chip>
      </Group>
      {check.data && <Checked check={check.data} />}
      {review.needsConfirmation && (
        <Confirmation
          review={review}
          settle={settle}
          onNoted={(noted) => {
            saving.noteVersion(noted);
            onSaved();
          }}
        />
      )}
    </Stack>
  );
}
