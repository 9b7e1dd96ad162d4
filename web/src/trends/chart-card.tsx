import { Button, Group, Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InboxSearch } from '../inbox/search.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { numberText } from '../shared/number-text.ts';
import { downloadCsv } from './csv.ts';
import { InboxLink } from './inbox-link.tsx';
import type { Chart } from './search.ts';
import type { TrendsPage } from './use-trends.ts';
import { trendsWords } from './words.ts';

/** A row of the table twin: what it is about (and where that is in the inbox), and its numbers. */
export interface ChartRow {
  readonly key: string;
  readonly name: string;
  readonly to: InboxSearch | null;
  readonly values: readonly (number | null)[];
}

interface Props {
  readonly page: TrendsPage;
  readonly chart: Chart;
  readonly title: string;
  /** Of the first column and of the values. */
  readonly columns: readonly string[];
  readonly rows: readonly ChartRow[];
  readonly children: ReactNode;
}

function Twin({ title, columns, rows }: Pick<Props, 'title' | 'columns' | 'rows'>) {
  const { language } = useLanguage();
  return (
    <Table.ScrollContainer minWidth={320} maxHeight={420}>
      <Table stickyHeader className="twin">
        <caption className="visually-hidden">{title}</caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row">
                <InboxLink to={row.to}>{row.name}</InboxLink>
              </Table.Th>
              {row.values.map((value, at) => (
                <Table.Td key={columns[at + 1]}>
                  {value === null ? '–' : numberText(value, language)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** A chart with its table twin and the same as a file. */
export function ChartCard({ page, chart, title, columns, rows, children }: Props) {
  const say = useWords(trendsWords);
  const asTable = page.isTable(chart);
  const { from, to } = page.period;
  const save = () =>
    downloadCsv(`tren-${chart}-${from}-${to}`, [columns, ...rows.map((row) => [row.name, ...row.values])]);
  return (
    <section className="chart" aria-labelledby={`judul-${chart}`} data-chart={chart}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Title order={2} size="h5" id={`judul-${chart}`}>
          {title}
        </Title>
        <Group gap={4} wrap="nowrap" className="no-print">
          <Button
            size="compact-xs"
            variant={asTable ? 'filled' : 'default'}
            aria-pressed={asTable}
            onClick={() => page.turn(chart)}
          >
            {say.table}
          </Button>
          <Button size="compact-xs" variant="default" onClick={save} aria-label={say.csvOf(title)}>
            CSV
          </Button>
        </Group>
      </Group>
      {rows.length === 0 && <p>{say.nothing}</p>}
      {rows.length > 0 && (asTable ? <Twin title={title} columns={columns} rows={rows} /> : children)}
    </section>
  );
}
