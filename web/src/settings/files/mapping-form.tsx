import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportLook } from '../../../../src/api/contract/import-file.ts';
import { caseStateWords } from '../../../../src/api/contract/words.ts';
import { api } from '../../shared/api.ts';
import { useWords } from '../../shared/language.tsx';
import { useErrorWords } from '../../shared/states.tsx';
import { type Mapping, mappingsQuery, needed, type PortalColumn, portalColumns } from './queries.ts';
import { fileWords, type Portal } from './words.ts';

type State = Mapping['states'][string];

/** As the server compares words of files: letters and digits only. */
function bare(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}

interface Props {
  readonly portal: Portal;
  readonly look: ImportLook;
  /** What is changed; null: a new one. */
  readonly saved: Mapping | null;
  /** Words for states that the last try did not know. */
  readonly unknownStates: readonly string[];
  readonly onSaved: (id: string | null) => void;
  readonly onClose: () => void;
}

/** Which column of the file is what, kept under a name for the next file. */
export function MappingForm({ portal, look, saved, unknownStates, onSaved, onClose }: Props) {
  const say = useWords(fileWords);
  const stateNames = useWords(caseStateWords);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const [name, setName] = useState(saved?.name ?? '');
  const [columns, setColumns] = useState<Partial<Record<PortalColumn, string>>>(saved?.columns ?? look.found);
  const [states, setStates] = useState<Readonly<Record<string, State>>>(saved?.states ?? {});
  const change = useMutation({
    mutationFn: (run: () => Promise<{ _id: string } | null>) => run(),
    onSuccess: async (done) => {
      await cache.invalidateQueries({ queryKey: mappingsQuery(portal).queryKey });
      onSaved(done?._id ?? null);
    },
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
  });
  const theirs = [...new Set([...look.columns.filter((one) => one !== ''), ...Object.values(columns)])];
  const words = [...new Set([...Object.keys(saved?.states ?? {}), ...unknownStates.map(bare)])];
  const isWhole = name.trim().length >= 3 && needed.every((ours) => columns[ours] !== undefined);
  const seen = saved && { _id: saved._id, version: saved.version };
  const set = (ours: PortalColumn, to: string | null): void => {
    const { [ours]: _, ...rest } = columns;
    setColumns(to === null ? rest : { ...rest, [ours]: to });
  };
  return (
    <Stack gap="xs" component="section" aria-label={say.mapping}>
      <Title order={3} size="h6">
        {saved === null ? say.newMapping : say.changeMapping(saved.name)}
      </Title>
      <Text size="sm">{say.mappingHint}</Text>
      <TextInput
        label={say.mappingName}
        required
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs">
        {portalColumns.map((ours) => (
          <Select
            key={ours}
            label={say.columns[ours]}
            required={needed.some((one) => one === ours)}
            placeholder={say.notInFile}
            data={theirs}
            value={columns[ours] ?? null}
            allowDeselect={false}
            clearable
            searchable
            onChange={(to) => set(ours, to)}
          />
        ))}
      </SimpleGrid>
      {words.length > 0 && (
        <>
          <Text size="sm">{say.statesHint}</Text>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs">
            {words.map((word) => (
              <Select
                key={word}
                label={`"${word}"`}
                data={Object.entries(stateNames).map(([value, label]) => ({ value, label }))}
                value={states[word] ?? null}
                allowDeselect={false}
                clearable
                onChange={(to) => {
                  const { [word]: _, ...rest } = states;
                  setStates(to === null ? rest : { ...rest, [word]: to as State });
                }}
              />
            ))}
          </SimpleGrid>
        </>
      )}
      <Group>
        <Button
          disabled={!isWhole}
          loading={change.isPending}
          onClick={() =>
            change.mutate(() => api.imports.saveMapping({ seen, portal, name: name.trim(), columns, states }))
          }
        >
          {say.saveMapping}
        </Button>
        <Button variant="default" onClick={onClose}>
          {say.cancel}
        </Button>
        {seen && (
          <Button
            variant="subtle"
            color="red"
            onClick={() =>
              change.mutate(() =>
                api.imports.removeMapping({ id: seen._id, version: seen.version }).then(() => null),
              )
            }
          >
            {say.removeMapping}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
