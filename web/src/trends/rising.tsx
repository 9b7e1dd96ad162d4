import { Title } from '@mantine/core';
import { useState } from 'react';
import type { InboxSearch } from '../inbox/search.ts';
import { useWords } from '../shared/language.tsx';
import { Examples } from './examples.tsx';
import { useSubjectPlace } from './subject-place.ts';
import type { ToInbox, Trends } from './use-trends.ts';
import { trendsWords } from './words.ts';

interface Riser {
  readonly key: string;
  readonly words: string;
  readonly now: number;
  readonly to: InboxSearch | null;
}

/** Opens to the posts behind it, which are asked for only then. */
function RisingOne({ one }: { readonly one: Riser }) {
  const [open, setOpen] = useState(false);
  if (one.to === null) return <li>{one.words}</li>;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{one.words}</summary>
        {open && <Examples to={one.to} count={one.now} />}
      </details>
    </li>
  );
}

function RisingList({ title, all }: { readonly title: string; readonly all: readonly Riser[] }) {
  const say = useWords(trendsWords);
  return (
    <section className="chart">
      <Title order={2} size="h5">
        {title}
      </Title>
      {all.length === 0 && <p>{say.nothing}</p>}
      <ul className="rising">
        {all.map((one) => (
          <RisingOne key={one.key} one={one} />
        ))}
      </ul>
    </section>
  );
}

/** Subjects by place and words that came more often than in the 28 days before, each with examples. */
export function Rising({ trends, toInbox }: { readonly trends: Trends; readonly toInbox: ToInbox }) {
  const say = useWords(trendsWords);
  const nameOf = useSubjectPlace();
  return (
    <>
      <RisingList
        title={say.rising}
        all={trends.risingSubjects.map(({ key, now, usual }) => ({
          key: `${key.subject} ${key.kecamatan}`,
          words: `${nameOf(key)}: ${say.usual(now, usual)}`,
          now,
          to: toInbox({ subject: key.subject ?? '-', kecamatan: key.kecamatan ?? '-' }),
        }))}
      />
      <RisingList
        title={say.words}
        all={trends.risingWords.map(({ key, now, usual }) => ({
          key,
          words: `${key}: ${say.usual(now, usual)}`,
          now,
          to: toInbox({ q: key }),
        }))}
      />
    </>
  );
}
