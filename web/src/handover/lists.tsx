import { Alert, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { viewWords } from '../../../src/api/contract/words.ts';
import { queueViews, queueWords } from '../approval/search.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { countText, numberText } from '../shared/number-text.ts';
import { dayAndTime } from '../shared/when.ts';
import type { Handover } from './people-table.tsx';
import { handoverWords } from './words.ts';

interface Counted {
  readonly count: number;
  readonly more: boolean;
}

export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={2} size="h5">
        {title}
      </Title>
      {children}
    </section>
  );
}

/** The inbox's own views, and what comes back during the night. */
export function Waiting({ handover }: { readonly handover: Handover }) {
  const [say, names] = [useWords(handoverWords), useWords(viewWords)];
  const { language } = useLanguage();
  const { views, waking, tonight } = handover;
  const waits = Object.entries(views) as [keyof typeof views, Counted][];
  return (
    <Part title={say.now}>
      <ul>
        {waits.map(([view, counted]) => (
          <li key={view}>
            <Link to="/kotak-masuk" search={{ view }}>
              {names[view]}: {countText(counted, language)}
            </Link>
          </li>
        ))}
        <li>
          <Link to="/kotak-masuk" search={{ view: 'ingatkan-nanti', wakesBefore: tonight }}>
            {say.waking(dayAndTime(tonight, language))}: {countText(waking, language)}
          </Link>
        </li>
      </ul>
    </Part>
  );
}

export function Soonest({ handover }: { readonly handover: Handover }) {
  const say = useWords(handoverWords);
  const { language } = useLanguage();
  return (
    <Part title={say.soonest}>
      {handover.soonest.length === 0 && <p>{say.none}</p>}
      <ul>
        {handover.soonest.map(({ number, agencyName, dueAt, assigneeName, secret }) => (
          <li key={number}>
            <Link to="/kotak-masuk" search={{ view: 'hampir-lewat', buka: number }}>
              {number}
            </Link>{' '}
            {[
              secret && say.secret,
              agencyName ?? say.noAgency,
              dayAndTime(dueAt, language),
              assigneeName ?? say.unassigned,
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** What the approval page shows, but for what is over. */
export function Replies({ handover }: { readonly handover: Handover }) {
  const [say, names] = [useWords(handoverWords), useWords(queueWords)];
  const { language } = useLanguage();
  return (
    <Part title={say.replies}>
      {handover.sendingStopped && <Alert color="red">{say.stopped}</Alert>}
      <ul>
        {queueViews
          .filter((view) => view !== 'riwayat')
          .map((view) => (
            <li key={view}>
              <Link to="/persetujuan" search={{ view }}>
                {names[view]}: {countText(handover.replies[view], language)}
              </Link>
            </li>
          ))}
      </ul>
    </Part>
  );
}

export function Silent({ handover }: { readonly handover: Handover }) {
  const say = useWords(handoverWords);
  const { language } = useLanguage();
  return (
    <Part title={say.silent}>
      {handover.silent.length === 0 && <p>{say.none}</p>}
      <ul>
        {handover.silent.map(({ agency, name, count, oldestAt }) => (
          <li key={agency ?? '-'}>
            <Link to="/kotak-masuk" search={{ view: 'opd-belum-menjawab', inCharge: agency ?? '-' }}>
              {name ?? say.noAgency}: {numberText(count, language)}
            </Link>{' '}
            ({say.oldest(dayAndTime(oldestAt, language))})
          </li>
        ))}
      </ul>
    </Part>
  );
}
