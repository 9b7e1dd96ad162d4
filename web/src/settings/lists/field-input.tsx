import {
  Checkbox,
  MultiSelect,
  NativeSelect,
  NumberInput,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { useNames } from '../../shared/queries.ts';
import { codeWords } from './code-words.ts';
import type { Field, InputProps } from './fields.ts';
import { groupName } from './group-words.ts';
import { listQuery } from './lists.ts';
import { PointsInput, StepsInput } from './row-inputs.tsx';
import { listWords } from './words.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What can be chosen: fixed words, agencies, subjects, or what a rule may name. */
function useChoices(from: Field['from']): readonly Choice[] {
  const { agencies, subjects } = useNames();
  const { language } = useLanguage();
  const groups = useQuery({ ...listQuery('wordGroups'), enabled: from === 'terms' });
  const named = (list: readonly { readonly id: string; readonly name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  if (from === 'agencies') return named(agencies);
  if (from === 'subjects') return named(subjects);
  if (from === 'terms') {
    const words = (groups.data?.entries ?? []).map(({ key }) => ({
      value: key,
      label: groupName(key, language),
    }));
    return [...words, ...subjects.map(({ id, name }) => ({ value: `subject:${id}`, label: `→ ${name}` }))];
  }
  return (from ?? []).map((one) => ({ value: one, label: codeWords(one, language) }));
}

/** One field of an entry. */
export function FieldInput(props: InputProps) {
  const { field, value, readOnly, error, onChange } = props;
  const say = useWords(listWords);
  const choices = useChoices(field.from);
  const label = say[field.label] as string;
  const shared = { label, error, disabled: readOnly };
  const words = Array.isArray(value) ? (value as string[]) : [];
  switch (field.kind) {
    case 'check':
      return (
        <Checkbox
          {...shared}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'words':
      return (
        <TagsInput
          {...shared}
          description={say.wordHint}
          value={words}
          onChange={onChange}
          acceptValueOnBlur
          splitChars={[',', ';']}
        />
      );
    case 'choices':
      return <MultiSelect {...shared} data={[...choices]} value={words} onChange={onChange} searchable />;
    case 'choice': {
      const open = field.mayBeNone || value === '' ? [{ value: '', label: say.none }] : [];
      return (
        <NativeSelect
          {...shared}
          data={[...open, ...choices]}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.currentTarget.value || (field.mayBeNone ? null : ''))}
        />
      );
    }
    case 'number':
      return (
        <NumberInput
          {...shared}
          min={0}
          value={typeof value === 'number' ? value : ''}
          onChange={(typed) => onChange(typed === '' ? null : Number(typed))}
        />
      );
    case 'points':
      return <PointsInput {...props} label={label} choices={choices} />;
    case 'steps':
      return <StepsInput {...props} label={label} />;
    case 'area':
      return (
        <Textarea
          {...shared}
          description={say.variables}
          autosize
          minRows={3}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'date':
    case 'text':
      return (
        <TextInput
          {...shared}
          type={field.kind}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.currentTarget.value || (field.mayBeNone ? null : ''))}
        />
      );
  }
}
