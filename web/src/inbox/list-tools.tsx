import { Button, Group } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../shared/language.tsx';
import { useMe } from '../shared/queries.ts';
import { useKeys } from '../shared/use-keys.ts';
import type { View } from './search.ts';
import { toolWords } from './tool-words.ts';

const CaptureDialog = lazy(() =>
  import('./dialogs/capture-dialog.tsx').then((one) => ({ default: one.CaptureDialog })),
);
const ReminderDialog = lazy(() =>
  import('./dialogs/group-dialogs.tsx').then((one) => ({ default: one.ReminderDialog })),
);

const captureKey = 'n';

/** The reminder's most cases at once. */
const mostReminded = 100;

interface Props {
  readonly view: View;
  /** The cases that a reminder would name: what is selected, else what the list shows. */
  readonly numbers: readonly string[];
}

/** Above the list: note what came another way, and remind whom the list says is silent. */
export function ListTools({ view, numbers }: Props) {
  const say = useWords(toolWords);
  const { may } = useMe();
  const [open, setOpen] = useState<'capture' | 'reminder' | null>(null);
  const close = () => setOpen(null);
  const captures = may('mention.capture');
  const reminds = view === 'opd-belum-menjawab' && numbers.length > 0;
  useKeys({ [captureKey]: captures ? () => setOpen('capture') : undefined });
  if (!captures && !reminds) return null;
  return (
    <Group gap="xs" px="xs" pt="xs">
      {captures && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setOpen('capture')}
          rightSection={<kbd>{captureKey}</kbd>}
        >
          {say.capture}
        </Button>
      )}
      {reminds && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen('reminder')}>
          {say.reminder}
        </Button>
      )}
      <Suspense fallback={null}>
        {open === 'capture' && <CaptureDialog onClose={close} />}
        {open === 'reminder' && <ReminderDialog numbers={numbers.slice(0, mostReminded)} onClose={close} />}
      </Suspense>
    </Group>
  );
}
