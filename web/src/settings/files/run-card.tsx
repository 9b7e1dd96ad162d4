import { Alert, Anchor, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { platformNames } from '../../../../src/api/contract/words.ts';
import { api } from '../../shared/api.ts';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { numberText } from '../../shared/number-text.ts';
import { useNames } from '../../shared/queries.ts';
import { useErrorWords } from '../../shared/states.tsx';
import { dayAndTime } from '../../shared/when.ts';
import { type Run, runsQuery } from './queries.ts';
import { fileWords } from './words.ts';

function Counts({ counts }: { readonly counts: Run['counts'] }) {
  const say = useWords(fileWords);
  const { language } = useLanguage();
  const shown = (['read', 'added', 'updated', 'unchanged', 'refused'] as const).map(
    (name) => `${numberText(counts[name], language)} ${say.counts[name]}`,
  );
  return <Text size="sm">{shown.join(' · ')}</Text>;
}

/** @param expected rows of the file, where a dry run has counted them */
function Running({ run, expected }: { readonly run: Run; readonly expected: number | null }) {
  const say = useWords(fileWords);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const stop = useMutation({
    mutationFn: () => api.imports.stop({ id: run._id }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
  const share = expected === null ? 100 : Math.min(100, (100 * run.counts.read) / Math.max(1, expected));
  return (
    <>
      <Progress value={share} animated={expected === null} aria-label={say.reading} w="100%" />
      <Group gap="xs">
        <Text size="sm">{say.mayLeave}</Text>
        <Button
          size="compact-sm"
          variant="default"
          disabled={run.stopBy !== null || stop.isPending}
          onClick={() => stop.mutate()}
        >
          {run.stopBy === null ? say.stop : say.stopping}
        </Button>
      </Group>
    </>
  );
}

function Refused({ run }: { readonly run: Run }) {
  const say = useWords(fileWords);
  return (
    <>
      {run.refusals.map(({ line, reason }) => (
        <Text key={line} size="sm">
          {say.line(line)}: {reason}
        </Text>
      ))}
      <Anchor size="sm" href={`/api/imports/${run._id}/refused`}>
        {say.refused}
      </Anchor>
    </>
  );
}

/** One file that is read or was: how far it is, what it brought, which rows are faulty. */
export function RunCard({ run, expected = null }: { readonly run: Run; readonly expected?: number | null }) {
  const say = useWords(fileWords);
  const { language } = useLanguage();
  const { person } = useNames();
  const title = `${say.steps[run.step]}: ${run.file}`;
  return (
    <Paper withBorder p="sm" component="article" aria-label={title}>
      <Stack gap={4} align="flex-start">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Text>
        <Text size="sm" c="var(--tanggap-muted)">
          {platformNames[run.portal]} · {person(run.by)} · {dayAndTime(run.startedAt, language)}
        </Text>
        <div role="status">
          <Text size="sm" fw={600}>
            {run.state === 'done' ? say.ended[run.step] : say.states[run.state]}
          </Text>
          {run.words ? <Text size="sm">{run.words[language]}</Text> : <Counts counts={run.counts} />}
        </div>
        {run.state === 'running' && <Running run={run} expected={expected} />}
        {run.unknownStates.length > 0 && run.state !== 'running' && (
          <Alert color="yellow" w="100%">
            {say.unknownStates(run.unknownStates.join(', '))}
          </Alert>
        )}
        {run.counts.refused > 0 && run.state !== 'running' && <Refused run={run} />}
      </Stack>
    </Paper>
  );
}

/** The newest files, so that whoever left finds his again. @param without the one that is shown elsewhere */
export function Runs({ without }: { readonly without: string | null }) {
  const say = useWords(fileWords);
  const { data } = useQuery(runsQuery);
  const shown = data?.filter((run) => run._id !== without) ?? [];
  if (shown.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={say.runs}>
      <Text fw={600}>{say.runs}</Text>
      {shown.map((run) => (
        <RunCard key={run._id} run={run} />
      ))}
    </Stack>
  );
}
