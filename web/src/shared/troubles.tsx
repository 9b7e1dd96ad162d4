import { Text } from '@mantine/core';
import { roleWords } from '../../../src/api/contract/words.ts';
import type { Channel } from './api.ts';
import { useLanguage, useWords, words } from './language.tsx';

const texts = words(
  { who: (role: string) => `Yang dapat memperbaikinya: ${role}.` },
  { who: (role: string) => `Who can mend it: ${role}.` },
);

/** What is wrong with a channel, what to do about it, and who may. */
export function Troubles({ channel }: { readonly channel: Channel }) {
  const [say, roles] = [useWords(texts), useWords(roleWords)];
  const { language } = useLanguage();
  return channel.health.troubles.map(({ kind, words: what, todo, who }) => (
    <Text size="xs" key={kind}>
      <strong>{what[language]}</strong> {todo[language]} {say.who(roles[who])}
    </Text>
  ));
}
