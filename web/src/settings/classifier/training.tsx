import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../shared/api.ts';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { useMe, useNames } from '../../shared/queries.ts';
import { Failed, isGone, useErrorWords } from '../../shared/states.tsx';
import { dayAndTime } from '../../shared/when.ts';
import { modelsQuery, type Run, trainingQuery } from './queries.ts';
import { classifierWords } from './words.ts';

const lookEveryMs = 1_000;
/** One may begin at night, by a colleague or on the command line. */
const idleLookMs = 10_000;

function isOpen(run: Run | null | undefined): boolean {
  return run?.state === 'waiting' || run?.state === 'running';
}

/** What the newest training is doing. */
function Standing({ run }: { readonly run: Run }) {
  const say = useWords(classifierWords);
  const { language } = useLanguage();
  const { person } = useNames();
  const percent = Math.round(run.share * 100);
  return (
    <>
      <Text size="sm" role="status">
        {say.state[run.state]} {isOpen(run) && run.stopBy === null && `· ${percent}%`}{' '}
        {isOpen(run) && run.stopBy !== null && `· ${say.stopping}`} ·{' '}
        {say.runBy(person(run.by), dayAndTime(run.askedAt, language))}
        {run.model && ` · ${run.model}`}
      </Text>
      {isOpen(run) && <Progress value={percent} aria-label={say.training} w="100%" />}
    </>
  );
}

/** A training by hand, with its progress; it can be stopped, and nothing of it is kept then. */
export function Training() {
  const say = useWords(classifierWords);
  const wordsOf = useErrorWords();
  const { may } = useMe();
  const cache = useQueryClient();
  const query = useQuery({
    ...trainingQuery,
    refetchInterval: ({ state }) => (isOpen(state.data) ? lookEveryMs : idleLookMs),
  });
  const run = query.data ?? null;
  const running = isOpen(run);
  // A training that ended has left a model.
  useEffect(() => {
    if (!running) void cache.invalidateQueries({ queryKey: modelsQuery.queryKey });
  }, [running, cache]);
  const act = useMutation({
    mutationFn: (ask: () => Promise<unknown>) => ask(),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: trainingQuery.queryKey }),
  });
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Stack gap="xs" component="section" aria-label={say.training} align="flex-start">
      <Title order={2} size="h5">
        {say.training}
      </Title>
      <Text size="sm">{say.nightly}</Text>
      {run && <Standing run={run} />}
      {may('classifier.manage') && (
        <Group>
          {running && run ? (
            <Button
              variant="default"
              disabled={run.stopBy !== null}
              onClick={() => act.mutate(() => api.classifier.stopTraining({ id: run._id }))}
            >
              {say.stop}
            </Button>
          ) : (
            <Button
              loading={act.isPending}
              onClick={() => act.mutate(() => api.classifier.startTraining({}))}
            >
              {say.start}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}
