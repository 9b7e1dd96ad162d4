import { Alert, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shared/api.ts';
import { Chip } from '../../shared/chip.tsx';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { Failed } from '../../shared/states.tsx';
import type { Entry, Preview, WordList } from './lists.ts';
import { listWords } from './words.ts';

const typingPauseMs = 600;

type Judged = Preview['examples'][number]['after'];

/** Before → after, where the decision would be another one. */
function Decision({
  of,
}: {
  readonly of: { readonly changes: boolean; readonly before: Judged; readonly after: Judged };
}) {
  const say = useWords(listWords);
  const named = ({ subjectName, agencyName }: Judged) =>
    subjectName === null ? say.undecided : `${subjectName} · ${agencyName ?? say.none}`;
  if (!of.changes) return <Chip>{named(of.after)}</Chip>;
  return (
    <>
      <Chip>{named(of.before)}</Chip> → <Chip tone="warn">{named(of.after)}</Chip>
    </>
  );
}

/** What the entry as typed would match among the latest messages, and in a text of one's own. */
export function PreviewPane(props: {
  readonly list: WordList;
  readonly entryKey: string;
  readonly entry: Entry;
}) {
  const { list, entryKey: key, entry } = props;
  const say = useWords(listWords);
  const { language } = useLanguage();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue({ key, entry, text }, typingPauseMs);
  const query = useQuery({
    queryKey: ['list-preview', list, asked],
    queryFn: () =>
      api.officeLists.preview({ list, key: asked.key, entry: { ...asked.entry }, text: asked.text }),
    enabled: asked.key !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const found = query.data;
  return (
    <Stack gap="xs" component="section" aria-label={say.preview}>
      <Text fw={600}>{say.preview}</Text>
      <Textarea
        label={say.previewText}
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {query.isError && <Failed error={query.error} />}
      {!found && query.isFetching && <Text size="sm">{say.previewing}</Text>}
      {found && found.faults.length > 0 && (
        <Alert color="yellow">{found.faults.map((fault) => fault[language]).join(' ')}</Alert>
      )}
      {found?.text && (
        <Text size="sm" component="div">
          <Chip tone={found.text.matches ? 'good' : 'plain'}>
            {found.text.matches ? say.matches : say.doesNot}
          </Chip>{' '}
          <Decision of={found.text} />
        </Text>
      )}
      {found && found.faults.length === 0 && (
        <Text size="sm" role="status">
          {found.matching + found.changing === 0
            ? say.previewNone
            : say.previewCount(found.matching, found.changing, found.looked)}
        </Text>
      )}
      <ul className="preview-lines">
        {found?.examples.map((one) => (
          <li key={one.id}>
            {one.line}
            <div>
              <Decision of={one} />
            </div>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
