import { Progress, Table, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords, words } from './language.tsx';

export interface CountRow {
  readonly key: string | null;
  readonly in: number;
  readonly answered: number;
  readonly late: number;
}

const texts = words(
  { in: 'Masuk', answered: 'Dijawab', late: 'Terlambat', none: 'Belum ditentukan', empty: 'Tidak ada.' },
  { in: 'In', answered: 'Answered', late: 'Late', none: 'Not decided', empty: 'None.' },
);

/** Ranked bars and their numbers in one: the bar repeats what the number says. */
export function CountTable({
  title,
  rows,
  nameOf,
  filterOf,
}: {
  readonly title: string;
  readonly rows: readonly CountRow[];
  readonly nameOf: (key: string) => string | null;
  /** What the inbox is narrowed to by a click; absent: no link. */
  readonly filterOf?: (key: string) => Readonly<Record<string, string>>;
}) {
  const say = useWords(texts);
  const most = Math.max(1, ...rows.map((row) => row.in));
  return (
    <section>
      <Title order={2} size="h5">
        {title}
      </Title>
      {rows.length === 0 && <p>{say.empty}</p>}
      <Table.ScrollContainer minWidth={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{title}</Table.Th>
              <Table.Th w="30%" aria-hidden="true" />
              <Table.Th ta="right">{say.in}</Table.Th>
              <Table.Th ta="right">{say.answered}</Table.Th>
              <Table.Th ta="right">{say.late}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.key ?? ''}>
                <Table.Td>
                  {row.key !== null && filterOf ? (
                    <Link to="/kotak-masuk" search={{ view: 'semua', ...filterOf(row.key) }}>
                      {nameOf(row.key) ?? row.key}
                    </Link>
                  ) : row.key === null ? (
                    say.none
                  ) : (
                    (nameOf(row.key) ?? row.key)
                  )}
                </Table.Td>
                <Table.Td aria-hidden="true">
                  <Progress value={(100 * row.in) / most} aria-hidden="true" />
                </Table.Td>
                <Table.Td ta="right">{row.in}</Table.Td>
                <Table.Td ta="right">{row.answered}</Table.Td>
                <Table.Td ta="right">{row.late}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
