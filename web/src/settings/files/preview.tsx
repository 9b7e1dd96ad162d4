import { Alert, Stack, Table, Text, Title } from '@mantine/core';
import type { ImportLook } from '../../../../src/api/contract/import-file.ts';
import { useWords } from '../../shared/language.tsx';
import type { PortalColumn } from './queries.ts';
import { fileWords } from './words.ts';

/** Which columns were found, and how the first rows look. */
export function Preview({ look }: { readonly look: ImportLook }) {
  const say = useWords(fileWords);
  const found = Object.entries(look.found).map(
    ([ours, theirs]) => `${say.columns[ours as PortalColumn]} = ${theirs}`,
  );
  return (
    <Stack gap="xs">
      {look.missing.length > 0 && (
        <Alert color="red" role="alert">
          {say.missing} {look.missing.join(', ')}. {say.missingHint}
        </Alert>
      )}
      <Text size="sm">
        {say.found}: {found.join(' · ') || '–'}
      </Text>
      <Title order={3} size="h6">
        {say.firstRows(look.rows.length)}
      </Title>
      <Table.ScrollContainer
        minWidth={look.columns.length * 140}
        maxHeight={320}
        scrollAreaProps={{
          viewportProps: { tabIndex: 0, role: 'region', 'aria-label': say.firstRows(look.rows.length) },
        }}
      >
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {look.columns.map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {look.rows.map((row, line) => (
              <Table.Tr key={line}>
                {row.map((cell, place) => (
                  <Table.Td key={look.columns[place]} className="citizen">
                    {cell.slice(0, 60)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
