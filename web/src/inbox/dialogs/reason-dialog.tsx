import { Alert, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useErrorWords } from '../../shared/states.tsx';
import { DialogForm } from './form.tsx';

interface Props<Reason extends string> {
  readonly title: string;
  readonly why: string;
  /** What should be known before; null: nothing. */
  readonly warning?: string | null;
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onGiven: (reason: Reason) => void;
  readonly onClose: () => void;
}

/** One of a closed list of reasons: the audit holds no free text. */
export function ReasonDialog<Reason extends string>(props: Props<Reason>) {
  const wordsOf = useErrorWords();
  const [reason, setReason] = useState<Reason | null>(null);
  const reasons = Object.entries(props.reasons) as [Reason, string][];
  return (
    <Modal opened onClose={props.onClose} title={props.title}>
      <DialogForm
        ready={reason !== null}
        busy={props.busy}
        onSubmit={() => reason !== null && props.onGiven(reason)}
        onClose={props.onClose}
      >
        {props.error !== null && <Alert color="red">{wordsOf(props.error)}</Alert>}
        {props.warning && <Alert color="yellow">{props.warning}</Alert>}
        {reasons.length === 0 && <Text size="sm">{props.why}</Text>}
        {reasons.length > 0 && (
          <Radio.Group
            label={props.why}
            labelProps={{ fw: 400, mb: 'xs' }}
            value={reason}
            onChange={(value) => setReason(value as Reason)}
          >
            <Stack gap="xs">
              {reasons.map(([value, label], n) => (
                <Radio key={value} value={value} label={label} data-autofocus={n === 0 || undefined} />
              ))}
            </Stack>
          </Radio.Group>
        )}
      </DialogForm>
    </Modal>
  );
}
