import { Button, Popover, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { channelStateWords } from '../../../../src/api/contract/words.ts';
import type { Channel } from '../../shared/api.ts';
import { now } from '../../shared/clock.ts';
import { useLanguage, useWords, words } from '../../shared/language.tsx';
import { usePlatformNames } from '../../shared/platform-names.ts';
import { channelsQuery, useMe } from '../../shared/queries.ts';
import { Troubles } from '../../shared/troubles.tsx';
import { age, dayAndTime } from '../../shared/when.ts';

const texts = words(
  {
    well: (n: number) => `${n} kanal`,
    bad: (n: number) => `${n} kanal bermasalah`,
    title: 'Keadaan kanal',
    last: (ago: string) => `terakhir diambil ${ago} lalu`,
    never: 'belum pernah diambil',
    sendingOff: 'pengiriman mati',
    blocked: (until: string) => `menunggu batas platform sampai ${until}`,
    left: (usd: string) => `sisa anggaran US$ ${usd}`,
  },
  {
    well: (n: number) => `${n} channels`,
    bad: (n: number) => `${n} channels in trouble`,
    title: 'Channels',
    last: (ago: string) => `last read ${ago} ago`,
    never: 'never read',
    sendingOff: 'sending is off',
    blocked: (until: string) => `waits for the platform's limit until ${until}`,
    left: (usd: string) => `US$ ${usd} left`,
  },
);

function Line({ channel }: { readonly channel: Channel }) {
  const [say, states] = [useWords(texts), useWords(channelStateWords)];
  const platformNames = usePlatformNames();
  const { language } = useLanguage();
  const { lastSuccessAt, blockedUntil, limitMicros } = channel;
  const more = [
    lastSuccessAt ? say.last(age(lastSuccessAt, now(), language)) : say.never,
    !channel.sending && say.sendingOff,
    blockedUntil && new Date(blockedUntil) > now() && say.blocked(dayAndTime(blockedUntil, language)),
    limitMicros !== null && say.left(((limitMicros - channel.spentMicros) / 1_000_000).toFixed(2)),
  ];
  return (
    <div>
      <Text size="sm" fw={600}>
        {platformNames[channel.platform]} · {channel.account}{' '}
        <span
          className="chip"
          data-tone={channel.state === 'ok' && channel.health.troubles.length === 0 ? 'good' : 'bad'}
        >
          {states[channel.state]}
        </span>
      </Text>
      <Text size="xs" c="dimmed">
        {more.filter(Boolean).join(' · ')}
      </Text>
      <Troubles channel={channel} />
    </div>
  );
}

/** Health of each channel in words. */
export function ChannelHealth() {
  const say = useWords(texts);
  const { may } = useMe();
  const { data = [] } = useQuery({ ...channelsQuery, enabled: may('channel.view') });
  if (data.length === 0) return null;
  const bad = data.filter(({ health }) => health.troubles.length > 0).length;
  return (
    <Popover position="bottom-end" withArrow width={340} trapFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color={bad > 0 ? 'red' : 'gray'} className="only-wide">
          <span className="dot" data-state={bad > 0 ? 'bad' : 'ok'} aria-hidden />
          &nbsp;{bad > 0 ? say.bad(bad) : say.well(data.length)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say.title}>
        <Stack gap="xs">
          {data.map((channel) => (
            <Line key={channel._id} channel={channel} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
