import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { now } from './clock.ts';
import { useWords, words } from './language.tsx';
import { lastDays, type Period, readPeriod } from './period.ts';

const texts = words(
  { from: 'Dari', to: 'Sampai', show: 'Tampilkan', week: '7 hari', month: '28 hari', all: '2023' },
  { from: 'From', to: 'To', show: 'Show', week: '7 days', month: '28 days', all: '2023' },
);

/** Two days and short cuts; tells about a period that makes sense only. */
export function PeriodFields({
  period,
  onChange,
}: {
  readonly period: Period;
  readonly onChange: (to: Period) => void;
}) {
  const say = useWords(texts);
  const [from, setFrom] = useState(period.from);
  const [to, setTo] = useState(period.to);
  const choose = (chosen: Period): void => {
    setFrom(chosen.from);
    setTo(chosen.to);
    onChange(chosen);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = readPeriod(from, to);
    if (typed) onChange(typed);
  };
  return (
    <form onSubmit={submit} className="no-print">
      <Group align="flex-end" gap="xs">
        <TextInput type="date" label={say.from} value={from} onChange={(e) => setFrom(e.target.value)} />
        <TextInput type="date" label={say.to} value={to} onChange={(e) => setTo(e.target.value)} />
        <Button type="submit" variant="default" disabled={readPeriod(from, to) === null}>
          {say.show}
        </Button>
        <Button variant="subtle" onClick={() => choose(lastDays(now(), 7))}>
          {say.week}
        </Button>
        <Button variant="subtle" onClick={() => choose(lastDays(now(), 28))}>
          {say.month}
        </Button>
        <Button variant="subtle" onClick={() => choose({ from: '2023-01-01', to: '2023-12-31' })}>
          {say.all}
        </Button>
      </Group>
    </form>
  );
}
