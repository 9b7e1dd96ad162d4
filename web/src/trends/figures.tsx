import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { HOUR } from '../shared/clock.ts';
import { useWords } from '../shared/language.tsx';
import { usePlatformNames } from '../shared/platform-names.ts';
import { InboxLink } from './inbox-link.tsx';
import { Sparkline } from './sparkline.tsx';
import type { ToInbox, Trends } from './use-trends.ts';
import { trendsWords } from './words.ts';

/** "▲ 12 %": the arrow and the words say it, the colour only repeats it. */
function Change({
  now,
  before,
  shown,
  less,
}: {
  readonly now: number;
  readonly before: number;
  readonly shown: string;
  /** Less of it is better. */
  readonly less?: boolean;
}) {
  const say = useWords(trendsWords);
  const tone = now === before ? 'plain' : now < before === (less ?? false) ? 'good' : 'warn';
  return (
    <Text size="xs" className="change" data-tone={tone}>
      {say.change(now, before)} <span>{say.before(shown)}</span>
    </Text>
  );
}

function Figure({
  name,
  value,
  values,
  children,
}: {
  readonly name: string;
  readonly value: ReactNode;
  readonly values: readonly (number | null)[];
  readonly children: ReactNode;
}) {
  return (
    <div className="figure">
      <Text size="sm">{name}</Text>
      <Text size="xl" fw={700} component="div">
        {value}
      </Text>
      <Sparkline values={values} />
      {children}
    </div>
  );
}

/** What came in, what became of it, how fast: each with its days and the period before. */
export function Figures({ trends, toInbox }: { readonly trends: Trends; readonly toInbox: ToInbox }) {
  const say = useWords(trendsWords);
  const { totals, before, daily } = trends;
  const share = ({ in: all, answered }: Trends['totals']) =>
    all === 0 ? 0 : Math.round((100 * answered) / all);
  const hours = (ms: number | null) => (ms === null ? '–' : say.hours(ms / HOUR));
  const shares = daily.in.map((all, at) => (all === 0 ? null : (daily.answered[at] ?? 0) / all));
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Figure name={say.in} value={say.number(totals.in + totals.secret)} values={daily.in}>
        <Change
          now={totals.in + totals.secret}
          before={before.in + before.secret}
          shown={say.number(before.in + before.secret)}
          less
        />
        <Text size="xs">
          <InboxLink to={toInbox({})}>{say.open(totals.in)}</InboxLink>
          {totals.secret > 0 && ` + ${say.secret(totals.secret)}`}
        </Text>
      </Figure>
      <Figure
        name={say.answered}
        value={
          <>
            {share(totals)} % ·{' '}
            <InboxLink to={toInbox({ outcome: 'dijawab' })}>{say.number(totals.answered)}</InboxLink>
          </>
        }
        values={shares}
      >
        <Change now={share(totals)} before={share(before)} shown={`${share(before)} %`} />
      </Figure>
      <Figure name={say.reply} value={hours(totals.medianReplyMs)} values={daily.medianReplyMs}>
        {totals.medianReplyMs !== null && before.medianReplyMs !== null && (
          <Change
            now={totals.medianReplyMs}
            before={before.medianReplyMs}
            shown={hours(before.medianReplyMs)}
            less
          />
        )}
      </Figure>
      <Figure
        name={say.late}
        value={<InboxLink to={toInbox({ outcome: 'terlambat' })}>{say.number(totals.late)}</InboxLink>}
        values={daily.late}
      >
        <Change now={totals.late} before={before.late} shown={say.number(before.late)} less />
      </Figure>
    </SimpleGrid>
  );
}

/** How many came over each channel, in one line. */
export function PerChannel({ trends, toInbox }: { readonly trends: Trends; readonly toInbox: ToInbox }) {
  const say = useWords(trendsWords);
  const platformNames = usePlatformNames();
  return (
    <ul className="per-channel" aria-label={say.platform}>
      {trends.byPlatform.map(({ key, in: count, before }) => (
        <li key={key}>
          <InboxLink to={toInbox({ platform: key ?? '-' })}>
            {platformNames[key ?? ''] ?? key} <strong>{say.number(count)}</strong>
          </InboxLink>{' '}
          <small>{say.change(count, before)}</small>
        </li>
      ))}
    </ul>
  );
}
