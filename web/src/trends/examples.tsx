import { useQuery } from '@tanstack/react-query';
import type { InboxSearch } from '../inbox/search.ts';
import { api } from '../shared/api.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { PlatformIcon } from '../shared/platform-icon.tsx';
import { Failed, isGone, Loading } from '../shared/states.tsx';
import { dayAndTime } from '../shared/when.ts';
import { InboxLink } from './inbox-link.tsx';
import { trendsWords } from './words.ts';

type Request = Parameters<typeof api.threads.list>[0];

const shown = 4;

/** The newest cases behind a number, masked as in every list, and the way to all of them. @param to never secret ones */
export function Examples({ to, count }: { readonly to: InboxSearch; readonly count: number }) {
  const say = useWords(trendsWords);
  const { language } = useLanguage();
  const query = useQuery({
    queryKey: ['threads', 'examples', to],
    queryFn: () => api.threads.list({ ...to, limit: shown } as Request),
  });
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  return (
    <ul className="examples">
      {query.data.rows.map((row) => (
        <li key={row.id}>
          <PlatformIcon platform={row.platform} /> <q>{row.line}</q>{' '}
          <small>{dayAndTime(row.postedAt, language)}</small>
        </li>
      ))}
      <li>
        <InboxLink to={to}>{say.open(count)}</InboxLink>
      </li>
    </ul>
  );
}
