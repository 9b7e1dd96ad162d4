import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shared/api.ts';
import { useWords } from '../../shared/language.tsx';
import { healthQuery } from '../../shared/queries.ts';
import { Failed, isGone, Loading } from '../../shared/states.tsx';
import { AnswerForm, LessonText, type Result } from '../../training/lesson.tsx';
import { ResultView } from '../../training/result.tsx';
import { SentBackDrafts } from '../../training/sent-back.tsx';
import { trainingWords } from '../../training/words.ts';

/** Mode latihan: in demo mode the story, in both modes the office's own drafts that came back. */
export function TrainingPage() {
  const say = useWords(trainingWords);
  const health = useQuery(healthQuery);
  return (
    <Stack className="detail-pane" gap="md" maw={860}>
      <Title order={1} size="h4">
        {say.title}
      </Title>
      {health.data?.mode === 'demo' && <Story />}
      <SentBackDrafts />
    </Stack>
  );
}

/** The story's messages one after the other, each decision scored with the reasons. */
function Story() {
  const say = useWords(trainingWords);
  const [result, setResult] = useState<Result | null>(null);
  // The server starts the clock of a message when it is first shown.
  const turn = useQuery({
    queryKey: ['training'],
    queryFn: () => api.training.next({}),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const next = (): void => {
    setResult(null);
    void turn.refetch();
  };
  const again = useMutation({ mutationFn: () => api.training.again({}), onSuccess: next });
  if (isGone(turn)) return <Failed error={turn.error} onRetry={() => void turn.refetch()} />;
  if (!turn.data) return <Loading />;
  const { lesson, progress } = turn.data;
  return (
    <Stack gap="md">
      <Text size="sm">{say.intro}</Text>
      <Group justify="space-between">
        <Text size="sm">{say.progress(progress.answered + (lesson ? 1 : 0), progress.of)}</Text>
        <Text size="sm">{say.points(progress.points, progress.outOf)}</Text>
      </Group>
      <Progress value={(100 * progress.answered) / Math.max(1, progress.of)} aria-hidden="true" />
      {lesson && <LessonText lesson={lesson} />}
      {lesson && !result && <AnswerForm key={lesson.id} lesson={lesson} onScored={setResult} />}
      {result && <ResultView result={result} onNext={next} />}
      {!lesson && (
        <Title order={2} size="h5">
          {say.over}: {say.points(progress.points, progress.outOf)}
        </Title>
      )}
      <Group>
        <Button variant="subtle" size="compact-sm" loading={again.isPending} onClick={() => again.mutate()}>
          {say.again}
        </Button>
      </Group>
    </Stack>
  );
}
