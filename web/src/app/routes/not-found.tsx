import { Anchor } from '@mantine/core';
import { useWords, words } from '../../shared/language.tsx';
import { Empty } from '../../shared/states.tsx';

const texts = words(
  { title: 'Halaman ini tidak ada', light: 'Buka meja ringan' },
  { title: 'There is no such page', light: 'Open the light desk' },
);

export function NotFound() {
  const say = useWords(texts);
  return (
    <Empty title={say.title}>
      <Anchor href="/ringan">{say.light}</Anchor>
    </Empty>
  );
}
