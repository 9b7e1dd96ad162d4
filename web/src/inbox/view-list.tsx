import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { viewWords } from '../../../src/api/contract/words.ts';
import { api } from '../shared/api.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { countText } from '../shared/number-text.ts';
import { ViewsNav } from '../shared/views-nav.tsx';
import { filterOf, type InboxSearch, type View, views } from './search.ts';
import { inboxWords } from './words.ts';

/** The saved views with their counts: the same filter as the list, so the same number. */
export function ViewList({ search, view }: { readonly search: InboxSearch; readonly view: View }) {
  const [say, names] = [useWords(inboxWords), useWords(viewWords)];
  const { language } = useLanguage();
  const filter = filterOf(search);
  const counts = useQuery({
    queryKey: ['threads', 'counts', filter],
    queryFn: () => api.threads.counts(filter as Parameters<typeof api.threads.counts>[0]),
    refetchInterval: 10_000,
  });
  return (
    <ViewsNav label={say.views} at={view}>
      {views.map((one) => {
        const counted = counts.data?.[one];
        return (
          <Link
            key={one}
            to="/kotak-masuk"
            search={{ ...filter, view: one }}
            aria-current={one === view ? 'page' : undefined}
            data-alarm={(one === 'darurat' && counted !== undefined && counted.count > 0) || undefined}
          >
            {names[one]} <span className="count">{counted ? countText(counted, language) : '…'}</span>
          </Link>
        );
      })}
    </ViewsNav>
  );
}
