import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../shared/api.ts';
import { useLanguage, useWords, words } from '../../shared/language.tsx';
import { countText } from '../../shared/number-text.ts';
import { useMe } from '../../shared/queries.ts';
import { pages, pageWords } from '../pages.ts';

const texts = words(
  { menu: 'Menu utama', light: 'Meja ringan', training: 'Mode latihan' },
  { menu: 'Main menu', light: 'Light desk', training: 'Training' },
);

export function Rail() {
  const [say, names] = [useWords(texts), useWords(pageWords)];
  const { may } = useMe();
  const { language } = useLanguage();
  const shown = (counted: { readonly count: number; readonly more: boolean } | undefined) =>
    counted && counted.count > 0 ? countText(counted, language) : null;
  const count = (view: 'baru' | 'menunggu-persetujuan') => ({
    queryKey: ['threads', 'count', view],
    queryFn: () => api.threads.count({ view }),
    enabled: may('case.view'),
    refetchInterval: 15_000,
  });
  const fresh = useQuery(count('baru'));
  const waiting = useQuery(count('menunggu-persetujuan'));
  const counts = {
    inbox: shown(fresh.data),
    approval: shown(waiting.data),
    handover: null,
    trends: null,
    report: null,
    settings: null,
  };
  return (
    <nav className="rail" aria-label={say.menu}>
      {pages
        .filter((page) => may(page.act))
        .map(({ to, name, icon: Icon }) => (
          <Link key={to} to={to} search={{}} activeOptions={{ includeSearch: false }}>
            <Icon size={20} aria-hidden />
            <span>{names[name]}</span>
            {counts[name] && <span className="count">{counts[name]}</span>}
          </Link>
        ))}
      <div className="foot">
        {may('training.play') && (
          <Link to="/latihan" search={{}}>
            {say.training}
          </Link>
        )}
        <Anchor href="/ringan">{say.light}</Anchor>
      </div>
    </nav>
  );
}
