import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemOf } from './api.ts';
import { useLanguage, useWords, words } from './language.tsx';

const texts = words(
  {
    again: 'Coba lagi',
    silent: 'Server tidak menjawab. Periksa sambungan Anda.',
    wrong: 'Terjadi kesalahan.',
  },
  {
    again: 'Try again',
    silent: 'The server does not answer. Check your connection.',
    wrong: 'Something went wrong.',
  },
);

/** What to tell about an error: the API's own words, or that no answer came. */
export function useErrorWords(): (error: unknown) => string {
  const { language } = useLanguage();
  const say = useWords(texts);
  return (error) => problemOf(error)?.words[language] ?? say.silent;
}

/**
 * Nothing to show: it never came, or the server refuses it by now. A look that failed because the line is down leaves on
 * the screen what is there, with all that somebody types beside it.
 */
export function isGone(query: {
  readonly isError: boolean;
  readonly error: unknown;
  readonly data: unknown;
}) {
  if (!query.isError) return false;
  const problem = problemOf(query.error);
  return query.data === undefined || (problem !== null && problem.status < 500);
}

export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const say = useWords(texts);
  const wordsOf = useErrorWords();
  return (
    <Alert color="red" title={say.wrong} role="alert" m="md">
      <Stack align="flex-start" gap="xs">
        <Text size="sm">{wordsOf(error)}</Text>
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {say.again}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function Loading({ rows = 6 }: { readonly rows?: number }) {
  return (
    <Stack p="md" gap="sm" aria-busy="true">
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <Skeleton key={key} height={48} />
      ))}
    </Stack>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Stack p="xl" align="center" gap={4}>
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="var(--tanggap-muted)" ta="center">
        {children}
      </Text>
    </Stack>
  );
}
