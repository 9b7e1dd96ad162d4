import { Table, Title } from '@mantine/core';
import { useWords } from '../shared/language.tsx';
import { trendsWords } from './words.ts';

/** Hour by weekday: each cell holds its number, and the ground repeats it. @param hours seven rows of 24, Monday first */
export function HoursTable({ hours }: { readonly hours: readonly (readonly number[])[] }) {
  const say = useWords(trendsWords);
  const most = Math.max(1, ...hours.flat());
  return (
    <section>
      <Title order={2} size="h5">
        {say.when}
      </Title>
      <Table.ScrollContainer minWidth={720}>
        <Table className="hours">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say.day}</Table.Th>
              {Array.from({ length: 24 }, (_, hour) => `${hour}`.padStart(2, '0')).map((hour) => (
                <Table.Th key={hour}>{hour}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {hours.map((row, day) => (
              <Table.Tr key={say.days[day]}>
                <Table.Th scope="row">{say.days[day]}</Table.Th>
                {row.map((count, hour) => (
                  <Table.Td key={`${say.days[day]} ${hour + 1}`} data-heat={Math.ceil((4 * count) / most)}>
                    {count || ''}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
