import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ReportSheet } from '../../report/sheet.tsx';
import { reportWords } from '../../report/words.ts';
import { api } from '../../shared/api.ts';
import { now } from '../../shared/clock.ts';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { lastDays } from '../../shared/period.ts';
import { PeriodFields } from '../../shared/period-fields.tsx';
import { healthQuery, useNames } from '../../shared/queries.ts';
import { Failed, isGone, Loading, useErrorWords } from '../../shared/states.tsx';
import { day, dayAndTime } from '../../shared/when.ts';
import '../../report/sheet.css';

const here = getRouteApi('/desk/laporan');

/** The end of a day in WIB, or this minute when the day is not over. */
function until(day: string): string {
  const end = new Date(`${day}T23:59:59.999+07:00`);
  return new Date(Math.min(end.getTime(), now().getTime())).toISOString();
}

function Frozen({ id }: { readonly id: string }) {
  const say = useWords(reportWords);
  const { language } = useLanguage();
  const health = useQuery(healthQuery);
  const query = useQuery({
    queryKey: ['reports', id],
    queryFn: () => api.reports.get({ id }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { text, at } = query.data;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    notifications.show({ message: say.copied });
  };
  return (
    <Stack className="report">
      <Title order={2} size="h5" className="no-print">
        {say.frozen(id, dayAndTime(at, language))}
      </Title>
      <Group className="no-print">
        <Button onClick={() => void copy()}>{say.copy}</Button>
        <Button variant="default" onClick={() => window.print()}>
          {say.print}
        </Button>
        <a href={`/api/reports/${encodeURIComponent(id)}/file/xlsx`}>{say.sheet}</a>
        <a href={`/api/reports/${encodeURIComponent(id)}/file/csv`}>{say.csv}</a>
      </Group>
      <ReportSheet report={query.data} demo={health.data?.mode === 'demo'} />
      <section className="no-print" aria-label={say.text}>
        <Title order={2} size="h5">
          {say.text}
        </Title>
        <pre className="letter">{text}</pre>
      </section>
    </Stack>
  );
}

/** Laporan pimpinan: one page of any period up to this minute. */
export function ReportPage() {
  const say = useWords(reportWords);
  const names = useNames();
  const { language } = useLanguage();
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const { buka } = here.useSearch();
  const navigate = useNavigate({ from: '/laporan' });
  const [period, choose] = useState(() => lastDays(now(), 7));
  const list = useQuery({ queryKey: ['reports'], queryFn: () => api.reports.list({}) });
  const make = useMutation({
    mutationFn: () =>
      api.reports.make({
        from: new Date(`${period.from}T00:00:00+07:00`).toISOString(),
        to: until(period.to),
      }),
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: ['reports'], exact: true });
      void navigate({ search: { buka: made._id } });
    },
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
  });
  return (
    <Stack className="detail-pane" gap="lg">
      <Title order={1} size="h4">
        {say.title}
      </Title>
      <PeriodFields period={period} onChange={choose} />
      <Group className="no-print">
        <Button
          loading={make.isPending}
          onClick={() => make.mutate()}
          h="auto"
          mih={36}
          py={6}
          styles={{ label: { whiteSpace: 'normal' } }}
        >
          {say.make} ({day(period.from, language)} – {day(period.to, language)})
        </Button>
        <Text size="sm">{say.hint}</Text>
      </Group>
      {buka !== undefined && <Frozen key={buka} id={buka} />}
      <section className="no-print">
        <Title order={2} size="h5">
          {say.earlier}
        </Title>
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <p>{say.none}</p>}
        <ul>
          {list.data?.map((one) => (
            <li key={one._id}>
              <Link to="/laporan" search={{ buka: one._id }}>
                {dayAndTime(one.at, language)}, {names.person(one.by)}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </Stack>
  );
}
