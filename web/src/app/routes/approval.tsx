import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { QueueRow, QueueViews } from '../../approval/queue-list.tsx';
import { ReviewPane } from '../../approval/review-pane.tsx';
import { approvalWords } from '../../approval/words.ts';
import { inboxWords } from '../../inbox/words.ts';
import { api } from '../../shared/api.ts';
import { useWords } from '../../shared/language.tsx';
import { Empty, Failed, Loading } from '../../shared/states.tsx';
import { useKeys } from '../../shared/use-keys.ts';

const here = getRouteApi('/desk/persetujuan');

/** Persetujuan: what waits by deadline, and all that a decision needs beside it. */
export function ApprovalPage() {
  const [say, more] = [useWords(approvalWords), useWords(inboxWords)];
  const search = here.useSearch();
  const navigate = useNavigate({ from: '/persetujuan' });
  const view = search.view ?? 'menunggu';
  const queue = useInfiniteQuery({
    queryKey: ['drafts', 'queue', view],
    queryFn: ({ pageParam }) => api.drafts.queue({ view, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 10_000,
  });
  const rows = queue.data?.pages.flatMap((page) => page.rows) ?? [];
  const at = rows.findIndex((row) => row.reply._id === search.buka);
  const open = (id: string | undefined): void =>
    void navigate({
      search: { view, ...(id !== undefined && { buka: id }) },
      replace: search.buka !== undefined,
    });
  const step = (by: 1 | -1): void => {
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (next) open(next.reply._id);
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  return (
    <div className="inbox" data-open={search.buka !== undefined || undefined}>
      <QueueViews view={view} />
      <section className="list-pane" aria-label={say.queue}>
        {queue.isError && <Failed error={queue.error} onRetry={() => void queue.refetch()} />}
        {queue.isPending && <Loading />}
        {queue.isSuccess && rows.length === 0 && <Empty title={say.nothing}>{say.nothingHint}</Empty>}
        <div className="threads">
          {rows.map((row) => (
            <QueueRow key={row.reply._id} row={row} open={row.reply._id === search.buka} />
          ))}
        </div>
        {queue.hasNextPage && (
          <Button variant="subtle" color="gray" onClick={() => void queue.fetchNextPage()}>
            {more.more}
          </Button>
        )}
      </section>
      <div className="detail-pane">
        <Button className="only-narrow" size="compact-sm" variant="default" onClick={() => open(undefined)}>
          {say.back}
        </Button>
        {search.buka === undefined ? (
          <Text c="dimmed">{say.pick}</Text>
        ) : (
          <ReviewPane key={search.buka} id={search.buka} />
        )}
      </div>
    </div>
  );
}
