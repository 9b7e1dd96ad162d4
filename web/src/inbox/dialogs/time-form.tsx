import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { now } from '../../shared/clock.ts';
import { MomentField } from '../../shared/fields.tsx';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { dayAndTime, fromWib } from '../../shared/when.ts';
import { actWords } from '../act-words.ts';
import { snoozeTimes } from '../snooze-times.ts';
import { DialogForm, type FormProps } from './form.tsx';

/** "Ingatkan nanti": the usual times, or any other within 90 days. */
export function TimeForm({ onGiven, onClose }: FormProps) {
  const say = useWords(actWords);
  const { language } = useLanguage();
  const [times] = useState(() => snoozeTimes(now()));
  const [own, setOwn] = useState('');
  const [chosen, setChosen] = useState(times[0] ?? '');
  const until = own === '' ? chosen : fromWib(own);
  return (
    <DialogForm ready={until !== ''} onSubmit={() => onGiven({ until })} onClose={onClose}>
      <Radio.Group label={say.until} value={own === '' ? chosen : ''} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {times.map((at, n) => (
            <Radio
              key={at}
              value={at}
              label={dayAndTime(at, language)}
              data-autofocus={n === 0 || undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      <MomentField label={say.ownTime} value={own} onChange={setOwn} />
    </DialogForm>
  );
}
