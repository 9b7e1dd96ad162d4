import { Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shared/api.ts';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { countText } from '../../shared/number-text.ts';
import { PortalSelect } from './portal-select.tsx';
import { fileWords, type Portal } from './words.ts';

function Links({ path, query, name }: Readonly<Record<'path' | 'query' | 'name', string>>) {
  return (
    <Text size="sm">
      {(['xlsx', 'csv'] as const).map((format) => (
        <a key={format} href={`${path}/${format}?${query}`} style={{ marginRight: '1em' }}>
          {name} ({format.toUpperCase()})
        </a>
      ))}
    </Text>
  );
}

/** What is carried over into a portal by hand. */
export function ExportCard() {
  const { language } = useLanguage();
  const say = useWords(fileWords);
  const [portal, setPortal] = useState<Portal>('sp4n');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [all, setAll] = useState(false);
  const period = { ...(from && { from }), ...(to && { to }) };
  const waiting = useQuery({
    queryKey: ['missing-in', portal, from, to],
    queryFn: () => api.threads.count({ view: 'aduan', missingIn: portal, ...period }),
  });
  const path = `/api/exports/portals/${portal}`;
  const query = (flag: string) =>
    new URLSearchParams({ ...period, ...(all && { [flag]: 'true' }) }).toString();
  return (
    <Stack component="section" aria-label={say.exportTitle}>
      <Title order={2} size="h5">
        {say.exportTitle}
      </Title>
      <Group align="flex-end">
        <PortalSelect value={portal} onChange={setPortal} />
        <TextInput
          type="date"
          label={say.from}
          value={from}
          onChange={(e) => setFrom(e.currentTarget.value)}
        />
        <TextInput type="date" label={say.to} value={to} onChange={(e) => setTo(e.currentTarget.value)} />
      </Group>
      <Checkbox label={say.all} checked={all} onChange={(e) => setAll(e.currentTarget.checked)} />
      {portal === 'sp4n' && (
        <>
          <Text size="sm">
            {say.sheetHint} {waiting.data && say.waiting(countText(waiting.data, language))}
          </Text>
          <Links path={`${path}/sheet`} query={query('entered')} name={say.sheet} />
        </>
      )}
      <Text size="sm">{say.answersHint}</Text>
      <Links path={`${path}/answers`} query={query('carried')} name={say.answers} />
    </Stack>
  );
}
