import { Text } from '@mantine/core';
import type { Channel } from './api.ts';
import { useWords, words } from './language.tsx';

const texts = words(
  { who: (role: string) => `Yang dapat memperbaikinya: ${role}.` },
  { who: (role: string) => `Who can mend it: ${role}.` },
);

/** What is wrong with a channel, what to do about it, and who may: in the words of the server, which are Indonesian. */
export function Troubles({ channel }: { readonly channel: Channel }) {
  const say = useWords(texts);
  return channel.health.troubles.map(({ kind, words: what, todo, who }) => (
    <Text size="xs" key={kind} lang="id">
      <strong>{what}</strong> {todo} {say.who(who)}
    </Text>
  ));
}
