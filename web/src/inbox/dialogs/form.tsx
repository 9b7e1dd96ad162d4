import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../shared/language.tsx';
import { actWords } from '../act-words.ts';
import type { Acted, Given } from '../acts.ts';

/** What every form of an act gets: what it is about, and where its answer goes. */
export interface FormProps {
  readonly threads: readonly Acted[];
  readonly onGiven: (given: Given) => void;
  readonly onClose: () => void;
}

interface Props {
  readonly ready: boolean;
  readonly busy?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The body of a dialog: Enter does it, Escape leaves everything as it was. */
export function DialogForm({ ready, busy = false, onSubmit, onClose, children }: Props) {
  const say = useWords(actWords);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !busy) onSubmit();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say.cancel}
          </Button>
          <Button type="submit" disabled={!ready} loading={busy}>
            {say.do}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
