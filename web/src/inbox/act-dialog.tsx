import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useWords } from '../shared/language.tsx';
import { useNames } from '../shared/queries.ts';
import { actWords, type Given, type InboxAct } from './acts.ts';

interface Props {
  readonly act: InboxAct;
  readonly about: string;
  readonly onGiven: (given: Given) => void;
  readonly onClose: () => void;
}

/** Asks for the reason or the agency; Enter does it, Escape leaves everything as it was. */
export function ActDialog({ act, about, onGiven, onClose }: Props) {
  const say = useWords(actWords);
  const { agencies } = useNames();
  const [note, setNote] = useState('');
  const [agency, setAgency] = useState<string | null>(null);
  const ready = act.asks === 'agency' ? agency !== null : note.trim().length >= 3;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    onGiven(act.asks === 'agency' && agency !== null ? { agency } : { note: note.trim() });
  };
  return (
    <Modal opened onClose={onClose} title={say.on(say[act.name], about)}>
      <form onSubmit={submit}>
        <Stack>
          {act.asks === 'agency' ? (
            <Select
              data-autofocus
              searchable
              selectFirstOptionOnChange
              label={say.agency}
              placeholder={say.choose}
              data={agencies.map((one) => ({ value: one.id, label: one.name }))}
              value={agency}
              onChange={setAgency}
              limit={100}
            />
          ) : (
            <TextInput
              data-autofocus
              label={say.reason}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={1000}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {say.cancel}
            </Button>
            <Button type="submit" disabled={!ready}>
              {say.do}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
