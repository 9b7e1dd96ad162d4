import { Stack, Text, Title } from '@mantine/core';
import type { InboxSearch } from '../../inbox/search.ts';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { usePlatformNames } from '../../shared/platform-names.ts';
import { useMe, useNames } from '../../shared/queries.ts';
import { Failed, Loading } from '../../shared/states.tsx';
import { dayAndTime } from '../../shared/when.ts';
import { ChartCard, type ChartRow } from '../../trends/chart-card.tsx';
import { Donut } from '../../trends/donut.tsx';
import { Figures, PerChannel } from '../../trends/figures.tsx';
import { Filters } from '../../trends/filters.tsx';
import { HoursHeat } from '../../trends/hours-heat.tsx';
import { RankedBars } from '../../trends/ranked-bars.tsx';
import { Rising } from '../../trends/rising.tsx';
import { Spikes, TrendNotes } from '../../trends/spikes.tsx';
import { StackedArea } from '../../trends/stacked-area.tsx';
import { TileMap } from '../../trends/tile-map.tsx';
import { type TrendsPage as Page, type ToInbox, type Trends, useTrends } from '../../trends/use-trends.ts';
import { trendsWords } from '../../trends/words.ts';
import '../../trends/trends.css';

/** Rows of a count for a chart and its table twin: in, answered, late, before, secret. */
function rowsOf(
  rows: Trends['byAgency'],
  nameOf: (key: string) => string,
  undecided: string,
  to: (key: string) => InboxSearch | null,
): readonly ChartRow[] {
  return rows.map(({ key, in: count, answered, late, before, secret }) => ({
    key: key ?? '-',
    name: key === null ? undecided : nameOf(key),
    to: to(key ?? '-'),
    values: [count, answered, late, before, secret],
  }));
}

function Counts({ page, trends }: { readonly page: Page; readonly trends: Trends }) {
  const say = useWords(trendsWords);
  const names = useNames();
  const platformNames = usePlatformNames();
  const { toInbox } = page;
  const columns = [say.in, say.answered, say.late, say.periodBefore, say.secretColumn];
  const agencies = rowsOf(
    trends.byAgency,
    (key) => names.agency(key) ?? key,
    say.undecided,
    (key) => toInbox({ inCharge: key }),
  );
  const subjects = rowsOf(
    trends.bySubject,
    (key) => names.subject(key) ?? key,
    say.undecided,
    (key) => toInbox({ subject: key }),
  );
  const places = rowsOf(
    trends.byKecamatan,
    (key) => key,
    say.nowhere,
    (key) => toInbox({ kecamatan: key }),
  );
  const channels = rowsOf(
    trends.byPlatform,
    (key) => platformNames[key] ?? key,
    say.undecided,
    (key) => toInbox({ platform: key }),
  );
  return (
    <>
      <ChartCard
        page={page}
        chart="opd"
        title={say.byAgency}
        columns={[say.agency, ...columns]}
        rows={agencies}
      >
        <RankedBars rows={agencies} />
      </ChartCard>
      <ChartCard
        page={page}
        chart="pokok"
        title={say.bySubject}
        columns={[say.subject, ...columns]}
        rows={subjects}
      >
        <RankedBars rows={subjects} />
      </ChartCard>
      <ChartCard
        page={page}
        chart="kecamatan"
        title={say.byKecamatan}
        columns={[say.kecamatan, ...columns]}
        rows={places}
      >
        <TileMap rows={places} toInbox={toInbox} />
      </ChartCard>
      <ChartCard
        page={page}
        chart="kanal"
        title={say.byPlatform}
        columns={[say.platform, ...columns]}
        rows={channels}
      >
        <Donut title={say.byPlatform} rows={channels} />
      </ChartCard>
    </>
  );
}

function PerDay({ page, trends }: { readonly page: Page; readonly trends: Trends }) {
  const say = useWords(trendsWords);
  const names = useNames();
  const rows = trends.days.map((day, at) => ({
    key: day,
    name: day,
    to: page.toInbox({ from: day, to: day }),
    values: [
      trends.daily.in[at] ?? 0,
      trends.daily.before[at] ?? null,
      ...trends.series.map((line) => line.counts[at] ?? 0),
    ],
  }));
  const agencies = trends.series.map(({ key }) => (key === 'lain' ? say.others : (names.agency(key) ?? key)));
  return (
    <ChartCard
      page={page}
      chart="hari"
      title={say.perDay}
      columns={[say.date, say.in, say.periodBefore, ...agencies]}
      rows={rows}
    >
      <StackedArea trends={trends} compare={page.search.banding === 'ya'} toInbox={page.toInbox} />
    </ChartCard>
  );
}

function Hours({ page, trends }: { readonly page: Page; readonly trends: Trends }) {
  const say = useWords(trendsWords);
  const rows = Array.from({ length: 24 }, (_, hour) => ({
    key: `${hour}`,
    name: say.hour(hour),
    to: null,
    values: trends.hours.map((day) => day[hour] ?? 0),
  }));
  return (
    <ChartCard page={page} chart="jam" title={say.when} columns={[say.when, ...say.days]} rows={rows}>
      <HoursHeat hours={trends.hours} toInbox={page.toInbox} />
    </ChartCard>
  );
}

function Gaps({ gaps }: { readonly gaps: Trends['gaps'] }) {
  const say = useWords(trendsWords);
  const { language } = useLanguage();
  return (
    <section className="chart">
      <Title order={2} size="h5">
        {say.gaps}
      </Title>
      {gaps.length === 0 && <p>{say.noGaps}</p>}
      <ul className="examples">
        {gaps.map((gap) => (
          <li key={`${gap.channelId} ${gap.from}`}>
            {gap.channelId}: {dayAndTime(gap.from, language)} – {dayAndTime(gap.to, language)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The rows behind the page as a file, by the same filter. */
function ExportAll({ toInbox }: { readonly toInbox: ToInbox }) {
  const say = useWords(trendsWords);
  const { may } = useMe();
  const all = toInbox({});
  if (!all || !may('export.read')) return null;
  const query = new URLSearchParams(Object.entries(all));
  return (
    <Text size="sm" className="no-print">
      {say.exportAll} <a href={`/api/exports/cases/xlsx?${query}`}>XLSX</a> ·{' '}
      <a href={`/api/exports/cases/csv?${query}`}>CSV</a>
    </Text>
  );
}

/** Tren: what came in, where, and what is rising. All of it stands in the address; every number opens the inbox there. */
export function TrendsPage() {
  const say = useWords(trendsWords);
  const page = useTrends();
  const { query, toInbox } = page;
  return (
    <Stack className="detail-pane" gap="md">
      <Title order={1} size="h4">
        {say.title}
      </Title>
      <Filters page={page} />
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && (
        <>
          <Spikes trends={query.data} toInbox={toInbox} />
          <Figures trends={query.data} toInbox={toInbox} />
          <PerChannel trends={query.data} toInbox={toInbox} />
          <div className="trends">
            <div className="wide">
              <PerDay page={page} trends={query.data} />
            </div>
            <Counts page={page} trends={query.data} />
            <div className="wide">
              <Hours page={page} trends={query.data} />
            </div>
            <Rising trends={query.data} toInbox={toInbox} />
            <TrendNotes toInbox={toInbox} />
            <Gaps gaps={query.data.gaps} />
          </div>
          <Text size="xs" c="dimmed">
            {say.secretHint}
          </Text>
          <ExportAll toInbox={toInbox} />
        </>
      )}
    </Stack>
  );
}
