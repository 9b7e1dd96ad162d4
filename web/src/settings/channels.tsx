import { Button, Group, Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { channelStateWords, platformNames } from '../../../src/api/contract/words.ts';
import { api, type Channel } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { useWords } from '../shared/language.tsx';
import { channelsQuery, useMe } from '../shared/queries.ts';
import { Failed, Loading, useErrorWords } from '../shared/states.tsx';
import { Troubles } from '../shared/troubles.tsx';
import { settingsWords } from './search.ts';

/** Pause, run again, let replies leave or not. */
function Acts({ channel }: { readonly channel: Channel }) {
  const say = useWords(settingsWords);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: channelsQuery.queryKey }),
  });
  const { _id: id, sending } = channel;
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => change.mutate(() => api.channels.setSending({ id, sending: !sending }))}
      >
        {sending ? say.turnOff : say.turnOn}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() =>
          change.mutate(() =>
            channel.state === 'ok' ? api.channels.pause({ id }) : api.channels.resume({ id }),
          )
        }
      >
        {channel.state === 'ok' ? say.pause : say.resume}
      </Button>
    </Group>
  );
}

/** Each account of ours: does it run, may replies leave, what does the platform say. */
export function Channels() {
  const [say, states] = [useWords(settingsWords), useWords(channelStateWords)];
  const { may } = useMe();
  const query = useQuery(channelsQuery);
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say.platform}</Table.Th>
            <Table.Th>{say.state}</Table.Th>
            <Table.Th>{say.sending}</Table.Th>
            {may('channel.manage') && <Table.Th>{say.acts}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {query.data.map((channel) => (
            <Table.Tr key={channel._id}>
              <Table.Td>
                {platformNames[channel.platform]} · {channel.account}
              </Table.Td>
              <Table.Td>
                <Chip tone={channel.state === 'ok' ? 'good' : 'bad'}>{states[channel.state]}</Chip>{' '}
                {channel.broken?.platformWords}
                <Troubles channel={channel} />
              </Table.Td>
              <Table.Td>
                <Chip tone={channel.sending ? 'good' : 'warn'}>{channel.sending ? say.on : say.off}</Chip>
              </Table.Td>
              {may('channel.manage') && (
                <Table.Td>
                  <Acts channel={channel} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
