import { Button, Stack, Table, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import { Failed, isGone, Loading, useErrorWords } from '../shared/states.tsx';
import { accountWords } from './words.ts';

const sessionsQuery = { queryKey: ['my-sessions'], queryFn: () => api.auth.sessions({}) };

/** In WIB, to the minute. */
export function useMoment(): (at: string | Date) => string {
  const { language } = useLanguage();
  const format = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Jakarta',
  });
  return (at) => `${format.format(new Date(at))} WIB`;
}

/** Where one is logged in; each can be ended from here, at once. */
export function OwnSessions() {
  const say = useWords(accountWords);
  const wordsOf = useErrorWords();
  const moment = useMoment();
  const cache = useQueryClient();
  const query = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string) => api.auth.endSession({ id }),
    onSuccess: () => notifications.show({ color: 'teal', message: say.ended }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {say.sessionsTitle}
      </Title>
      <Table.ScrollContainer minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say.opened}</Table.Th>
              <Table.Th>{say.used}</Table.Th>
              <Table.Th>{say.ends}</Table.Th>
              <Table.Th>{say.acts}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {query.data.map((session) => (
              <Table.Tr key={session.id}>
                <Table.Td>{moment(session.createdAt)}</Table.Td>
                <Table.Td>{moment(session.lastUsedAt)}</Table.Td>
                <Table.Td>{moment(session.expiresAt)}</Table.Td>
                <Table.Td>
                  {session.current ? (
                    <Chip tone="good">{say.thisOne}</Chip>
                  ) : (
                    <Button size="compact-sm" variant="default" onClick={() => end.mutate(session.id)}>
                      {say.end}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
