import { QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { calendarOf } from '../../../src/api/contract/deadline.ts';
import { api, problemOf } from './api.ts';
import { useLanguage } from './language.tsx';

/** Refusals are answers; only silence is worth another try. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (tries, error) => problemOf(error) === null && tries < 2,
      staleTime: 5_000,
    },
  },
});

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => api.auth.me({}), staleTime: 60_000 });
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: () => api.health.get({}),
  refetchInterval: 15_000,
});
export const stopQuery = queryOptions({
  queryKey: ['stop-switch'],
  queryFn: () => api.stopSwitch.get({}),
  refetchInterval: 10_000,
});
export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: () => api.channels.list({}),
  refetchInterval: 30_000,
});
export const namesQuery = queryOptions({
  queryKey: ['names'],
  queryFn: () => api.names.get({}),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Who is logged in, and what his role may do at all. The frame has loaded it before anything is shown. */
export function useMe() {
  const { data } = useSuspenseQuery(meQuery);
  return { user: data.user, may: (act: string) => data.acts.includes(act) };
}

/** Which days the office works, by its holidays. */
export function useCalendar() {
  const { holidays } = useSuspenseQuery(namesQuery).data;
  return useMemo(() => calendarOf(holidays), [holidays]);
}

/** Names by id; an unknown id is shown as it is. */
export function useNames() {
  const { data } = useSuspenseQuery(namesQuery);
  const { language } = useLanguage();
  const spoken = data.subjects.map(({ id, name, nameEn }) => ({
    id,
    name: language === 'id' ? name : nameEn,
  }));
  const [agencies, subjects, colleagues] = [
    new Map(data.agencies.map((one) => [one.id, one.name])),
    new Map(spoken.map((one) => [one.id, one.name])),
    new Map([
      ['sistem', language === 'id' ? 'sistem' : 'system'],
      ...data.colleagues.map(({ id, name }) => [id, name] as const),
    ]),
  ];
  return {
    ...data,
    subjects: spoken,
    agency: (id: string | null) => (id === null ? null : (agencies.get(id) ?? id)),
    person: (id: string) => colleagues.get(id) ?? id,
    subject: (id: string | null) => (id === null ? null : (subjects.get(id) ?? id)),
  };
}
