import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type CaseDetail } from '../shared/api.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useMe, useNames } from '../shared/queries.ts';
import { useErrorWords } from '../shared/states.tsx';
import { useKeptText } from '../shared/use-kept-text.ts';
import { dayAndTime } from '../shared/when.ts';
import { inboxWords } from './words.ts';

/** The name that is being typed behind an @, at the end of the text; null when none is. */
function namedSoFar(text: string): string | null {
  return /(?:^|\s)@([\w.-]*)$/.exec(text)?.[1]?.toLowerCase() ?? null;
}

const mostOffered = 5;

/** Who may be meant: his login name stands in the note, and he finds it under "Menyebut saya". */
function Colleagues({ text, onPick }: { readonly text: string; readonly onPick: (text: string) => void }) {
  const { colleagues } = useNames();
  const typed = namedSoFar(text);
  if (typed === null) return null;
  const fitting = colleagues.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(typed));
  return (
    <Group gap="xs">
      {fitting.slice(0, mostOffered).map(({ id, name }) => (
        <Button
          key={id}
          size="compact-xs"
          variant="default"
          onClick={() => onPick(`${text.slice(0, text.length - typed.length)}${id} `)}
        >
          {name}
        </Button>
      ))}
    </Group>
  );
}

/** Remarks for colleagues; the citizen never sees them. */
export function Notes({ one }: { readonly one: CaseDetail }) {
  const say = useWords(inboxWords);
  const { language } = useLanguage();
  const { may } = useMe();
  const names = useNames();
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const note = useKeptText(`catatan-${one._id}`, '');
  const add = useMutation({
    mutationFn: (text: string) => api.cases.note({ number: one._id, text }),
    onSuccess: () => {
      note.saved('');
      return cache.invalidateQueries({ queryKey: ['case', one._id] });
    },
  });
  return (
    <section>
      <Title order={3} size="h5">
        {say.notes}
      </Title>
      {one.notes.map((written) => (
        <Text key={`${written.at}-${written.by}`} size="sm" className="citizen">
          <small>{dayAndTime(written.at, language)}</small> <strong>{names.person(written.by)}</strong>:{' '}
          {written.text}
        </Text>
      ))}
      {may('case.note') && (
        <Stack gap="xs" align="flex-start">
          <Textarea
            w="100%"
            aria-label={say.notes}
            placeholder={say.notePlaceholder}
            autosize
            minRows={2}
            value={note.text}
            onChange={(event) => note.change(event.currentTarget.value)}
            error={add.isError ? wordsOf(add.error) : null}
          />
          <Colleagues text={note.text} onPick={note.change} />
          <Button
            size="compact-sm"
            variant="default"
            disabled={note.text.trim().length < 3}
            loading={add.isPending}
            onClick={() => add.mutate(note.text.trim())}
          >
            {say.addNote}
          </Button>
        </Stack>
      )}
    </section>
  );
}
