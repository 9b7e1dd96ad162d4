import { NativeSelect, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { kindWords } from '../../shared/field-words.ts';
import { useWords } from '../../shared/language.tsx';
import { useNames } from '../../shared/queries.ts';
import { actWords } from '../act-words.ts';
import type { Given } from '../acts.ts';
import { DialogForm, type FormProps } from './form.tsx';

type Correction = NonNullable<Given['correction']>;

/** What is put right; what is left alone stays as it is. Each correction also teaches the classifier. */
export function CorrectionForm({ threads, onGiven, onClose }: FormProps) {
  const [say, kinds] = [useWords(actWords), useWords(kindWords)];
  const { agencies, subjects } = useNames();
  // A message in doubt has to become something.
  const [kind, setKind] = useState(threads.some((one) => one.caseNumber === null) ? 'pengaduan' : '');
  const [subject, setSubject] = useState<string | null>(null);
  const [agency, setAgency] = useState<string | null>(null);
  const [kecamatan, setKecamatan] = useState('');
  const [place, setPlace] = useState('');
  const correction: Correction = {
    ...(subject && { subject }),
    ...(agency && { agency }),
    ...(kind && { kind: kind as NonNullable<Correction['kind']> }),
    ...(kecamatan.trim() && { kecamatan: kecamatan.trim() }),
    ...(place.trim() && { place: place.trim() }),
  };
  const list = (names: readonly { readonly id: string; readonly name: string }[]) =>
    names.map((one) => ({ value: one.id, label: one.name }));
  return (
    <DialogForm
      ready={Object.keys(correction).length > 0}
      onSubmit={() => onGiven({ correction })}
      onClose={onClose}
    >
      <Stack gap="xs">
        <Select
          data-autofocus
          searchable
          clearable
          selectFirstOptionOnChange
          label={say.subject}
          placeholder={say.asItIs}
          data={list(subjects)}
          value={subject}
          onChange={setSubject}
          limit={100}
        />
        <Select
          searchable
          clearable
          selectFirstOptionOnChange
          label={say.agency}
          placeholder={say.asItIs}
          data={list(agencies)}
          value={agency}
          onChange={setAgency}
          limit={100}
        />
        <NativeSelect
          label={say.kind}
          data={[
            { value: '', label: say.asItIs },
            ...Object.entries(kinds).map(([value, label]) => ({ value, label })),
          ]}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
        />
        <TextInput
          label={say.kecamatan}
          placeholder={say.asItIs}
          value={kecamatan}
          maxLength={60}
          onChange={(event) => setKecamatan(event.currentTarget.value)}
        />
        <TextInput
          label={say.place}
          placeholder={say.asItIs}
          value={place}
          maxLength={100}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
      </Stack>
    </DialogForm>
  );
}
