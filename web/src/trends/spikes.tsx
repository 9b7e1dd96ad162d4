import { Button, Group, Textarea, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { InboxSearch } from '../inbox/search.ts';
import { api } from '../shared/api.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useMe, useNames } from '../shared/queries.ts';
import { useErrorWords } from '../shared/states.tsx';
import { dayAndTime } from '../shared/when.ts';
import { Examples } from './examples.tsx';
import { InboxLink } from './inbox-link.tsx';
import { useSubjectPlace } from './subject-place.ts';
import type { ToInbox, Trends } from './use-trends.ts';
import { trendsWords } from './words.ts';

type Spike = Trends['spikes'][number];

/** The same moments as the number, so that the link shows the same members tomorrow. */
function membersOf(
  { key, from, to }: Pick<Spike, 'key' | 'from' | 'to'>,
  toInbox: ToInbox,
): InboxSearch | null {
  return toInbox({ subject: key.subject ?? '-', kecamatan: key.kecamatan ?? '-', from, to });
}

function addressOf(path: string, search: InboxSearch): string {
  return `${path}?${new URLSearchParams(Object.entries(search))}`;
}

function NoteForm({ spike, onKept }: { readonly spike: Spike; readonly onKept: () => void }) {
  const say = useWords(trendsWords);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const [text, setText] = useState('');
  const keep = useMutation({
    mutationFn: () => api.trends.addNote({ ...spike.key, from: spike.from, to: spike.to, text }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['trends', 'notes'] });
      onKept();
    },
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate();
      }}
    >
      <Textarea
        label={say.note}
        autosize
        minRows={2}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <Button
        mt="xs"
        size="compact-sm"
        type="submit"
        loading={keep.isPending}
        disabled={text.trim().length < 3}
      >
        {say.keepNote}
      </Button>
    </form>
  );
}

function SpikeCard({ spike, toInbox }: { readonly spike: Spike; readonly toInbox: ToInbox }) {
  const say = useWords(trendsWords);
  const { may } = useMe();
  const nameOf = useSubjectPlace();
  const [shown, show] = useState<'members' | 'note' | null>(null);
  const members = membersOf(spike, toInbox);
  const share = async (to: InboxSearch): Promise<void> => {
    await navigator.clipboard.writeText(addressOf(`${window.location.origin}/meja/kotak-masuk`, to));
    notifications.show({ message: say.linkCopied });
  };
  return (
    <section className="chart spike">
      <Title order={2} size="h5" mb="xs">
        ⚠ {nameOf(spike.key)}: {say.spike(spike.now, spike.usual)}
      </Title>
      <Group gap="xs">
        {members && (
          <Button size="compact-sm" onClick={() => show('members')}>
            {say.members}
          </Button>
        )}
        {may('trends.note') && (
          <Button size="compact-sm" variant="default" onClick={() => show('note')}>
            {say.writeNote}
          </Button>
        )}
        {members && (
          <Button size="compact-sm" variant="default" onClick={() => void share(members)}>
            {say.copyLink}
          </Button>
        )}
        {members && may('export.read') && (
          <>
            <a href={addressOf('/api/exports/cases/xlsx', members)}>{say.sheet}</a>
            <a href={addressOf('/api/exports/cases/csv', members)}>CSV</a>
          </>
        )}
      </Group>
      {shown === 'members' && members && <Examples to={members} count={spike.now} />}
      {shown === 'note' && <NoteForm spike={spike} onKept={() => show(null)} />}
    </section>
  );
}

/** What rose in the last 24 hours. */
export function Spikes({ trends, toInbox }: { readonly trends: Trends; readonly toInbox: ToInbox }) {
  return trends.spikes.map((spike) => (
    <SpikeCard key={`${spike.key.subject} ${spike.key.kecamatan}`} spike={spike} toInbox={toInbox} />
  ));
}

/** What colleagues wrote about earlier rises, with the numbers as they were. */
export function TrendNotes({ toInbox }: { readonly toInbox: ToInbox }) {
  const say = useWords(trendsWords);
  const names = useNames();
  const { language } = useLanguage();
  const nameOf = useSubjectPlace();
  const { may } = useMe();
  const notes = useQuery({
    queryKey: ['trends', 'notes'],
    queryFn: () => api.trends.notes({}),
    enabled: may('trends.note'),
  });
  if (!notes.data?.length) return null;
  return (
    <section className="chart">
      <Title order={2} size="h5">
        {say.notes}
      </Title>
      <ul className="examples">
        {notes.data.map((note) => (
          <li key={note._id}>
            <InboxLink to={membersOf({ key: note, from: note.from, to: note.to }, toInbox)}>
              {nameOf(note)}: {say.number(note.in)}
            </InboxLink>{' '}
            <span className="citizen">{note.text}</span>{' '}
            <small>
              {names.person(note.by)}, {dayAndTime(note.at, language)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
