import { Button, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Chip } from '../../shared/chip.tsx';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { Empty, Failed, isGone, Loading } from '../../shared/states.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { isSingle, type Kept, type ListName, listQuery } from './lists.ts';
import { shapes } from './shapes.ts';
import { listWords } from './words.ts';

/** Longer lists are searched: hundreds of lines help nobody. */
const shown = 150;

/** One list of the office: find an entry, look at it, edit it. */
export function ListTable({ list, title }: { readonly list: ListName; readonly title?: string }) {
  const say = useWords(listWords);
  const { language } = useLanguage();
  const query = useQuery(listQuery(list));
  const [sought, setSought] = useState('');
  const [open, setOpen] = useState<Kept | 'new' | null>(null);
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { entries, mayEdit } = query.data;
  const shape = shapes[list];
  const found = entries.filter(({ entry }) =>
    JSON.stringify(entry).toLowerCase().includes(sought.trim().toLowerCase()),
  );
  return (
    <Stack gap="sm">
      {title && (
        <Title order={2} size="h5">
          {title}
        </Title>
      )}
      <Group justify="space-between" align="flex-end">
        {!isSingle(list) && (
          <TextInput
            label={say.search}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
        )}
        {mayEdit && !isSingle(list) && <Button onClick={() => setOpen('new')}>{say.add}</Button>}
      </Group>
      {found.length === 0 ? (
        <Empty title={say.nothing}>{entries.length > 0 ? say.nothingFound : mayEdit && say.nothingYet}</Empty>
      ) : (
        <Table className="office-list">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say.entry}</Table.Th>
              <Table.Th>{say.explanation}</Table.Th>
              <Table.Th>{say.acts}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.slice(0, shown).map((kept) => (
              <Table.Tr key={kept.key}>
                <Table.Td>
                  {shape.title(kept.entry, language)}{' '}
                  {kept.entry.locked === true && <Chip>{say.locked}</Chip>}
                  {kept.entry.verified === false && <Chip tone="warn">{say.unverified}</Chip>}
                </Table.Td>
                <Table.Td>
                  <Text size="sm" lineClamp={2}>
                    {shape.summary(kept.entry, language)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${mayEdit ? say.edit : say.look}: ${shape.title(kept.entry, language)}`}
                    onClick={() => setOpen(kept)}
                  >
                    {mayEdit && kept.entry.locked !== true ? say.edit : say.look}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {found.length > shown && <Text size="sm">{say.more(found.length - shown)}</Text>}
      {open !== null && (
        <EntryDialog
          list={list}
          kept={open === 'new' ? null : open}
          mayEdit={mayEdit}
          onClose={() => setOpen(null)}
        />
      )}
    </Stack>
  );
}
