import { Button, PasswordInput, Stack, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { useErrorWords } from '../shared/states.tsx';
import { accountWords } from './words.ts';

/** One's own password; ends the other sessions. */
export function OwnPassword() {
  const say = useWords(accountWords);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const [differs, setDiffers] = useState(false);
  const change = useMutation({
    mutationFn: (words: { current: string; next: string }) => api.auth.changePassword(words),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: say.changed });
      await cache.invalidateQueries();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => String(new FormData(form).get(name) ?? '');
    const same = text('next') === text('again');
    setDiffers(!same);
    if (same) {
      change.mutate({ current: text('current'), next: text('next') }, { onSuccess: () => form.reset() });
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack align="flex-start" gap="sm">
        <Title order={2} size="h4">
          {say.passwordTitle}
        </Title>
        <PasswordInput
          w={320}
          maw="100%"
          name="current"
          label={say.current}
          autoComplete="current-password"
          required
          error={change.isError ? wordsOf(change.error) : null}
        />
        <PasswordInput w={320} maw="100%" name="next" label={say.next} autoComplete="new-password" required />
        <PasswordInput
          w={320}
          maw="100%"
          name="again"
          label={say.again}
          autoComplete="new-password"
          required
          error={differs ? say.differs : null}
        />
        <Button type="submit" loading={change.isPending}>
          {say.change}
        </Button>
      </Stack>
    </form>
  );
}
