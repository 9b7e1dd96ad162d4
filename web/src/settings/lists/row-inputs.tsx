import { Button, Fieldset, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { useWords } from '../../shared/language.tsx';
import type { InputProps } from './fields.ts';
import { listWords } from './words.ts';

interface Rows<Row> extends Pick<InputProps, 'readOnly' | 'error'> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly fresh: Row;
  readonly onRows: (rows: readonly Row[]) => void;
  readonly children: (row: Row, set: (row: Row) => void) => React.ReactNode;
}

/** Lines of an entry: each can be changed and taken away, one can be added. */
function RowsInput<Row>({ label, rows, fresh, readOnly, error, onRows, children }: Rows<Row>) {
  const say = useWords(listWords);
  const set = (at: number, ...put: Row[]) => onRows([...rows.slice(0, at), ...put, ...rows.slice(at + 1)]);
  return (
    <Fieldset legend={label} disabled={readOnly}>
      {rows.map((row, at) => (
        <Group key={at} align="flex-end" mb="xs">
          {children(row, (changed) => set(at, changed))}
          <Button variant="default" aria-label={`${say.removeLine} ${at + 1}`} onClick={() => set(at)}>
            ×
          </Button>
        </Group>
      ))}
      <Button variant="default" size="compact-sm" onClick={() => onRows([...rows, fresh])}>
        {say.addLine}
      </Button>
      {error && (
        <Text c="red" size="sm">
          {error}
        </Text>
      )}
    </Fieldset>
  );
}

type Props = InputProps & { readonly label: string };

/** How many points a rule gives to which subjects. */
export function PointsInput({
  choices,
  value,
  onChange,
  ...rest
}: Props & { readonly choices: readonly { readonly value: string; readonly label: string }[] }) {
  const say = useWords(listWords);
  const rows = Object.entries((value ?? {}) as Record<string, number>);
  return (
    <RowsInput
      {...rest}
      rows={rows}
      fresh={['', 1] as [string, number]}
      onRows={(changed) => onChange(Object.fromEntries(changed))}
    >
      {([subject, points], set) => (
        <>
          <NativeSelect
            label={say.subject}
            data={[{ value: '', label: say.none }, ...choices]}
            value={subject}
            onChange={(event) => set([event.currentTarget.value, points])}
          />
          <NumberInput
            label={say.value}
            w={90}
            min={0}
            step={0.5}
            value={points}
            onChange={(typed) => set([subject, Number(typed)])}
          />
        </>
      )}
    </RowsInput>
  );
}

interface Step {
  readonly role: string;
  readonly afterOfficeHours: number;
}

/** Who is told after how many office hours. */
export function StepsInput({ value, onChange, ...rest }: Props) {
  const say = useWords(listWords);
  return (
    <RowsInput
      {...rest}
      rows={(value ?? []) as readonly Step[]}
      fresh={{ role: '', afterOfficeHours: 0 }}
      onRows={onChange}
    >
      {(step, set) => (
        <>
          <TextInput
            label={say.escalationRole}
            value={step.role}
            onChange={(event) => set({ ...step, role: event.currentTarget.value })}
          />
          <NumberInput
            label={say.afterHours}
            w={120}
            min={0}
            value={step.afterOfficeHours}
            onChange={(typed) => set({ ...step, afterOfficeHours: Number(typed) })}
          />
        </>
      )}
    </RowsInput>
  );
}
