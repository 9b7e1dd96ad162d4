import { Button, Group, Stack, Table, Title } from '@mantine/core';
import { useLanguage, useWords } from '../shared/language.tsx';
import type { Result } from './lesson.tsx';
import { trainingWords } from './words.ts';

/** The points, part by part, each with its reason. */
export function ResultView({ result, onNext }: { readonly result: Result; readonly onNext: () => void }) {
  const say = useWords(trainingWords);
  const { language } = useLanguage();
  return (
    <Stack gap="sm">
      <Title order={2} size="h5" role="status">
        {say.result}: {say.points(result.points, 100)}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say.about}</Table.Th>
            <Table.Th>{say.score}</Table.Th>
            <Table.Th>{say.why}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.parts.map(({ part, points, of, why }) => (
            <Table.Tr key={part}>
              <Table.Th scope="row">{say.part[part]}</Table.Th>
              <Table.Td className="nowrap">
                {points === of ? '✓' : points === 0 ? '✗' : '~'} {points} / {of}
              </Table.Td>
              <Table.Td>{why[language]}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group>
        <Button autoFocus onClick={onNext}>
          {say.next}
        </Button>
      </Group>
    </Stack>
  );
}
