import { NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { kindWords } from '../../../../src/api/contract/words.ts';
import { LineField, NameField } from '../../shared/fields.tsx';
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
  return (
    <DialogForm
      ready={Object.keys(correction).length > 0}
      onSubmit={() => onGiven({ correction })}
      onClose={onClose}
    >
      <Stack gap="xs">
        <NameField
          data-autofocus
          label={say.subject}
          placeholder={say.asItIs}
          names={subjects}
          value={subject}
          onChange={setSubject}
        />
        <NameField
          label={say.agency}
          placeholder={say.asItIs}
          names={agencies}
          value={agency}
          onChange={setAgency}
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
        <LineField
          label={say.kecamatan}
          placeholder={say.asItIs}
          value={kecamatan}
          maxLength={60}
          onChange={setKecamatan}
        />
        <LineField
          label={say.place}
          placeholder={say.asItIs}
          value={place}
          maxLength={100}
          onChange={setPlace}
        />
      </Stack>
    </DialogForm>
  );
}
