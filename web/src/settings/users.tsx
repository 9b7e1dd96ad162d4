import {
  Button,
  Checkbox,
  Group,
  Modal,
  NativeSelect,
  PasswordInput,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { roleWords } from '../../../src/api/contract/words.ts';
import { api } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { useWords } from '../shared/language.tsx';
import { useNames } from '../shared/queries.ts';
import { Failed, isGone, Loading, useErrorWords } from '../shared/states.tsx';
import { settingsWords } from './search.ts';

type NewUser = Parameters<typeof api.users.create>[0];

const usersKey = ['users'];

function AddUser({ onClose }: { readonly onClose: () => void }) {
  const [say, roles] = [useWords(settingsWords), useWords(roleWords)];
  const { agencies } = useNames();
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const add = useMutation({
    mutationFn: (user: NewUser) => api.users.create(user),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: usersKey });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    add.mutate({
      loginName: text('loginName'),
      name: text('name'),
      role: text('role') as NewUser['role'],
      agency: text('agency') || null,
      mayPublish: form.get('mayPublish') !== null,
      password: text('password'),
    });
  };
  return (
    <Modal opened onClose={onClose} title={say.add}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput data-autofocus name="loginName" label={say.loginName} required maxLength={64} />
          <TextInput name="name" label={say.name} required maxLength={100} />
          <NativeSelect
            name="role"
            label={say.role}
            data={Object.entries(roles).map(([value, label]) => ({ value, label }))}
          />
          <NativeSelect
            name="agency"
            label={say.agency}
            data={[
              { value: '', label: say.none },
              ...agencies.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <Checkbox name="mayPublish" label={say.mayPublish} />
          <PasswordInput
            name="password"
            label={say.password}
            autoComplete="new-password"
            required
            error={add.isError ? wordsOf(add.error) : null}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {say.cancel}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {say.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Who may log in, and as what. */
export function Users() {
  const [say, roles] = [useWords(settingsWords), useWords(roleWords)];
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const [adding, setAdding] = useState(false);
  const query = useQuery({ queryKey: usersKey, queryFn: () => api.users.list({}) });
  const [leaving, setLeaving] = useState<{ readonly _id: string; readonly name: string } | null>(null);
  const disable = useMutation({
    mutationFn: (id: string) => api.users.disable({ id }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => {
      setLeaving(null);
      return cache.invalidateQueries({ queryKey: usersKey });
    },
  });
  const resetFactor = useMutation({
    mutationFn: (id: string) => api.users.resetFactor({ id }),
    onSuccess: () => notifications.show({ color: 'teal', message: say.factorGone }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: usersKey }),
  });
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  return (
    <Stack align="flex-start">
      <Button size="compact-sm" onClick={() => setAdding(true)}>
        {say.add}
      </Button>
      <Table.ScrollContainer minWidth={640} w="100%">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say.loginName}</Table.Th>
              <Table.Th>{say.name}</Table.Th>
              <Table.Th>{say.role}</Table.Th>
              <Table.Th>{say.agency}</Table.Th>
              <Table.Th>{say.mayPublish}</Table.Th>
              <Table.Th>{say.acts}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {query.data.map((user) => (
              <Table.Tr key={user._id}>
                <Table.Td>{user._id}</Table.Td>
                <Table.Td>{user.name}</Table.Td>
                <Table.Td>{roles[user.role]}</Table.Td>
                <Table.Td>{user.agency ?? say.none}</Table.Td>
                <Table.Td>{user.mayPublish ? '✓' : say.none}</Table.Td>
                <Table.Td>
                  {user.disabledAt ? (
                    <Chip>{say.disabled}</Chip>
                  ) : (
                    <Group gap="xs">
                      <Button size="compact-sm" variant="default" onClick={() => setLeaving(user)}>
                        {say.disable}
                      </Button>
                      {user.factorSince !== null && (
                        <Button
                          size="compact-sm"
                          variant="default"
                          onClick={() => resetFactor.mutate(user._id)}
                        >
                          {say.resetFactor}
                        </Button>
                      )}
                    </Group>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {adding && <AddUser onClose={() => setAdding(false)} />}
      {leaving && (
        <Modal opened onClose={() => setLeaving(null)} title={say.disableWhom(leaving.name)}>
          <Stack>
            <Text size="sm">{say.disableMeans}</Text>
            <Group justify="flex-end">
              <Button variant="default" data-autofocus onClick={() => setLeaving(null)}>
                {say.cancel}
              </Button>
              <Button color="red" loading={disable.isPending} onClick={() => disable.mutate(leaving._id)}>
                {say.disable}
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </Stack>
  );
}
