import { ActionIcon, Button, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import IconKeyboard from '@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { roleWords } from '../../../../src/api/contract/words.ts';
import { api } from '../../shared/api.ts';
import { useLanguage, useWords, words } from '../../shared/language.tsx';
import { useMe } from '../../shared/queries.ts';
import { ChannelHealth } from './channel-health.tsx';
import { ConnectionDot } from './connection.tsx';
import { SearchBox } from './search-box.tsx';
import { StopButton } from './stop-switch.tsx';

const texts = words(
  {
    account: 'Akun saya',
    leave: 'Keluar',
    dark: 'Ganti ke tampilan gelap',
    light: 'Ganti ke tampilan terang',
    keys: 'Pintasan papan tik (?)',
    commands: 'Perintah',
    language: 'Switch to English',
  },
  {
    account: 'My account',
    leave: 'Log out',
    dark: 'Switch to the dark theme',
    light: 'Switch to the light theme',
    keys: 'Keyboard shortcuts (?)',
    commands: 'Commands',
    language: 'Ganti ke Bahasa Indonesia',
  },
);

function ThemeButton() {
  const say = useWords(texts);
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={dark ? say.light : say.dark}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      {dark ? <IconSun size={20} /> : <IconMoon size={20} />}
    </ActionIcon>
  );
}

function LanguageButton() {
  const say = useWords(texts);
  const { language, choose } = useLanguage();
  const other = language === 'id' ? 'en' : 'id';
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      aria-label={`${language.toUpperCase()}: ${say.language}`}
      onClick={() => choose(other)}
    >
      {language.toUpperCase()}
    </Button>
  );
}

function Person() {
  const [say, roles] = [useWords(texts), useWords(roleWords)];
  const { user } = useMe();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const leave = useMutation({
    mutationFn: () => api.auth.logout({}),
    onSettled: async () => {
      cache.clear();
      sessionStorage.clear();
      await navigate({ to: '/masuk', search: {} });
    },
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="default">
          {user.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {roles[user.role]}
          {user.agency ? ` · ${user.agency}` : ''}
        </Menu.Label>
        <Menu.Item onClick={() => void navigate({ to: '/akun' })}>{say.account}</Menu.Item>
        <Menu.Item onClick={() => leave.mutate()}>{say.leave}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function TopBar({ onKeys }: { readonly onKeys: () => void }) {
  const say = useWords(texts);
  return (
    <header className="top">
      <Link className="brand" to="/" search={{}}>
        Tanggap
      </Link>
      <SearchBox />
      <span className="grow" />
      <ConnectionDot />
      <ChannelHealth />
      <StopButton />
      <Button
        size="compact-sm"
        variant="default"
        className="only-wide"
        onClick={spotlight.open}
        rightSection={<kbd>Ctrl K</kbd>}
      >
        {say.commands}
      </Button>
      <ActionIcon variant="subtle" color="gray" className="only-wide" aria-label={say.keys} onClick={onKeys}>
        <IconKeyboard size={20} />
      </ActionIcon>
      <LanguageButton />
      <ThemeButton />
      <Person />
    </header>
  );
}
