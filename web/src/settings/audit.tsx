import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { Failed } from '../shared/states.tsx';
import { settingsWords } from './search.ts';

/** Is the chain of audit entries unbroken? */
export function Audit() {
  const say = useWords(settingsWords);
  const check = useMutation({ mutationFn: () => api.audit.verify({}) });
  const verdict = check.data;
  return (
    <Stack align="flex-start">
      <Button onClick={() => check.mutate()} loading={check.isPending}>
        {say.check}
      </Button>
      {check.isError && <Failed error={check.error} />}
      {verdict && (
        <Alert color={verdict.ok ? 'teal' : 'red'} role="status">
          {verdict.ok
            ? say.whole(verdict.sealed ?? 0, verdict.waiting ?? 0)
            : `${say.broken} ${verdict.problem} (${verdict.entryId})`}
        </Alert>
      )}
    </Stack>
  );
}
