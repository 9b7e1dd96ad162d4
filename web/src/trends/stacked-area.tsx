import { useWords } from '../shared/language.tsx';
import { useNames } from '../shared/queries.ts';
import { InboxLink } from './inbox-link.tsx';
import { binsOf, gapsOver, stacked } from './stack.ts';
import type { ToInbox, Trends } from './use-trends.ts';
import { trendsWords } from './words.ts';

const height = 200;

/** Through the middle of each bin, flat to both edges. */
function corners(values: readonly number[], most: number): readonly string[] {
  const y = (value: number) => (height - (height * value) / most).toFixed(1);
  const inner = values.map((value, at) => `${at + 0.5},${y(value)}`);
  return [`0,${y(values[0] ?? 0)}`, ...inner, `${values.length},${y(values.at(-1) ?? 0)}`];
}

/** Cases per day (or week) by agency, one upon the other; hatched where posts may have been missed. */
export function StackedArea({
  trends,
  compare,
  toInbox,
}: {
  readonly trends: Trends;
  /** Draws the period before as a line. */
  readonly compare: boolean;
  readonly toInbox: ToInbox;
}) {
  const say = useWords(trendsWords);
  const names = useNames();
  const bins = binsOf(trends.days);
  const layers = stacked(trends.series, bins);
  const before = bins.map(({ first, last }) =>
    trends.daily.before.slice(first, last + 1).reduce((sum, count) => sum + count, 0),
  );
  const tops = layers.at(-1)?.top ?? [];
  const most = Math.max(1, ...tops, ...(compare ? before : []));
  const nameOf = (key: string) => (key === 'lain' ? say.others : (names.agency(key) ?? key));
  return (
    <>
      <div className="area">
        <span className="most">{say.number(most)}</span>
        <svg
          viewBox={`0 0 ${bins.length} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={say.perDay}
        >
          {layers.map(({ key, bottom, top }, at) => (
            <polygon
              key={key}
              data-series={at}
              points={[...corners(top, most), ...[...corners(bottom, most)].reverse()].join(' ')}
              vectorEffect="non-scaling-stroke"
            >
              <title>{nameOf(key)}</title>
            </polygon>
          ))}
          {compare && (
            <polyline
              className="before"
              points={corners(before, most).join(' ')}
              vectorEffect="non-scaling-stroke"
            >
              <title>{say.periodBefore}</title>
            </polyline>
          )}
        </svg>
        {/* For the mouse; the table twin has the same ways for the keyboard. */}
        <div className="bins" aria-hidden="true">
          {bins.map((bin, at) => (
            <InboxLink
              key={bin.from}
              to={toInbox({ from: bin.from, to: bin.to })}
              title={say.ofDays(bin.from, bin.to, tops[at] ?? 0)}
              skipped
            >
              {null}
            </InboxLink>
          ))}
        </div>
        {gapsOver(trends.days, trends.gaps).map((gap) => (
          <span
            key={`${gap.channelId} ${gap.left}`}
            className="gap"
            title={say.gapOf(gap.channelId)}
            style={{ left: `${gap.left}%`, width: `${gap.width}%` }}
          />
        ))}
      </div>
      <div className="axis" aria-hidden="true">
        {bins
          .filter((_, at) => at % Math.ceil(bins.length / 6) === 0)
          .map((bin) => (
            <span key={bin.from}>{say.shortDay(bin.from)}</span>
          ))}
      </div>
      <ul className="legend">
        {[...layers].reverse().map(({ key, total }) => (
          <li key={key}>
            <i data-series={layers.findIndex((one) => one.key === key)} aria-hidden="true" /> {nameOf(key)}{' '}
            <strong>{say.number(total)}</strong>
          </li>
        ))}
        {trends.gaps.length > 0 && (
          <li>
            <i className="gap" aria-hidden="true" /> {say.gap}
          </li>
        )}
        {compare && (
          <li>
            <i className="before" aria-hidden="true" /> {say.periodBefore}
          </li>
        )}
      </ul>
    </>
  );
}
