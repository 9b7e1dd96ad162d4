import { Button, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { evidenceWords } from '../../../src/api/contract/words.ts';
import { api } from '../shared/api.ts';
import { useWords, words } from '../shared/language.tsx';
import { Failed } from '../shared/states.tsx';

const texts = words(
  {
    show: 'Kata dan bobotnya',
    words: 'Kata atau aturan',
    source: 'Dari',
    weight: 'Bobot',
    isOther: 'Dinilai dengan penggolong yang sekarang; keputusan di atas dibuat versi sebelumnya.',
    none: 'Tidak ada yang cukup terdengar.',
  },
  {
    show: 'Words and weights',
    words: 'Word or rule',
    source: 'From',
    weight: 'Weight',
    isOther: 'Judged by the classifier as it is now; the decision above is of another version.',
    none: 'Nothing was heard well enough.',
  },
);

/** What speaks for the decision and for the runner-up, asked for when somebody wants to know. */
export function ReasonTables({ id }: { readonly id: string }) {
  const [say, sources] = [useWords(texts), useWords(evidenceWords)];
  const sourceWords: Readonly<Record<string, string>> = sources;
  const [wanted, setWanted] = useState(false);
  const query = useQuery({
    queryKey: ['why', id],
    queryFn: () => api.mentions.why({ id }),
    enabled: wanted,
    staleTime: 60_000,
  });
  if (!wanted || query.isPending)
    return (
      <Button size="compact-xs" variant="default" loading={wanted} onClick={() => setWanted(true)}>
        {say.show}
      </Button>
    );
  if (query.isError) return <Failed error={query.error} />;
  const { candidates, isOther } = query.data;
  return (
    <Stack gap="xs">
      {isOther && <Text size="sm">{say.isOther}</Text>}
      {candidates.length === 0 && <Text size="sm">{say.none}</Text>}
      {candidates.map(({ subjectName, agencyName, confidence, because }) => (
        <Table key={subjectName} captionSide="top">
          <Table.Caption>
            {subjectName} · {agencyName} · {Math.round(confidence * 100)}%
          </Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say.words}</Table.Th>
              <Table.Th>{say.source}</Table.Th>
              <Table.Th>{say.weight}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {because.map((one, at) => (
              <Table.Tr key={at}>
                <Table.Td>{one.words}</Table.Td>
                <Table.Td>{sourceWords[one.source] ?? one.source}</Table.Td>
                <Table.Td>{one.weight.toFixed(2)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
    </Stack>
  );
}
