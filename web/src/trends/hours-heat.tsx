import { Table } from '@mantine/core';
import { useWords } from '../shared/language.tsx';
import { InboxLink } from './inbox-link.tsx';
import type { ToInbox } from './use-trends.ts';
import { trendsWords } from './words.ts';

/** From 0 (none) to 4 (most): the ground of a cell, which holds its number too. */
export function heatOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.min(4, Math.ceil((4 * count) / Math.max(1, most)));
}

/** Hour by weekday. @param hours seven rows of 24, Monday first */
export function HoursHeat({
  hours,
  toInbox,
}: {
  readonly hours: readonly (readonly number[])[];
  readonly toInbox: ToInbox;
}) {
  const say = useWords(trendsWords);
  const most = Math.max(1, ...hours.flat());
  return (
    <Table.ScrollContainer minWidth={680}>
      <table className="hours">
        <thead>
          <tr>
            <th scope="col">{say.day}</th>
            {Array.from({ length: 24 }, (_, hour) => `${hour}`.padStart(2, '0')).map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((row, day) => (
            <tr key={say.days[day]}>
              <th scope="row">{say.days[day]}</th>
              {row.map((count, hour) => (
                <td key={`${say.days[day]} ${hour + 1}`} data-heat={heatOf(count, most)}>
                  {count > 0 && (
                    <InboxLink to={toInbox({ weekday: `${day + 1}`, hour: `${hour}` })}>{count}</InboxLink>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Table.ScrollContainer>
  );
}
