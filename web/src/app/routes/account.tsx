import { Alert, Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { accountKey } from '../../account/account-query.ts';
import { Authenticator } from '../../account/authenticator.tsx';
import { OwnPassword } from '../../account/password.tsx';
import { OwnSessions, useMoment } from '../../account/sessions.tsx';
import { accountWords } from '../../account/words.ts';
import { api } from '../../shared/api.ts';
import { useWords } from '../../shared/language.tsx';
import { useMe } from '../../shared/queries.ts';
import { Failed, Loading } from '../../shared/states.tsx';

/** Akun saya: outside of the desk's frame, so that it opens also while the password must be changed. */
export function AccountPage() {
  const say = useWords(accountWords);
  const moment = useMoment();
  const { user } = useMe();
  const query = useQuery({ queryKey: accountKey, queryFn: () => api.auth.account({}) });
  const borrowed = user.mustChangePassword === true;
  return (
    <main className="account">
      <Stack gap="xl">
        <Group justify="space-between">
          <Title order={1} size="h3">
            {say.title}: {user.name}
          </Title>
          {!borrowed && (
            <Anchor component={Link} to="/">
              {say.back}
            </Anchor>
          )}
        </Group>
        {borrowed && (
          <Alert color="yellow" role="alert">
            {say.borrowed}
          </Alert>
        )}
        {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Loading rows={2} />}
        {query.data && (
          <Text size="sm">
            {query.data.awaySince ? `${say.lastSeen}: ${moment(query.data.awaySince)}` : say.firstTime}
          </Text>
        )}
        <OwnPassword />
        <OwnSessions />
        {query.data && !borrowed && <Authenticator account={query.data} />}
      </Stack>
    </main>
  );
}
