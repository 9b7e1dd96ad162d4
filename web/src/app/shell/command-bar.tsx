import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { viewWords } from '../../../../src/api/contract/words.ts';
import { views } from '../../inbox/search.ts';
import { useLanguage, useWords, words } from '../../shared/language.tsx';
import { useMe } from '../../shared/queries.ts';
import { pages, pageWords } from '../pages.ts';

const texts = words(
  {
    ask: 'Ketik perintah atau nama halaman',
    nothing: 'Tidak ada yang cocok',
    go: (page: string) => `Buka ${page}`,
    dark: 'Tampilan gelap',
    light: 'Tampilan terang',
    language: 'Switch to English',
  },
  {
    ask: 'Type a command or the name of a page',
    nothing: 'Nothing matches',
    go: (page: string) => `Open ${page}`,
    dark: 'Dark theme',
    light: 'Light theme',
    language: 'Ganti ke Bahasa Indonesia',
  },
);

/** Ctrl K: everything that the menu and the saved views hold, by name. */
export function CommandBar() {
  const [say, names, ofViews] = [useWords(texts), useWords(pageWords), useWords(viewWords)];
  const { may } = useMe();
  const { language, choose } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const actions: SpotlightActionData[] = [
    ...pages
      .filter((page) => may(page.act))
      .map((page) => ({
        id: page.to,
        label: say.go(names[page.name]),
        onClick: () => void navigate({ to: page.to, search: {} }),
      })),
    ...(may('case.view') ? views : []).map((view) => ({
      id: `view-${view}`,
      label: say.go(`${names.inbox}: ${ofViews[view]}`),
      onClick: () => void navigate({ to: '/kotak-masuk', search: { view } }),
    })),
    { id: 'dark', label: say.dark, onClick: () => setColorScheme('dark') },
    { id: 'light', label: say.light, onClick: () => setColorScheme('light') },
    { id: 'language', label: say.language, onClick: () => choose(language === 'id' ? 'en' : 'id') },
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      nothingFound={say.nothing}
      searchProps={{ placeholder: say.ask, 'aria-label': say.ask }}
      attributes={{ content: { 'aria-label': say.ask } }}
      highlightQuery
    />
  );
}
