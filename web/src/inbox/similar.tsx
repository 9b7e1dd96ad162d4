import { Button, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { caseStateWords } from '../../../src/api/contract/words.ts';
import { api, type CaseDetail, type MessageDetail } from '../shared/api.ts';
import { useWords } from '../shared/language.tsx';
import { usePlatformNames } from '../shared/platform-names.ts';
import { useErrorWords } from '../shared/states.tsx';
import { inboxWords } from './words.ts';

interface Props {
  readonly one: CaseDetail;
  /** Selects all that are not linked yet; null for who may not move cases. */
  readonly onSelect: (() => void) | null;
}

/** Goes its own way again. */
function Unlink({ one }: { readonly one: CaseDetail }) {
  const say = useWords(inboxWords);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const unlink = useMutation({
    mutationFn: () => api.cases.unlink({ number: one._id, version: one.version }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['case'] }),
  });
  return (
    <Button size="compact-xs" variant="default" loading={unlink.isPending} onClick={() => unlink.mutate()}>
      {say.unlink}
    </Button>
  );
}

/** What may be the same matter, and what already follows one answer with it. */
export function Similar({ one, onSelect }: Props) {
  const [say, states] = [useWords(inboxWords), useWords(caseStateWords)];
  const free = one.similar.filter((other) => !other.linked).length;
  if (one.similar.length === 0 && one.lead === null) return null;
  return (
    <section>
      <Title order={3} size="h5">
        {say.similarCases}
      </Title>
      {one.lead !== null && (
        <Text size="sm">
          {say.leadIs(one.lead)} {onSelect && <Unlink one={one} />}
        </Text>
      )}
      {one.followers.length > 0 && <Text size="sm">{say.leads(one.followers.length)}</Text>}
      {one.similar.map((other) => (
        <Text size="sm" key={other.caseNumber}>
          <Link from="/kotak-masuk" to="/kotak-masuk" search={(now) => ({ ...now, buka: other.caseNumber })}>
            {other.caseNumber}
          </Link>{' '}
          {other.line} · {states[other.state]}
          {other.copy && ` · ${say.copy}`}
          {other.linked && ` · ${say.linked}`}
        </Text>
      ))}
      {onSelect && free > 0 && (
        <Button size="compact-sm" variant="default" onClick={onSelect} rightSection={<kbd>s</kbd>}>
          {say.selectSimilar}
        </Button>
      )}
    </section>
  );
}

/** Who else wrote nearly the same as a message that has no case: an advert, a forwarded rumour, a campaign. */
export function Copies({ of }: { readonly of: MessageDetail['copies'] }) {
  const say = useWords(inboxWords);
  const platformNames = usePlatformNames();
  if (of.count === 0) return null;
  return (
    <section>
      <Title order={3} size="h5">
        {say.copies(of.count, of.people)}
      </Title>
      {of.shown.map((one) => (
        <Text size="sm" key={one.id}>
          <Link
            from="/kotak-masuk"
            to="/kotak-masuk"
            search={(now) => ({ ...now, buka: one.caseNumber ?? one.id })}
          >
            {one.caseNumber ?? platformNames[one.platform] ?? one.platform}
          </Link>{' '}
          {one.line}
        </Text>
      ))}
    </section>
  );
}
