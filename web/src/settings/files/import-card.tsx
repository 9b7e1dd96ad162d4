import { Alert, Button, FileInput, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportLook } from '../../../../src/api/contract/import-file.ts';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { Loading } from '../../shared/states.tsx';
import { MappingForm } from './mapping-form.tsx';
import { PortalSelect } from './portal-select.tsx';
import { Preview } from './preview.tsx';
import { type Mapping, mappingsQuery, runsQuery } from './queries.ts';
import { RunCard, Runs } from './run-card.tsx';
import { type Chosen, FileRefused, lookAt, takeIn } from './send-file.ts';
import { fileWords, type Portal } from './words.ts';

function Refused({ error }: { readonly error: unknown }) {
  const say = useWords(fileWords);
  const { language } = useLanguage();
  const words = error instanceof FileRefused ? error.words : null;
  return (
    <Alert color="red" role="alert">
      {words?.[language] ?? say.silent}
    </Alert>
  );
}

interface Begun {
  readonly run: string;
  readonly step: 'uji' | 'jalankan';
  /** What exactly was read. */
  readonly from: string;
  /** Rows of the file, as the dry run before it counted them. */
  readonly expected: number | null;
}

/** Tries what is chosen, or takes it in: only after exactly this was tried. */
function useTaking(chosen: Chosen, from: string) {
  const cache = useQueryClient();
  const [begun, setBegun] = useState<Begun | null>(null);
  const runs = useQuery(runsQuery).data;
  const run = runs?.find((one) => one._id === begun?.run) ?? null;
  const tried = begun?.step === 'uji' && begun.from === from && run?.state === 'done' ? run : null;
  const take = useMutation({
    mutationFn: async (step: Begun['step']) => {
      const started = await takeIn(chosen, step);
      const expected = step === 'jalankan' ? (tried?.counts.read ?? null) : null;
      setBegun({ run: started.run, step, from, expected });
      await cache.invalidateQueries({ queryKey: runsQuery.queryKey });
    },
  });
  return { take, run, tried, expected: begun?.expected ?? null };
}

const byItself = 'otomatis';

function Choosing({
  chosen: { portal, file, mapping },
  mappings,
  onChange,
}: {
  readonly chosen: Choice;
  readonly mappings: readonly Mapping[];
  readonly onChange: (to: Choice) => void;
}) {
  const say = useWords(fileWords);
  return (
    <Group align="flex-end">
      <PortalSelect value={portal} onChange={(to) => onChange({ file, portal: to, mapping: null })} />
      <FileInput
        label={say.file}
        placeholder={say.choose}
        accept=".csv,.xlsx,.xls,.jsonl"
        value={file}
        onChange={(to) => onChange({ file: to, portal, mapping })}
      />
      <Select
        label={say.mapping}
        data={[
          { value: byItself, label: say.byItself },
          ...mappings.map(({ _id, name }) => ({ value: _id, label: name })),
        ]}
        value={mapping ?? byItself}
        allowDeselect={false}
        onChange={(to) => onChange({ file, portal, mapping: to === byItself ? null : to })}
      />
    </Group>
  );
}

/** How the file's columns are read, its first rows, and a mapping of them to make or change. */
function Columns({
  look,
  portal,
  mappings,
  unknownStates,
  onSaved,
}: {
  readonly look: ImportLook;
  readonly portal: Portal;
  readonly mappings: readonly Mapping[];
  readonly unknownStates: readonly string[];
  readonly onSaved: (id: string | null) => void;
}) {
  const say = useWords(fileWords);
  const [editing, setEditing] = useState(false);
  const used = mappings.find((one) => one._id === look.mapping) ?? null;
  return (
    <>
      <Group gap="xs">
        <Text size="sm">{used === null ? say.knownSpellings : say.usedMapping(used.name)}</Text>
        <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
          {used === null ? say.newMapping : say.edit}
        </Button>
      </Group>
      {editing && (
        <MappingForm
          portal={portal}
          look={look}
          saved={used}
          unknownStates={unknownStates}
          onClose={() => setEditing(false)}
          onSaved={onSaved}
        />
      )}
      <Preview look={look} />
    </>
  );
}

type Choice = Omit<Chosen, 'file'> & { readonly file: File | null };

/** Choose, look, name the columns, try, take in. */
export function ImportCard() {
  const say = useWords(fileWords);
  const [choice, setChoice] = useState<Choice>({ file: null, portal: 'sp4n', mapping: null });
  const { file, portal, mapping } = choice;
  const mappings = useQuery(mappingsQuery(portal)).data ?? [];
  // A mapping that was saved anew reads the file anew.
  const versions = mappings.map(({ _id, version }) => `${_id}.${version}`).join();
  const from = [portal, file?.name, file?.size, file?.lastModified, mapping, versions].join('|');
  const chosen = choice as Chosen;
  const look = useQuery({
    queryKey: ['import-look', from],
    queryFn: () => lookAt(chosen),
    enabled: file !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { take, run, tried, expected } = useTaking(chosen, from);
  const isBusy = take.isPending || run?.state === 'running';
  const ready = look.data?.missing.length === 0 && !isBusy;
  const change = (to: Choice): void => {
    setChoice(to);
    take.reset();
  };
  return (
    <Stack component="section" aria-label={say.importTitle}>
      <Title order={2} size="h5">
        {say.importTitle}
      </Title>
      <Text size="sm">{say.importHint}</Text>
      <Choosing chosen={choice} mappings={mappings} onChange={change} />
      {file !== null && look.isPending && <Loading rows={2} />}
      {look.isError && <Refused error={look.error} />}
      {look.data && (
        <Columns
          key={from}
          look={look.data}
          portal={portal}
          mappings={mappings}
          unknownStates={run?.unknownStates ?? []}
          onSaved={(id) => change({ ...choice, mapping: id })}
        />
      )}
      {take.isError && <Refused error={take.error} />}
      <Group>
        <Button variant="default" disabled={!ready} loading={isBusy} onClick={() => take.mutate('uji')}>
          {say.test}
        </Button>
        <Button disabled={!ready || tried === null} onClick={() => take.mutate('jalankan')}>
          {say.run}
        </Button>
      </Group>
      {run && <RunCard run={run} expected={expected} />}
      <Runs without={run?._id ?? null} />
    </Stack>
  );
}
