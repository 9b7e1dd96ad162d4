import { useQuery } from '@tanstack/react-query';
import { caseQuery } from '../inbox/case-query.ts';
import { inboxWords } from '../inbox/words.ts';
import { Chip } from '../shared/chip.tsx';
import { useWords } from '../shared/language.tsx';

/** "Sari sedang meninjau": who else has the case open. */
export function Colleagues({ number }: { readonly number: string }) {
  const say = useWords(inboxWords);
  const { data } = useQuery(caseQuery(number));
  if (!data || data.present.length === 0) return null;
  return (
    <p className="signs" role="status">
      {data.present.map((one) => (
        <Chip key={one.user} tone="warn">
          {say[one.doing](one.name)}
        </Chip>
      ))}
    </p>
  );
}
