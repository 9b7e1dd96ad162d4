import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useWords, words } from '../../shared/language.tsx';
import { openLive } from '../../shared/live.ts';
import { healthQuery, useMe } from '../../shared/queries.ts';
import { useKeys } from '../../shared/use-keys.ts';
import { pages } from '../pages.ts';
import { CommandBar } from './command-bar.tsx';
import { ConnectionNotice } from './connection.tsx';
import { Rail } from './rail.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { StopNotice } from './stop-switch.tsx';
import { TopBar } from './top-bar.tsx';
import { UndoToasts } from './undo-toasts.tsx';

const texts = words(
  { demo: 'DATA SIMULASI: semua pesan, warga, dan jawaban di sini buatan.', skip: 'Langsung ke isi' },
  { demo: 'DATA SIMULASI: all messages, citizens and answers here are made up.', skip: 'Skip to content' },
);

/** What stands around every page of the desk. */
export function Frame() {
  const say = useWords(texts);
  const { may } = useMe();
  const navigate = useNavigate();
  const cache = useQueryClient();
  useEffect(() => openLive(cache), [cache]);
  const health = useQuery(healthQuery);
  const [sheet, setSheet] = useState(false);
  const jumps = pages
    .filter((page) => may(page.act))
    .map((page) => [`g ${page.key}`, () => void navigate({ to: page.to, search: {} })]);
  useKeys({ ...Object.fromEntries(jumps), '?': () => setSheet(true) });
  return (
    <div className="frame">
      <div className="notices">
        <a className="skip" href="#isi">
          {say.skip}
        </a>
        {health.data?.mode === 'demo' && (
          <div className="stamp" role="note">
            {say.demo}
          </div>
        )}
        <ConnectionNotice />
        <StopNotice />
      </div>
      <TopBar onKeys={() => setSheet(true)} />
      <Rail />
      <main id="isi" tabIndex={-1}>
        <Outlet />
      </main>
      <UndoToasts />
      <CommandBar />
      <ShortcutSheet opened={sheet} onClose={() => setSheet(false)} />
    </div>
  );
}
