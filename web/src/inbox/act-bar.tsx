import { Button, Group, Text } from '@mantine/core';
import { useWords } from '../shared/language.tsx';
import { actWords, type InboxAct, inboxActs } from './acts.ts';
import { inboxWords } from './words.ts';

/** The acts as buttons with their keys; below the list for all that are selected, above the case for the open one. */
export function ActBar({ onAct }: { readonly onAct: (act: InboxAct) => void }) {
  const say = useWords(actWords);
  return (
    <Group gap="xs">
      {inboxActs.map((act) => (
        <Button
          key={act.name}
          size="compact-sm"
          variant="default"
          onClick={() => onAct(act)}
          rightSection={<kbd>{act.key}</kbd>}
        >
          {say[act.name]}
        </Button>
      ))}
    </Group>
  );
}

interface BulkProps {
  readonly count: number;
  readonly onAct: (act: InboxAct) => void;
  readonly onClear: () => void;
}

export function BulkBar({ count, onAct, onClear }: BulkProps) {
  const say = useWords(inboxWords);
  return (
    <section className="bulk" aria-label={say.chosen(count)}>
      <Text fw={600} size="sm">
        {say.chosen(count)}
      </Text>
      <ActBar onAct={onAct} />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {say.clear}
      </Button>
    </section>
  );
}
