import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { api } from '../../shared/api.ts';
import { HOUR, now } from '../../shared/clock.ts';
import { CountTable } from '../../shared/count-table.tsx';
import { platformNames } from '../../shared/field-words.ts';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { lastDays, type Period } from '../../shared/period.ts';
import { PeriodFields } from '../../shared/period-fields.tsx';
import { useMe, useNames } from '../../shared/queries.ts';
import { Failed, Loading } from '../../shared/states.tsx';
import { dayAndTime } from '../../shared/when.ts';
import { HoursTable } from '../../trends/hours-table.tsx';
import { trendsWords } from '../../trends/words.ts';

const here = getRouteApi('/desk/tren');

type Trends = Awaited<ReturnType<typeof api.trends.get>>;

function Figure({ name, value, before }: { name: string; value: string; before: string }) {
  return (
    <div className="figure">
      <Text size="sm">{name}</Text>
      <Text size="xl" fw={700}>
        {value}
      </Text>
      <Text size="xs" c="var(--tanggap-muted)">
        {before}
      </Text>
    </div>
  );
}

function Figures({ trends: { totals, before } }: { readonly trends: Trends }) {
  const say = useWords(trendsWords);
  const reply = (ms: number | null) => (ms === null ? '–' : say.hours(ms / HOUR));
  return (
    <SimpleGrid cols={{ base: 2, md: 5 }}>
      {(['in', 'answered', 'late', 'secret'] as const).map((key) => (
        <Figure key={key} name={say[key]} value={`${totals[key]}`} before={say.before(before[key])} />
      ))}
      <Figure name={say.reply} value={reply(totals.medianReplyMs)} before={reply(before.medianReplyMs)} />
    </SimpleGrid>
  );
}

function Rising({ trends }: { readonly trends: Trends }) {
  const say = useWords(trendsWords);
  const { subject } = useNames();
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <section>
        <Title order={2} size="h5">
          {say.rising}
        </Title>
        {trends.risingSubjects.length === 0 && <p>{say.nothing}</p>}
        <ul>
          {trends.risingSubjects.map(({ key, now: count, usual }) => (
            <li key={`${key.subject} ${key.kecamatan}`}>
              {subject(key.subject) ?? '–'}, {key.kecamatan ?? say.everywhere}: {say.usual(count, usual)}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <Title order={2} size="h5">
          {say.words}
        </Title>
        {trends.risingWords.length === 0 && <p>{say.nothing}</p>}
        <ul>
          {trends.risingWords.map(({ key, now: count, usual }) => (
            <li key={key}>
              {key}: {say.usual(count, usual)}
            </li>
          ))}
        </ul>
      </section>
    </SimpleGrid>
  );
}

/** Tren: what came in, where, and what is rising. The period stands in the address; a name opens the inbox there. */
export function TrendsPage() {
  const say = useWords(trendsWords);
  const { language } = useLanguage();
  const names = useNames();
  const { may } = useMe();
  const search = here.useSearch();
  const navigate = useNavigate({ from: '/tren' });
  const period: Period =
    search.from && search.to ? { from: search.from, to: search.to } : lastDays(now(), 28);
  const query = useQuery({ queryKey: ['trends', period], queryFn: () => api.trends.get(period) });
  // Who does not see cases gets the numbers without the way to them.
  const narrowed = (name: string) =>
    may('case.view') && { filterOf: (key: string) => ({ [name]: key, ...period }) };
  return (
    <Stack className="detail-pane" gap="lg">
      <Title order={1} size="h4">
        {say.title}
      </Title>
      <PeriodFields period={period} onChange={(to) => void navigate({ search: to })} />
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && (
        <>
          <Figures trends={query.data} />
          <Rising trends={query.data} />
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <CountTable
              title={say.agency}
              rows={query.data.byAgency}
              nameOf={names.agency}
              {...narrowed('agency')}
            />
            <CountTable
              title={say.subject}
              rows={query.data.bySubject}
              nameOf={names.subject}
              {...narrowed('subject')}
            />
            <CountTable
              title={say.kecamatan}
              rows={query.data.byKecamatan}
              nameOf={(key) => key}
              {...narrowed('kecamatan')}
            />
            <CountTable
              title={say.platform}
              rows={query.data.byPlatform}
              nameOf={(key) => (platformNames as Readonly<Record<string, string>>)[key] ?? key}
              {...narrowed('platform')}
            />
          </SimpleGrid>
          <HoursTable hours={query.data.hours} />
          <section>
            <Title order={2} size="h5">
              {say.gaps}
            </Title>
            {query.data.gaps.length === 0 && <p>{say.noGaps}</p>}
            <ul>
              {query.data.gaps.map((gap) => (
                <li key={`${gap.channelId} ${gap.from}`}>
                  {gap.channelId}: {dayAndTime(gap.from, language)} – {dayAndTime(gap.to, language)}
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </Stack>
  );
}
