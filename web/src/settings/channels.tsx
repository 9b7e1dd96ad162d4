import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { channelStateWords, roleWords } from '../../../src/api/contract/words.ts';
import { api, type Channel } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { now } from '../shared/clock.ts';
import { type Language, useLanguage, useWords } from '../shared/language.tsx';
import { PlatformIcon } from '../shared/platform-icon.tsx';
import { usePlatformNames } from '../shared/platform-names.ts';
import { channelsQuery, useMe } from '../shared/queries.ts';
import { Failed, isGone, Loading, useErrorWords } from '../shared/states.tsx';
import { age, dayAndTime, length } from '../shared/when.ts';
import { healthWords } from './health-words.ts';
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
    <Group gap="xs">
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

const usd = (micros: number, language: Language) =>
  `US$ ${(micros / 1_000_000).toLocaleString(language === 'id' ? 'id-ID' : 'en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** What is known of it, each fact in words; what a platform does not have is left out. */
function Facts({ channel }: { readonly channel: Channel }) {
  const say = useWords(healthWords);
  const { language } = useLanguage();
  const { health, lastSuccessAt, blockedUntil, tokenExpiresAt, limitMicros, spentMicros } = channel;
  const money = (micros: number) => usd(micros, language);
  const ago = (at: string | null) => (at ? say.ago(age(at, now(), language)) : say.never);
  const facts = [
    [say.lastSuccess, ago(lastSuccessAt)],
    [say.lastMessage, ago(health.lastMessageAt)],
    health.lagMs !== null && [say.lag, say.afterWriting(length(health.lagMs, language))],
    [say.usual, health.usualHours === null ? say.tooFew : say.every(health.usualHours)],
    health.nextPollAt && [say.nextPoll, dayAndTime(health.nextPollAt, language)],
    channel.quotaUsed !== null && [say.quotaLeft, `${Math.floor(100 * (1 - channel.quotaUsed))}%`],
    blockedUntil &&
      new Date(blockedUntil) > now() && [say.quota, say.waits(dayAndTime(blockedUntil, language))],
    tokenExpiresAt && [say.token, dayAndTime(tokenExpiresAt, language)],
    limitMicros !== null && [say.money, say.left(money(limitMicros - spentMicros), money(limitMicros))],
    limitMicros === null && spentMicros > 0 && [say.money, say.spent(money(spentMicros))],
  ];
  return (
    <dl className="facts">
      {facts
        .filter((fact): fact is [string, string] => Array.isArray(fact))
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function One({ channel }: { readonly channel: Channel }) {
  const [say, health, states] = [useWords(settingsWords), useWords(healthWords), useWords(channelStateWords)];
  const roles = useWords(roleWords);
  const { language } = useLanguage();
  const { may } = useMe();
  const { troubles } = channel.health;
  const platformNames = usePlatformNames();
  const isWell = channel.state === 'ok' && troubles.length === 0;
  return (
    <section className="channel" aria-label={`${platformNames[channel.platform]} ${channel.account}`}>
      <Group gap="xs">
        <PlatformIcon platform={channel.platform} />
        <Title order={2} size="h5">
          {platformNames[channel.platform]} · {channel.account}
        </Title>
        <Chip tone={isWell ? 'good' : channel.state === 'paused' ? 'warn' : 'bad'}>
          {channel.state === 'ok' && !isWell ? health.trouble : states[channel.state]}
        </Chip>
        <Chip tone={channel.sending ? 'good' : 'warn'}>
          {say.sending}: {channel.sending ? say.on : say.off}
        </Chip>
      </Group>
      {troubles.map((trouble) => (
        <div key={trouble.kind} role="alert">
          <Text size="sm" fw={600}>
            {trouble.words[language]}
          </Text>
          <Text size="sm">
            {trouble.todo[language]} ({health.by(roles[trouble.who])})
          </Text>
        </div>
      ))}
      {channel.broken && (
        <Text size="xs" c="dimmed">
          {health.platformSays(channel.broken.platformWords)}
        </Text>
      )}
      {channel.health.notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
      <Facts channel={channel} />
      {may('channel.manage') && <Acts channel={channel} />}
    </section>
  );
}

/** Alarms of the last 30 days, open ones first. */
function Incidents({ channels }: { readonly channels: readonly Channel[] }) {
  const say = useWords(healthWords);
  const { language } = useLanguage();
  const platformNames = usePlatformNames();
  const { data } = useQuery({
    queryKey: ['channels', 'incidents'],
    queryFn: () => api.channels.incidents({}),
  });
  if (!data) return null;
  const nameOf = (id: string) => {
    const channel = channels.find((one) => one._id === id);
    return channel ? `${platformNames[channel.platform]} · ${channel.account}` : id;
  };
  const openFirst = [...data].sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null));
  return (
    <section className="channel">
      <Title order={2} size="h5">
        {say.incidents}
      </Title>
      {data.length === 0 && <Text size="sm">{say.noIncidents}</Text>}
      <ul>
        {openFirst.map((one) => (
          <li key={one._id}>
            <small>
              {dayAndTime(one.openedAt, language)} –{' '}
              {one.closedAt ? dayAndTime(one.closedAt, language) : say.stillOpen}
            </small>{' '}
            {nameOf(one.channelId)}: {one.words[language]}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Each account of ours: does it run, what is wrong and who sees to it, may replies leave. */
export function Channels() {
  const query = useQuery(channelsQuery);
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const worstFirst = [...query.data].sort((a, b) => b.health.troubles.length - a.health.troubles.length);
  return (
    <Stack>
      {worstFirst.map((channel) => (
        <One key={channel._id} channel={channel} />
      ))}
      <Incidents channels={query.data} />
    </Stack>
  );
}
