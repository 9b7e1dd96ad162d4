import { Alert, Button, Group, SimpleGrid, Text } from '@mantine/core';
import { useWords } from '../../shared/language.tsx';
import type { Refusal } from './use-entry.ts';
import { listWords } from './words.ts';

/** Both contents, and what to do now: nothing that was typed is lost. */
export function Conflict({
  refusal,
  onTake,
  onKeep,
}: {
  readonly refusal: Refusal;
  readonly onTake: () => void;
  readonly onKeep: () => void;
}) {
  const say = useWords(listWords);
  const both = [
    [say.theirs, refusal.text],
    [say.yours, refusal.yours],
  ] as const;
  return (
    <Alert color="red" role="alert" title={say.conflict}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {both.map(([name, text]) => (
          <div key={name}>
            <Text fw={600}>{name}</Text>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
            <pre className="both-texts" tabIndex={0}>
              {text || say.gone}
            </pre>
          </div>
        ))}
      </SimpleGrid>
      <Group mt="xs">
        <Button variant="default" onClick={onTake}>
          {say.takeTheirs}
        </Button>
        <Button variant="default" onClick={onKeep}>
          {say.keepYours}
        </Button>
      </Group>
    </Alert>
  );
}
