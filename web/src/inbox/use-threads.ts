import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, type Thread } from '../shared/api.ts';
import { filterOf, type InboxSearch, type View } from './search.ts';

type Request = Parameters<typeof api.threads.list>[0];
type Page = Awaited<ReturnType<typeof api.threads.list>>;

/** How often we ask whether something new came, in milliseconds. */
const askEvery = 10_000;

const pageOf = 50;
/** A search that finds little goes on by itself for so many pages, then asks whether it should. */
const pagesAtOnce = 30;

/**
 * The list as it was loaded: rows neither move nor go under anybody's hands. What is new is only counted, until he asks
 * for it.
 */
export function useThreads(search: InboxSearch, view: View) {
  const cache = useQueryClient();
  const filter = filterOf(search);
  const key = ['threads', 'list', view, filter];
  const request = { ...filter, view } as Request;
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      api.threads.list({ ...request, limit: pageOf, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  });
  const newest = useQuery({
    queryKey: ['threads', 'newest', view, filter],
    queryFn: () => api.threads.list({ ...request, limit: pageOf }),
    refetchInterval: askEvery,
    enabled: query.isSuccess,
  });
  const threads: readonly Thread[] = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const pages = query.data?.pages.length ?? 0;
  const searchedTo = query.data?.pages.at(-1)?.searchedTo ?? null;
  const { isFetching, fetchNextPage } = query;
  const goesOn = searchedTo !== null && threads.length < pageOf && pages % pagesAtOnce !== 0 && !isFetching;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  const known = new Set(threads.map((thread) => thread.id));
  // What is older than the list came into sight because others left. Older than its top is new: some channels are slower.
  const end = query.hasNextPage ? (threads.at(-1)?.postedAt ?? '') : '';
  const fresh = (newest.data?.rows ?? []).filter((row) => !known.has(row.id) && row.postedAt >= end).length;

  return {
    ...query,
    threads,
    /** How far back a search has looked when there is more to look at. */
    searchedTo,
    /** How many came since the list was loaded; 50 means "or more". */
    fresh,
    reload: () => query.refetch(),
    /** Shows what an act changed in its row; the row stays where it is. */
    patch: (id: string, change: Partial<Thread>) =>
      cache.setQueryData<InfiniteData<Page, string | null>>(
        key,
        (now) =>
          now && {
            ...now,
            pages: now.pages.map((page) => ({
              ...page,
              rows: page.rows.map((row) => (row.id === id ? { ...row, ...change } : row)),
            })),
          },
      ),
  };
}
