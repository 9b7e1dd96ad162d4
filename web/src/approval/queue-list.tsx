import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { flagWords } from '../../../src/api/contract/words.ts';
import { api } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { now } from '../shared/clock.ts';
import { DeadlineChip } from '../shared/deadline-chip.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import { countText } from '../shared/number-text.ts';
import { PlatformIcon } from '../shared/platform-icon.tsx';
import { useNames } from '../shared/queries.ts';
import { ViewsNav } from '../shared/views-nav.tsx';
import { age } from '../shared/when.ts';
import { type QueueView, queueViews, queueWords } from './search.ts';
import { approvalWords } from './words.ts';

type Row = Awaited<ReturnType<typeof api.drafts.queue>>['rows'][number];

export function QueueViews({ view }: { readonly view: QueueView }) {
  const [say, names] = [useWords(approvalWords), useWords(queueWords)];
  const { language } = useLanguage();
  const counts = useQuery({
    queryKey: ['drafts', 'counts'],
    queryFn: () => api.drafts.counts({}),
    refetchInterval: 10_000,
  });
  return (
    <ViewsNav label={say.views} at={view}>
      {queueViews.map((one) => {
        const counted = counts.data?.[one];
        return (
          <Link
            key={one}
            to="/persetujuan"
            search={{ view: one }}
            aria-current={one === view ? 'page' : undefined}
            data-alarm={(one === 'keputusan' && counted !== undefined && counted.count > 0) || undefined}
          >
            {names[one]} <span className="count">{counted ? countText(counted, language) : '…'}</span>
          </Link>
        );
      })}
    </ViewsNav>
  );
}

/** One reply that waits: who wrote, until when, and what deserves a second look. */
export function QueueRow({ row, open }: { readonly row: Row; readonly open: boolean }) {
  const say = useWords(approvalWords);
  const { language } = useLanguage();
  const names = useNames();
  const time = now();
  const risks: Readonly<Record<string, string>> = { ...useWords(flagWords), ...say.risks };
  return (
    <div className="thread" data-open={open || undefined}>
      <Link
        from="/persetujuan"
        to="/persetujuan"
        search={(before) => ({ ...before, buka: row.reply._id })}
        className="queue-row"
        aria-current={open ? 'true' : undefined}
      >
        <span className="who">
          <PlatformIcon platform={row.reply.platform} />
          <strong>{row.case._id}</strong>
          {row.author && <small>{row.author}</small>}
          <small className="age">{age(row.reply.updatedAt, time, language)}</small>
        </span>
        <span className="line">{row.reply.text}</span>
        <span className="signs">
          {row.risks.map((risk) => (
            <Chip key={risk} tone="bad">
              {risks[risk] ?? risk}
            </Chip>
          ))}
          <Chip>{names.agency(row.case.agency) ?? '–'}</Chip>
          <DeadlineChip of={row.case} now={time} />
        </span>
      </Link>
    </div>
  );
}
