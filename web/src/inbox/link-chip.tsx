import type { CaseDetail } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { useWords, words } from '../shared/language.tsx';

type LinkState = CaseDetail['asked'][number]['state'];

const texts = words(
  {
    agency: 'OPD',
    'belum-dibuka': 'belum dibuka',
    dibuka: 'dibuka, belum dijawab',
    dijawab: 'dijawab',
    dicabut: 'dicabut',
    kedaluwarsa: 'kedaluwarsa, tidak dijawab',
  },
  {
    agency: 'agency',
    'belum-dibuka': 'not opened',
    dibuka: 'opened, not answered',
    dijawab: 'answered',
    dicabut: 'revoked',
    kedaluwarsa: 'expired without an answer',
  },
);

const tones = {
  'belum-dibuka': 'bad',
  dibuka: 'warn',
  dijawab: 'good',
  dicabut: 'plain',
  kedaluwarsa: 'bad',
} as const satisfies Record<LinkState, string>;

/** How far the link got that an agency was sent. @param named says whose, where nothing else does */
export function LinkChip({ state, named = false }: { readonly state: LinkState; readonly named?: boolean }) {
  const say = useWords(texts);
  return (
    <Chip tone={tones[state]}>
      {named && `${say.agency}: `}
      {say[state]}
    </Chip>
  );
}
