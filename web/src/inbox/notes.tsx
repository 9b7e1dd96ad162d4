import { Button, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type CaseDetail } from '../shared/api.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useMe } from '../shared/queries.ts';
import { useErrorWords } from '../shared/states.tsx';
import { useKeptText } from '../shared/use-kept-text.ts';
import { dayAndTime } from '../shared/when.ts';
import { inboxWords } from './words.ts';

/** Remarks for colleagues; the citizen never sees them. */
export function Notes({ one }: { readonly one: CaseDetail }) {
  const say = useWords(inboxWords);
  const { language } = useLanguage();
  const { may } = useMe();
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
          <small>{dayAndTime(written.at, language)}</small> <strong>{written.by}</strong>: {written.text}
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
