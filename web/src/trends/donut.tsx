import { useWords } from '../shared/language.tsx';
import type { ChartRow } from './chart-card.tsx';
import { InboxLink } from './inbox-link.tsx';
import { trendsWords } from './words.ts';

/** Shares of a whole; names and numbers stand beside it. */
export function Donut({ title, rows }: { readonly title: string; readonly rows: readonly ChartRow[] }) {
  const say = useWords(trendsWords);
  const counts = rows.map((row) => row.values[0] ?? 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const share = (count: number) => (all === 0 ? 0 : (100 * count) / all);
  return (
    <div className="donut">
      <svg viewBox="0 0 42 42" role="img" aria-label={title}>
        {rows.map((row, at) => {
          const part = share(counts[at] ?? 0);
          const start = share(counts.slice(0, at).reduce((sum, count) => sum + count, 0));
          return (
            <circle
              key={row.key}
              data-series={at % 7}
              cx="21"
              cy="21"
              r="15.915"
              strokeDasharray={`${Math.max(0, part - 0.6)} ${100 - Math.max(0, part - 0.6)}`}
              strokeDashoffset={25 - start}
            >
              <title>{`${row.name}: ${say.number(counts[at] ?? 0)}`}</title>
            </circle>
          );
        })}
        <text x="21" y="23.5">
          {say.number(all)}
        </text>
      </svg>
      <ul className="legend">
        {rows.map((row, at) => (
          <li key={row.key}>
            <i data-series={at % 7} aria-hidden="true" /> <InboxLink to={row.to}>{row.name}</InboxLink>{' '}
            <strong>{say.number(counts[at] ?? 0)}</strong>{' '}
            <small>{Math.round(share(counts[at] ?? 0))} %</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
