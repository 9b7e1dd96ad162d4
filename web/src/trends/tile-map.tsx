import { useQuery } from '@tanstack/react-query';
import { api } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import type { ChartRow } from './chart-card.tsx';
import { heatOf } from './hours-heat.tsx';
import { InboxLink } from './inbox-link.tsx';
import type { ToInbox } from './use-trends.ts';
import { trendsWords } from './words.ts';

export const mapQuery = {
  queryKey: ['trends', 'map'],
  queryFn: () => api.trends.map({}),
  staleTime: Number.POSITIVE_INFINITY,
} as const;

/** Every kecamatan as a tile about where it lies; what has no place stands below. */
export function TileMap({
  rows,
  toInbox,
}: {
  readonly rows: readonly ChartRow[];
  readonly toInbox: ToInbox;
}) {
  const say = useWords(trendsWords);
  const tiles = useQuery(mapQuery).data ?? [];
  const counts = new Map(rows.map((row) => [row.key, row.values[0] ?? 0]));
  const most = Math.max(1, ...tiles.map((tile) => counts.get(tile.kecamatan) ?? 0));
  const elsewhere = rows.filter((row) => !tiles.some((tile) => tile.kecamatan === row.key));
  return (
    <>
      <div className="tiles">
        {tiles.map(({ kecamatan, column, row }) => {
          const count = counts.get(kecamatan) ?? 0;
          return (
            <InboxLink
              key={kecamatan}
              to={toInbox({ kecamatan })}
              className={`tile heat-${heatOf(count, most)}`}
              style={{ gridColumn: column + 1, gridRow: row + 1 }}
            >
              {kecamatan} <strong>{say.number(count)}</strong>
            </InboxLink>
          );
        })}
      </div>
      <ul className="legend">
        {elsewhere.map((row) => (
          <li key={row.key}>
            <InboxLink to={row.to}>{row.name}</InboxLink> <strong>{say.number(row.values[0] ?? 0)}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}
