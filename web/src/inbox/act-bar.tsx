import { Button, Group, Text } from '@mantine/core';
import { useWords } from '../shared/language.tsx';
import { actWords } from './act-words.ts';
import { type InboxAct, inboxActs } from './acts.ts';
import { inboxWords } from './words.ts';

interface BarProps {
  /** Only what can be done to a message that is no case. */
  readonly onMessage?: boolean;
  /** Several are selected. */
  readonly many?: boolean;
  readonly onAct: (act: InboxAct) => void;
}

/** The acts as buttons with their keys; below the list for all that are selected, above the matter for the open one. */
export function ActBar({ onMessage = false, many = false, onAct }: BarProps) {
  const say = useWords(actWords);
  const offered = inboxActs.filter((act) => act.onMessages || !onMessage);
  return (
    <Group gap="xs" className="acts">
      {offered.map((act) => (
        <Button
          key={act.name}
          size="compact-sm"
          variant="default"
          onClick={() => onAct(act)}
          rightSection={<kbd>{act.key}</kbd>}
        >
          {many && act.name === 'link' ? say.linkMany : say[act.name]}
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
      <ActBar many={count > 1} onAct={onAct} />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {say.clear}
      </Button>
    </section>
  );
}
