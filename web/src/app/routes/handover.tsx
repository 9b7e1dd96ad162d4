import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Part, Replies, Silent, Soonest, Waiting } from '../../handover/lists.tsx';
import { PeopleTable } from '../../handover/people-table.tsx';
import { handoverWords } from '../../handover/words.ts';
import { api } from '../../shared/api.ts';
import { CopyText } from '../../shared/copy-text.tsx';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { Failed, isGone, Loading } from '../../shared/states.tsx';
import { dayAndTime } from '../../shared/when.ts';

/** Serah terima, at the end of a shift: what waits for whom, to look at and to pass on. */
export function HandoverPage() {
  const say = useWords(handoverWords);
  const { language } = useLanguage();
  const query = useQuery({
    queryKey: ['handover'],
    queryFn: () => api.handover.get({}),
    refetchInterval: 30_000,
  });
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const handover = query.data;
  return (
    <Stack className="detail-pane" gap="lg">
      <Group justify="space-between">
        <Title order={1} size="h4">
          {say.title}
        </Title>
        <Button className="no-print" size="compact-sm" variant="default" onClick={() => window.print()}>
          {say.print}
        </Button>
      </Group>
      <Text size="sm">
        {say.at(dayAndTime(handover.at, language))}. {say.hint}
      </Text>
      <div className="halves">
        <Waiting handover={handover} />
        <Replies handover={handover} />
      </div>
      <Part title={say.people}>
        {handover.people.length === 0 ? <p>{say.none}</p> : <PeopleTable people={handover.people} />}
      </Part>
      <div className="halves">
        <Soonest handover={handover} />
        <Silent handover={handover} />
      </div>
      <section className="no-print">
        <CopyText label={say.text} text={handover.text} words={say} />
        <Text size="sm">{say.textHint}</Text>
      </section>
    </Stack>
  );
}
