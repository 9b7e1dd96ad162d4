import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { PlatformIcon } from '../shared/platform-icon.tsx';
import { Failed, isGone, Loading } from '../shared/states.tsx';
import { trainingWords } from './words.ts';

type Lesson = Awaited<ReturnType<typeof api.training.sentBack>>[number];

/** Drafts of this office that came back, one at a time: first the question, then what the approver said. */
export function SentBackDrafts() {
  const say = useWords(trainingWords);
  const [at, setAt] = useState(0);
  const drafts = useQuery({
    queryKey: ['training', 'sent-back'],
    queryFn: () => api.training.sentBack({}),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (isGone(drafts)) return <Failed error={drafts.error} onRetry={() => void drafts.refetch()} />;
  if (!drafts.data) return <Loading rows={2} />;
  const lesson = drafts.data[at];
  const isLast = at + 1 >= drafts.data.length;
  return (
    <Stack component="section" gap="md" aria-label={say.sentBack}>
      <Title order={2} size="h4">
        {say.sentBack}
      </Title>
      <Text size="sm">{say.sentBackIntro}</Text>
      {lesson ? (
        <>
          <Text size="sm">{say.draftOf(at + 1, drafts.data.length)}</Text>
          <SentBackDraft key={lesson.id} lesson={lesson} />
          {drafts.data.length > 1 && (
            <Group>
              <Button variant="default" onClick={() => setAt(isLast ? 0 : at + 1)}>
                {isLast ? say.firstDraft : say.nextDraft}
              </Button>
            </Group>
          )}
        </>
      ) : (
        <Text size="sm">{say.noneSentBack}</Text>
      )}
    </Stack>
  );
}

function SentBackDraft({ lesson }: { readonly lesson: Lesson }) {
  const say = useWords(trainingWords);
  const [shown, setShown] = useState(false);
  return (
    <Stack gap="xs">
      {lesson.message !== null && (
        <article className="bubble" aria-label={say.citizen}>
          <Group gap="xs">
            <PlatformIcon platform={lesson.platform} /> <strong>{say.citizen}</strong>
          </Group>
          <p className="citizen">{lesson.message}</p>
        </article>
      )}
      <article className="bubble reply" aria-label={say.draft}>
        <strong>{say.draft}</strong>
        <p className="citizen">{lesson.draft}</p>
      </article>
      <Title order={3} size="h5">
        {say.whatWasWrong}
      </Title>
      {shown ? (
        <div role="status">
          <p>
            <strong>{say.approverSaid}:</strong> <q>{lesson.reason}</q>
          </p>
          {lesson.sent !== null && (
            <article className="bubble reply" aria-label={say.wentOut}>
              <strong>{say.wentOut}</strong>
              <p className="citizen">{lesson.sent}</p>
            </article>
          )}
        </div>
      ) : (
        <Group>
          <Button onClick={() => setShown(true)}>{say.showReason}</Button>
        </Group>
      )}
    </Stack>
  );
}
