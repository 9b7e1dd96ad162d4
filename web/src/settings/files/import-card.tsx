import { Alert, Button, FileInput, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { Loading } from '../../shared/states.tsx';
import { downloadCsv } from '../../trends/csv.ts';
import { PortalSelect } from './portal-select.tsx';
import { FileRefused, lookAt, takeIn } from './send-file.ts';
import { fileWords, type Portal } from './words.ts';

type Look = Awaited<ReturnType<typeof lookAt>>;
type Result = Awaited<ReturnType<typeof takeIn>>;

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

/** Which columns were found, and how the first rows look. */
function Preview({ look }: { readonly look: Look }) {
  const say = useWords(fileWords);
  return (
    <Stack gap="xs">
      {look.missing.length > 0 && (
        <Alert color="red" role="alert">
          {say.missing} {look.missing.join(', ')}. {say.missingHint}
        </Alert>
      )}
      <Text size="sm">
        {say.found}: {Object.values(look.found).join(', ') || '–'}
      </Text>
      <Title order={3} size="h6">
        {say.firstRows}
      </Title>
      <Table.ScrollContainer minWidth={400}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {look.columns.map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {look.rows.slice(0, 5).map((row, line) => (
              <Table.Tr key={line}>
                {row.map((cell, place) => (
                  <Table.Td key={look.columns[place]} className="citizen">
                    {cell.slice(0, 60)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

function Outcome({ result, dry }: { readonly result: Result; readonly dry: boolean }) {
  const say = useWords(fileWords);
  const { counts, refused } = result;
  return (
    <section aria-label={dry ? say.tested : say.done}>
      <Text fw={600}>{dry ? say.tested : say.done}</Text>
      <Text>
        {(['read', 'added', 'updated', 'unchanged', 'refused'] as const)
          .map((name) => `${counts[name].toLocaleString('id-ID')} ${say.counts[name]}`)
          .join(' · ')}
      </Text>
      {refused.length > 0 && (
        <>
          {refused.slice(0, 5).map(([line, reason]) => (
            <Text key={line} size="sm">
              {line}: {reason}
            </Text>
          ))}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => downloadCsv('ditolak', [say.refusedHead, ...refused])}
          >
            {say.refused}
          </Button>
        </>
      )}
    </section>
  );
}

/** Choose, look, try, take in. A file is taken in only after it was tried. */
export function ImportCard() {
  const say = useWords(fileWords);
  const [portal, setPortal] = useState<Portal>('sp4n');
  const [file, setFile] = useState<File | null>(null);
  const look = useQuery({
    queryKey: ['import-look', portal, file?.name, file?.size, file?.lastModified],
    queryFn: () => lookAt(file as File, portal),
    enabled: file !== null,
    retry: false,
  });
  const take = useMutation({
    mutationFn: async (step: 'uji' | 'jalankan') => ({
      step,
      ...(await takeIn(file as File, portal, step)),
    }),
  });
  const choose = (change: () => void): void => {
    change();
    take.reset();
  };
  const ready = look.data !== undefined && look.data.missing.length === 0;
  const tried = take.data?.step === 'uji';
  return (
    <Stack component="section" aria-label={say.importTitle}>
      <Title order={2} size="h5">
        {say.importTitle}
      </Title>
      <Text size="sm">{say.importHint}</Text>
      <Group align="flex-end">
        <PortalSelect value={portal} onChange={(to) => choose(() => setPortal(to))} />
        <FileInput
          label={say.file}
          placeholder={say.choose}
          accept=".csv,.xlsx,.xls,.jsonl"
          value={file}
          onChange={(to) => choose(() => setFile(to))}
        />
      </Group>
      {file !== null && look.isPending && <Loading rows={2} />}
      {look.isError && <Refused error={look.error} />}
      {look.data && <Preview look={look.data} />}
      {take.isError && <Refused error={take.error} />}
      {take.data && <Outcome result={take.data} dry={tried} />}
      <Group>
        <Button
          variant="default"
          disabled={!ready || take.isPending}
          loading={take.isPending}
          onClick={() => take.mutate('uji')}
        >
          {say.test}
        </Button>
        <Button disabled={!ready || !tried || take.isPending} onClick={() => take.mutate('jalankan')}>
          {say.run}
        </Button>
      </Group>
    </Stack>
  );
}
