import { Alert, Button, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, problemOf } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { now } from '../shared/clock.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useErrorWords } from '../shared/states.tsx';
import { useKeptText } from '../shared/use-kept-text.ts';
import { clockTime } from '../shared/when.ts';
import { Checked } from './checked.tsx';
import { Confirmation } from './confirmation.tsx';
import { type Review, reviewQuery } from './review-query.ts';
import { approvalWords } from './words.ts';

/** Rest after the last letter before it is saved and checked, in milliseconds. */
const rest = 800;

/** The text once it has not changed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(text), rest);
    return () => window.clearTimeout(timer);
  }, [text]);
  return rested;
}

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

interface TemplatesProps {
  readonly number: string;
  /** @param template null: one's own words */
  readonly onPick: (template: { readonly id: string; readonly text: string } | null) => void;
}

function Templates({ number, onPick }: TemplatesProps) {
  const say = useWords(approvalWords);
  const list = useQuery({
    queryKey: ['templates', number],
    queryFn: () => api.drafts.templates({ number }),
    staleTime: 60_000,
  });
  return (
    <Menu position="bottom-start" width={420}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" className="templates">
          {say.templates}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="template-list">
        <Menu.Item onClick={() => onPick(null)}>
          <Text size="sm" fw={600}>
            {say.ownWords}
          </Text>
          <Text size="xs">{say.ownWordsHint}</Text>
        </Menu.Item>
        {(list.data ?? []).map((one) => (
          <Menu.Item key={one.id} onClick={() => onPick(one)}>
            <Text size="sm" fw={600}>
              {one.situation} {one.fits && `· ${say.fits}`}
            </Text>
            <Text size="xs" lineClamp={2}>
              {one.text}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The person's own text: kept in this browser at every letter, on the server when he rests. */
export function Composer({ review, onSaved }: { readonly review: Review; readonly onSaved: () => void }) {
  const say = useWords(approvalWords);
  const { language } = useLanguage();
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const { reply } = review;
  const [version, setVersion] = useState(reply.version);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const kept = useKeptText(`balasan-${reply._id}`, reply.text);
  const stored = useRef(reply.text);
  const field = useRef<HTMLTextAreaElement>(null);
  const rested = useRested(kept.text);
  const check = useQuery({
    queryKey: ['check', reply._id, rested],
    queryFn: () => api.drafts.check({ id: reply._id, text: rested }),
    placeholderData: (before) => before,
  });
  const save = useMutation({
    mutationFn: (given: { text: string; version: number; templateId?: string | null }) =>
      api.drafts.edit({ id: reply._id, ...given }),
    onSuccess: (now_) => {
      stored.current = now_.text;
      setVersion(now_.version);
      setSavedAt(now());
      // Letters that came meanwhile stay.
      if (field.current?.value.trim() === now_.text) kept.saved(now_.text);
      cache.setQueryData(reviewQuery(reply._id).queryKey, (old) => old && { ...old, reply: now_ });
      onSaved();
    },
  });
  const { mutate, isPending, isError } = save;
  useEffect(() => {
    const text = rested.trim();
    // Only what still stands in the field: a template may have taken its place meanwhile.
    const settled = rested === kept.text && !isPending && !isError;
    if (settled && text !== '' && text !== stored.current) mutate({ text, version });
  }, [rested, kept.text, version, isPending, isError, mutate]);

  const problem = problemOf(save.error);
  const conflict = problem?.status === 409 && typeof problem.text === 'string' ? problem.text : null;
  const state = () => {
    if (isPending) return say.saving;
    if (kept.text.trim() !== stored.current) return say.unsaved;
    return savedAt === null ? '' : say.saved(clockTime(savedAt, language));
  };
  const take = (text: string, seen: number): void => {
    stored.current = text;
    setVersion(seen);
    save.reset();
  };
  return (
    <Stack gap="xs">
      {conflict !== null && (
        <Conflict
          mine={kept.text}
          stored={conflict}
          onMine={() => take(conflict, problem?.version ?? version)}
          onStored={() => {
            take(conflict, problem?.version ?? version);
            kept.saved(conflict);
          }}
        />
      )}
      {save.isError && conflict === null && <Alert color="red">{wordsOf(save.error)}</Alert>}
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
        <Templates
          number={reply.caseId}
          onPick={(template) => {
            const text = template?.text ?? kept.text;
            kept.change(text);
            mutate({ text: text.trim(), version, templateId: template?.id ?? null });
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
          version={version}
          onNoted={(noted) => {
            setVersion(noted);
            onSaved();
          }}
        />
      )}
    </Stack>
  );
}
