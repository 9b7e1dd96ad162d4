import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { InboxSearch } from '../inbox/search.ts';
import { api } from '../shared/api.ts';
import { now } from '../shared/clock.ts';
import { lastDays, type Period } from '../shared/period.ts';
import { useMe } from '../shared/queries.ts';
import { type Chart, narrowing, type TrendsSearch, tablesOf } from './search.ts';

const here = getRouteApi('/desk/tren');

export type Trends = Awaited<ReturnType<typeof api.trends.get>>;
type Asked = Parameters<typeof api.trends.get>[0];
/** What a part of a chart means in the inbox. */
type InboxPart = Omit<InboxSearch, 'view' | 'secret' | 'buka'>;
/** Null: this person does not see cases. */
export type ToInbox = (part: InboxPart) => InboxSearch | null;

function partOf(search: TrendsSearch, name: (typeof narrowing)[number]) {
  return search[name] === undefined ? {} : { [name]: search[name] };
}

/** The state of the page Tren: the address, the numbers, and how a number is found in the inbox. */
export function useTrends() {
  const search = here.useSearch();
  const navigate = useNavigate({ from: '/tren' });
  const { user, may } = useMe();
  const period: Period =
    search.from && search.to ? { from: search.from, to: search.to } : lastDays(now(), 28);
  const narrowed = Object.assign({}, ...narrowing.map((name) => partOf(search, name)));
  const asked = { ...period, ...narrowed } as Asked;
  const query = useQuery({
    queryKey: ['trends', asked],
    queryFn: () => api.trends.get(asked),
    placeholderData: (before) => before,
  });
  const agency = user.role === 'admin_opd' ? (user.agency ?? undefined) : search.agency;
  const { agency: _, ...beside } = narrowed;
  // Cases only, by the agency in charge, none of them secret: as the charts count.
  const toInbox: ToInbox = (part) =>
    may('case.view')
      ? {
          view: 'aduan',
          secret: 'false',
          ...period,
          ...beside,
          ...(agency !== undefined && { inCharge: agency }),
          ...part,
        }
      : null;
  const tables = tablesOf(search);
  const show = (to: TrendsSearch) => void navigate({ search: to });
  return {
    search,
    period,
    query,
    toInbox,
    show,
    isTable: (chart: Chart) => tables.includes(chart),
    turn: (chart: Chart) => {
      const { tabel: __, ...rest } = search;
      const next = tables.includes(chart) ? tables.filter((one) => one !== chart) : [...tables, chart];
      show(next.length > 0 ? { ...rest, tabel: next.join(',') } : rest);
    },
  };
}
export type TrendsPage = ReturnType<typeof useTrends>;
