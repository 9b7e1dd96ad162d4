import { Alert, Button, Code, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { useErrorWords } from '../shared/states.tsx';
import { accountKey } from './account-query.ts';
import { QrCode } from './qr.tsx';
import { accountWords } from './words.ts';

interface Account {
  readonly factorSince: string | Date | null;
  readonly recoveryLeft: number;
}

function useTyped(send: (text: (name: string) => string) => void) {
  return (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    send((name) => String(form.get(name) ?? '').trim());
  };
}

/** Password → picture → first code → codes for paper. */
function SetUp({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const say = useWords(accountWords);
  const wordsOf = useErrorWords();
  const propose = useMutation({ mutationFn: (password: string) => api.auth.proposeFactor({ password }) });
  const start = useMutation({
    mutationFn: (code: string) => api.auth.startFactor({ code }),
    onSuccess: ({ codes }) => onCodes(codes),
  });
  const ask = useTyped((text) => propose.mutate(text('password')));
  const confirm = useTyped((text) => start.mutate(text('code')));
  if (!propose.data) {
    return (
      <form onSubmit={ask}>
        <Stack align="flex-start" gap="sm">
          <PasswordInput
            w={320}
            maw="100%"
            name="password"
            label={say.confirmPassword}
            autoComplete="current-password"
            required
            error={propose.isError ? wordsOf(propose.error) : null}
          />
          <Button type="submit" variant="default" loading={propose.isPending}>
            {say.setUp}
          </Button>
        </Stack>
      </form>
    );
  }
  return (
    <form onSubmit={confirm}>
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{say.scan}</Text>
        <Code className="factor-secret">{propose.data.secret}</Code>
        <QrCode text={propose.data.uri} label={say.picture} />
        <TextInput
          name="code"
          label={say.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          error={start.isError ? wordsOf(start.error) : null}
        />
        <Button type="submit" loading={start.isPending}>
          {say.start}
        </Button>
      </Stack>
    </form>
  );
}

function TurnOff({ onDone }: { readonly onDone: () => Promise<unknown> }) {
  const say = useWords(accountWords);
  const wordsOf = useErrorWords();
  const stop = useMutation({
    mutationFn: (given: { password: string; code: string }) => api.auth.stopFactor(given),
    onSuccess: () => {
      notifications.show({ color: 'teal', message: say.stopped });
      return onDone();
    },
  });
  const submit = useTyped((text) => stop.mutate({ password: text('password'), code: text('code') }));
  return (
    <form onSubmit={submit}>
      <Stack align="flex-start" gap="sm">
        <Group align="flex-start">
          <PasswordInput
            w={240}
            name="password"
            label={say.confirmPassword}
            autoComplete="current-password"
            required
          />
          <TextInput name="code" label={say.anyCode} autoComplete="one-time-code" required />
        </Group>
        {stop.isError && (
          <Alert color="red" role="alert">
            {wordsOf(stop.error)}
          </Alert>
        )}
        <Button type="submit" variant="default" loading={stop.isPending}>
          {say.stop}
        </Button>
      </Stack>
    </form>
  );
}

/** The second factor of the login, as one likes. */
export function Authenticator({ account }: { readonly account: Account }) {
  const say = useWords(accountWords);
  const cache = useQueryClient();
  const [papers, setPapers] = useState<readonly string[] | null>(null);
  const again = () => cache.invalidateQueries({ queryKey: accountKey });
  return (
    <Stack gap="sm" align="flex-start">
      <Title order={2} size="h4">
        {say.factorTitle}
      </Title>
      {papers ? (
        <Alert color="teal" role="status">
          <Text size="sm">{say.papers}</Text>
          <pre className="both-texts">{papers.join('\n')}</pre>
          <Button
            mt="sm"
            onClick={() => {
              setPapers(null);
              void again();
            }}
          >
            {say.papersDone}
          </Button>
        </Alert>
      ) : (
        <>
          <Text size="sm">{account.factorSince ? say.factorOn(account.recoveryLeft) : say.factorOff}</Text>
          {account.factorSince ? <TurnOff onDone={again} /> : <SetUp onCodes={setPapers} />}
        </>
      )}
    </Stack>
  );
}
