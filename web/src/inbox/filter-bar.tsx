import { Button, Group, NativeSelect } from '@mantine/core';
import { urgencyWords } from '../../../src/api/contract/words.ts';
import { useWords, words } from '../shared/language.tsx';
import { usePlatformNames } from '../shared/platform-names.ts';
import { useNames } from '../shared/queries.ts';
import { FilterChips } from './filter-chips.tsx';
import { filterOf, type InboxFilter, type InboxSearch } from './search.ts';

const texts = words(
  {
    agency: 'OPD',
    platform: 'Kanal',
    urgency: 'Prioritas',
    all: { agency: 'Semua OPD', platform: 'Semua kanal', urgency: 'Semua prioritas' },
    late: 'Masuk terlambat',
    clear: 'Hapus saringan',
  },
  {
    agency: 'Agency',
    platform: 'Channel',
    urgency: 'Priority',
    all: { agency: 'All agencies', platform: 'All channels', urgency: 'All priorities' },
    late: 'Arrived late',
    clear: 'Clear the filter',
  },
);

interface Props {
  readonly search: InboxSearch;
  readonly onChange: (filter: InboxFilter) => void;
}

/** Narrows the list; what is chosen stands in the address and can be shared. */
export function FilterBar({ search, onChange }: Props) {
  const [say, urgencies] = [useWords(texts), useWords(urgencyWords)];
  const { agencies } = useNames();
  const platformNames = usePlatformNames();
  const filter = filterOf(search);
  const choices = {
    agency: agencies.map((one) => ({ value: one.id, label: one.name })),
    platform: Object.entries(platformNames).map(([value, label]) => ({ value, label })),
    urgency: Object.entries(urgencies).map(([value, label]) => ({ value, label })),
  };
  return (
    <Group gap={4} p="xs" className="filters">
      {(['agency', 'platform', 'urgency'] as const).map((name) => (
        <NativeSelect
          key={name}
          size="xs"
          aria-label={say[name]}
          data={[{ value: '', label: say.all[name] }, ...choices[name]]}
          value={filter[name] ?? ''}
          onChange={(event) => {
            const { [name]: _before, ...rest } = filter;
            const { value } = event.currentTarget;
            onChange(value === '' ? rest : { ...rest, [name]: value });
          }}
        />
      ))}
      <Button
        size="compact-xs"
        variant={filter.late === 'true' ? 'filled' : 'default'}
        aria-pressed={filter.late === 'true'}
        onClick={() => {
          const { late, ...rest } = filter;
          onChange(late === 'true' ? rest : { ...rest, late: 'true' });
        }}
      >
        {say.late}
      </Button>
      <FilterChips filter={filter} onChange={onChange} />
      {Object.keys(filter).length > 0 && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange({})}>
          {say.clear}
        </Button>
      )}
    </Group>
  );
}
