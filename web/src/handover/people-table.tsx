import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { caseStateWords } from '../../../src/api/contract/words.ts';
import type { InboxSearch } from '../inbox/search.ts';
import type { api } from '../shared/api.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { numberText } from '../shared/number-text.ts';
import { handoverWords } from './words.ts';

export type Handover = Awaited<ReturnType<typeof api.handover.get>>;

/** In the inbox's filter: nobody has it. */
const nobody = '-';

function Cell({ count, to }: { readonly count: number; readonly to: InboxSearch }) {
  const { language } = useLanguage();
  return (
    <Table.Td>
      {count === 0 ? (
        '–'
      ) : (
        <Link to="/kotak-masuk" search={to}>
          {numberText(count, language)}
        </Link>
      )}
    </Table.Td>
  );
}

/** Who has how many cases in which state; only states that occur have a column. */
export function PeopleTable({ people }: { readonly people: Handover['people'] }) {
  const [say, ofStates] = [useWords(handoverWords), useWords(caseStateWords)];
  const { language } = useLanguage();
  const states = Object.keys(ofStates).flatMap((state) => {
    const found = people.flatMap((one) => one.states).find((one) => one.state === state);
    return found ? [found.state] : [];
  });
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say.who}</Table.Th>
            <Table.Th>{say.all}</Table.Th>
            <Table.Th>{say.near}</Table.Th>
            {states.map((state) => (
              <Table.Th key={state}>{ofStates[state]}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map(({ id, name, states: counts, total, near }) => {
            const assignee = id ?? nobody;
            return (
              <Table.Tr key={assignee}>
                <Table.Th scope="row">{name ?? say.nobody}</Table.Th>
                <Table.Td>{numberText(total, language)}</Table.Td>
                <Cell count={near} to={{ view: 'hampir-lewat', assignee }} />
                {states.map((state) => (
                  <Cell
                    key={state}
                    count={counts.find((one) => one.state === state)?.count ?? 0}
                    to={{ view: 'aduan', assignee, state }}
                  />
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
