import { Button, Group, NativeSelect, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../shared/language.tsx';
import { PeriodFields } from '../shared/period-fields.tsx';
import { usePlatformNames } from '../shared/platform-names.ts';
import { useMe, useNames } from '../shared/queries.ts';
import { narrowing } from './search.ts';
import { mapQuery } from './tile-map.tsx';
import type { TrendsPage } from './use-trends.ts';
import { trendsWords } from './words.ts';

/** Period, comparison and what narrows; all of it stands in the address. */
export function Filters({ page }: { readonly page: TrendsPage }) {
  const say = useWords(trendsWords);
  const { user } = useMe();
  const platformNames = usePlatformNames();
  const { agencies, subjects } = useNames();
  const tiles = useQuery(mapQuery).data ?? [];
  const { search, period, show } = page;
  const named = (list: readonly { readonly id: string; readonly name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  const choices = {
    agency: named(agencies),
    platform: Object.entries(platformNames).map(([value, label]) => ({ value, label })),
    subject: named(subjects),
    kecamatan: tiles.map(({ kecamatan }) => ({ value: kecamatan, label: kecamatan })),
  };
  const shown = narrowing.filter((name) => name !== 'agency' || user.role !== 'admin_opd');
  return (
    <>
      <PeriodFields
        key={`${period.from} ${period.to}`}
        period={period}
        onChange={(to) => show({ ...search, ...to })}
      />
      <Group gap="xs" className="no-print" align="center">
        {shown.map((name) => (
          <NativeSelect
            key={name}
            size="xs"
            aria-label={say[name]}
            data={[{ value: '', label: say.all[name] }, ...choices[name]]}
            value={search[name] ?? ''}
            onChange={(event) => {
              const { [name]: _before, ...rest } = search;
              const { value } = event.currentTarget;
              show(value === '' ? rest : { ...rest, [name]: value });
            }}
          />
        ))}
        <Switch
          size="xs"
          label={say.compare}
          checked={search.banding === 'ya'}
          onChange={(event) => {
            const { banding: _, ...rest } = search;
            show(event.currentTarget.checked ? { ...rest, banding: 'ya' } : rest);
          }}
        />
        {shown.some((name) => search[name] !== undefined) && (
          <Button size="compact-xs" variant="subtle" onClick={() => show(period)}>
            {say.clear}
          </Button>
        )}
      </Group>
    </>
  );
}
