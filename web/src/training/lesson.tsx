import { Button, Checkbox, Group, NativeSelect, Stack, Textarea, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { kindWords } from '../../../src/api/contract/words.ts';
import { api } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { PlatformIcon } from '../shared/platform-icon.tsx';
import { useNames } from '../shared/queries.ts';
import { Failed } from '../shared/states.tsx';
import { trainingWords } from './words.ts';

type Turn = Awaited<ReturnType<typeof api.training.next>>;
type Lesson = NonNullable<Turn['lesson']>;
export type Result = Awaited<ReturnType<typeof api.training.answer>>;
type Kind = Parameters<typeof api.training.answer>[0]['kind'];

/** In the list of agencies: nobody has to act. */
const nobody = '-';

/** The message as the inbox would show it, with what stands above. */
export function LessonText({ lesson }: { readonly lesson: Lesson }) {
  const say = useWords(trainingWords);
  return (
    <Stack gap="xs">
      {lesson.above.length > 0 && (
        <section aria-label={say.above}>
          {lesson.above.map((one) => (
            <p key={one.text} className={one.own ? 'bubble reply' : 'bubble'}>
              <strong>{one.own ? say.ours : one.author}</strong> <span className="citizen">{one.text}</span>
            </p>
          ))}
        </section>
      )}
      <article className="bubble">
        <Group gap="xs">
          <PlatformIcon platform={lesson.platform} /> <strong>{lesson.author}</strong>
        </Group>
        <p className="citizen">{lesson.text}</p>
      </article>
    </Stack>
  );
}

/** The trainee's decision; it is scored on the server, which keeps the time. */
export function AnswerForm({
  lesson,
  onScored,
}: {
  readonly lesson: Lesson;
  readonly onScored: (result: Result) => void;
}) {
  const [say, kinds] = [useWords(trainingWords), useWords(kindWords)];
  const { agencies } = useNames();
  const [kind, setKind] = useState('');
  const [agency, setAgency] = useState('');
  const [secret, setSecret] = useState(false);
  const [reply, setReply] = useState('');
  const answer = useMutation({
    mutationFn: () =>
      api.training.answer({
        id: lesson.id,
        kind: kind as Kind,
        agency: agency === nobody ? null : agency,
        secret,
        reply: reply.trim() === '' ? null : reply,
      }),
    onSuccess: onScored,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    answer.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {say.answer}
        </Title>
        <NativeSelect
          label={say.kind}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={[
            { value: '', label: say.choose },
            ...Object.entries(kinds).map(([value, label]) => ({ value, label })),
          ]}
        />
        <NativeSelect
          label={say.agency}
          value={agency}
          onChange={(event) => setAgency(event.currentTarget.value)}
          data={[
            { value: '', label: say.choose },
            { value: nobody, label: say.nobody },
            ...agencies.map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
        <Checkbox
          label={say.secret}
          checked={secret}
          onChange={(event) => setSecret(event.currentTarget.checked)}
        />
        <Textarea
          label={say.reply}
          autosize
          minRows={3}
          value={reply}
          onChange={(event) => setReply(event.currentTarget.value)}
        />
        {answer.isError && <Failed error={answer.error} />}
        <Group>
          <Button type="submit" loading={answer.isPending} disabled={kind === '' || agency === ''}>
            {say.answer}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
