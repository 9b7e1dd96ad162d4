import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWords } from '../../shared/language.tsx';
import { actWords } from '../act-words.ts';
import { caseQuery } from '../case-query.ts';
import { DialogForm, type FormProps } from './form.tsx';

const number = /^[A-Z]{2,5}-\d{4}-\d{6}$/;

/** "Duplikat dari…": a similar case, or any other by its number. */
export function LeadForm({ threads, onGiven, onClose }: FormProps) {
  const say = useWords(actWords);
  const own = threads[0]?.caseNumber ?? '';
  const { data } = useQuery({ ...caseQuery(own), enabled: own !== '' });
  const offered = (data?.similar ?? []).filter((one) => one.caseNumber !== own);
  const [typed, setTyped] = useState<string | null>(null);
  const lead = (typed ?? offered[0]?.caseNumber ?? '').trim().toUpperCase();
  return (
    <DialogForm
      ready={number.test(lead) && lead !== own}
      onSubmit={() => onGiven({ lead })}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={say.lead}
        description={say.leadHint}
        value={lead}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={20}
      />
      {offered.length > 0 && (
        <Radio.Group value={lead} onChange={setTyped} aria-label={say.lead}>
          <Stack gap="xs">
            {offered.map((one) => (
              <Radio
                key={one.caseNumber}
                value={one.caseNumber}
                label={one.caseNumber}
                description={
                  <Text component="span" size="xs" className="citizen">
                    {one.line}
                  </Text>
                }
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </DialogForm>
  );
}
