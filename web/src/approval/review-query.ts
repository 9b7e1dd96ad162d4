import { queryOptions } from '@tanstack/react-query';
import { api } from '../shared/api.ts';

export type Review = Awaited<ReturnType<typeof api.drafts.review>>;

/** All that a decision needs; asked again while the reply is on its way. */
export function reviewQuery(id: string) {
  return queryOptions({
    queryKey: ['review', id],
    queryFn: () => api.drafts.review({ id }),
    refetchInterval: ({ state }) => {
      const moving = ['released', 'sending', 'unknown'].includes(state.data?.reply.state ?? '');
      return moving ? 2_000 : 10_000;
    },
  });
}
