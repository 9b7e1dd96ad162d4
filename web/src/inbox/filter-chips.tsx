import { Pill } from '@mantine/core';
import { caseStateWords, kindWords } from '../../../src/api/contract/words.ts';
import { useLanguage, useWords, words } from '../shared/language.tsx';
import { useNames } from '../shared/queries.ts';
import { day, dayAndTime } from '../shared/when.ts';
import type { InboxFilter } from './search.ts';

const texts = words(
  {
    inCharge: 'OPD penanggung jawab',
    subject: 'Pokok aduan',
    kecamatan: 'Kecamatan',
    kind: 'Jenis',
    state: 'Status',
    assignee: 'Petugas',
    confidence: 'Keyakinan',
    outcome: 'Hasil',
    mistaken: 'Dikoreksi',
    q: 'Cari',
    none: 'belum ada',
    secret: 'Hanya yang rahasia',
    notSecret: 'Tanpa yang rahasia',
    bands: { tinggi: 'tinggi', sedang: 'sedang', rendah: 'rendah' },
    outcomes: { dijawab: 'dijawab', terlambat: 'lewat batas', menunggu: 'menunggu' },
    span: (from: string, to: string) => `${from} – ${to}`,
    since: (from: string) => `Sejak ${from}`,
    until: (to: string) => `Sampai ${to}`,
    hour: (weekday: string, hour: string) => `${weekday} pukul ${hour}.00–${hour}.59`,
    weekdays: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
    wakes: (at: string) => `Diingatkan sebelum ${at}`,
    remove: (what: string) => `Hapus saringan ${what}`,
  },
  {
    inCharge: 'Agency in charge',
    subject: 'Subject',
    kecamatan: 'District',
    kind: 'Kind',
    state: 'State',
    assignee: 'Person',
    confidence: 'Confidence',
    outcome: 'Outcome',
    mistaken: 'Corrected',
    q: 'Search',
    none: 'nobody',
    secret: 'Only secret ones',
    notSecret: 'Without secret ones',
    bands: { tinggi: 'high', sedang: 'middling', rendah: 'low' },
    outcomes: { dijawab: 'answered', terlambat: 'late', menunggu: 'waiting' },
    span: (from: string, to: string) => `${from} – ${to}`,
    since: (from: string) => `Since ${from}`,
    until: (to: string) => `Until ${to}`,
    hour: (weekday: string, hour: string) => `${weekday} ${hour}:00–${hour}:59`,
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    wakes: (at: string) => `Comes back before ${at}`,
    remove: (what: string) => `Remove the filter ${what}`,
  },
);

/** In a filter: nobody, or not decided. */
const nothing = '-';

type Part = readonly [text: string, keys: readonly (keyof InboxFilter)[]];

function useParts(filter: InboxFilter): readonly Part[] {
  const [say, states, kinds] = [useWords(texts), useWords(caseStateWords), useWords(kindWords)];
  const { language } = useLanguage();
  const names = useNames();
  const { from, to, weekday, hour, secret, wakesBefore } = filter;
  const known = (dictionary: Readonly<Record<string, string>>) => (key: string) => dictionary[key] ?? key;
  const said = {
    inCharge: (id: string) => names.agency(id),
    subject: (id: string) => names.subject(id),
    kecamatan: (name: string) => name,
    kind: known(kinds),
    state: known(states),
    assignee: names.person,
    confidence: known(say.bands),
    outcome: known(say.outcomes),
    mistaken: (pair: string) =>
      pair
        .split('~')
        .map((id) => names.agency(id))
        .join(' → '),
    q: (typed: string) => `"${typed}"`,
  } as const;
  const single = (Object.keys(said) as (keyof typeof said)[]).flatMap((key): Part[] => {
    const value = filter[key];
    if (value === undefined) return [];
    const shown = value === nothing && key !== 'q' ? say.none : said[key](value);
    return [[`${say[key]}: ${shown}`, [key]]];
  });
  const date = (at: string) => (at.length === 10 ? day(at, language) : dayAndTime(at, language));
  const period = (): string => {
    if (from === undefined) return say.until(date(to ?? ''));
    return to === undefined ? say.since(date(from)) : say.span(date(from), date(to));
  };
  return [
    ...single,
    ...(secret === undefined
      ? []
      : [[secret === 'true' ? say.secret : say.notSecret, ['secret']] satisfies Part]),
    // An hour means nothing without its period.
    ...(from === undefined && to === undefined
      ? []
      : [[period(), ['from', 'to', 'weekday', 'hour']] satisfies Part]),
    ...(weekday === undefined || hour === undefined
      ? []
      : [
          [
            say.hour(say.weekdays[Number(weekday) - 1] ?? weekday, hour.padStart(2, '0')),
            ['weekday', 'hour'],
          ] satisfies Part,
        ]),
    ...(wakesBefore === undefined
      ? []
      : [[say.wakes(dayAndTime(wakesBefore, language)), ['wakesBefore']] satisfies Part]),
  ];
}

interface Props {
  readonly filter: InboxFilter;
  readonly onChange: (filter: InboxFilter) => void;
}

/** What a link from Tren, the handover or the search narrows the list to: each part by name, and each can be taken away. */
export function FilterChips({ filter, onChange }: Props) {
  const say = useWords(texts);
  return useParts(filter).map(([text, keys]) => (
    <Pill
      key={text}
      withRemoveButton
      removeButtonProps={{ 'aria-label': say.remove(text), 'aria-hidden': false, tabIndex: 0 }}
      onRemove={() => {
        const rest = Object.entries(filter).filter(([key]) => !(keys as readonly string[]).includes(key));
        onChange(Object.fromEntries(rest));
      }}
    >
      {text}
    </Pill>
  ));
}
