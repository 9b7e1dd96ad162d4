import { queryOptions } from '@tanstack/react-query';
import { api } from '../shared/api.ts';

/** One case with its messages, replies and history, and who has it open. */
export function caseQuery(number: string) {
  return queryOptions({
    queryKey: ['case', number],
    queryFn: () => api.cases.get({ number }),
    refetchInterval: 15_000,
  });
}
