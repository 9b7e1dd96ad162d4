import { Alert, Anchor, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, problemOf } from '../../shared/api.ts';
import { useWords, words } from '../../shared/language.tsx';
import { healthQuery } from '../../shared/queries.ts';
import { useErrorWords } from '../../shared/states.tsx';

const texts = words(
  {
    title: 'Masuk ke Tanggap',
    name: 'Nama masuk',
    password: 'Kata sandi',
    code: 'Kode autentikator, atau kode cadangan',
    enter: 'Masuk',
    demo: 'DATA SIMULASI: akun demo dan kata sandinya dicetak oleh npm start.',
    light: 'Meja ringan, tanpa JavaScript',
  },
  {
    title: 'Log in to Tanggap',
    name: 'Login name',
    password: 'Password',
    code: 'Code of the authenticator, or a recovery code',
    enter: 'Log in',
    demo: 'DATA SIMULASI (simulated data): npm start prints the demo accounts and their passwords.',
    light: 'Light desk, without JavaScript',
  },
);

const here = getRouteApi('/masuk');

export function LoginPage() {
  const say = useWords(texts);
  const wordsOf = useErrorWords();
  const router = useRouter();
  const cache = useQueryClient();
  const { ke } = here.useSearch();
  const health = useQuery(healthQuery);
  const [asksCode, setAsksCode] = useState(false);
  const enter = useMutation({
    mutationFn: (given: { name: string; password: string; code?: string }) =>
      api.auth.login({ ...given, as: 'cookie' }),
    onError: (error) => setAsksCode((asked) => asked || problemOf(error)?.needsCode === true),
    // Nothing of an earlier person stays in memory.
    onSuccess: async () => {
      cache.clear();
      router.history.push(ke ?? '/meja');
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const code = String(form.get('kode') ?? '').trim();
    enter.mutate({
      name: String(form.get('nama')),
      password: String(form.get('sandi')),
      ...(code && { code }),
    });
  };
  return (
    <main className="login">
      <Paper withBorder p="xl" radius="md">
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">
              {say.title}
            </Title>
            {enter.isError && (
              <Alert color="red" role="alert">
                {wordsOf(enter.error)}
              </Alert>
            )}
            <TextInput
              label={say.name}
              name="nama"
              autoComplete="username"
              autoCapitalize="none"
              required
              maxLength={64}
            />
            <PasswordInput
              label={say.password}
              name="sandi"
              autoComplete="current-password"
              required
              maxLength={200}
            />
            {asksCode && (
              <TextInput label={say.code} name="kode" autoComplete="one-time-code" autoFocus maxLength={40} />
            )}
            <Button type="submit" loading={enter.isPending}>
              {say.enter}
            </Button>
            {health.data?.mode === 'demo' && (
              <Text size="sm" c="dimmed">
                {say.demo}
              </Text>
            )}
            <Anchor href="/ringan/masuk" size="sm">
              {say.light}
            </Anchor>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
