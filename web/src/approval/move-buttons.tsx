import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type RefObject, useState } from 'react';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useMe } from '../shared/queries.ts';
import { useErrorWords } from '../shared/states.tsx';
import { useKeys } from '../shared/use-keys.ts';
import { type Move, moves, whyNotMove } from './moves.ts';
import { type Review, reviewQuery } from './review-query.ts';
import type { Settle } from './use-saving.ts';
import { approvalWords } from './words.ts';

function Ask(props: {
  readonly move: Move;
  readonly onGiven: (given: string) => void;
  readonly onClose: () => void;
}) {
  const say = useWords(approvalWords);
  const [given, setGiven] = useState('');
  const optional = props.move.name === 'handled';
  const ready =
    props.move.asks === 'reason' ? given.trim().length >= 3 : optional || given.startsWith('https://');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) props.onGiven(given.trim());
  };
  return (
    <Modal opened onClose={props.onClose} title={say[props.move.name]}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            data-autofocus
            label={props.move.asks === 'reason' ? say.reason : say.link}
            value={given}
            onChange={(event) => setGiven(event.currentTarget.value)}
            maxLength={500}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {say.cancel}
            </Button>
            <Button type="submit" disabled={!ready}>
              {say.do}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface Props {
  readonly review: Review;
  /** The refusal when a colleague decides on it already. */
  readonly taken: unknown;
  /** While the text is written here: what a move waits for. */
  readonly settling: RefObject<Settle | null>;
}

/** What can be done with the reply now. A button that cannot be pressed says why. */
export function MoveButtons({ review, taken, settling }: Props) {
  const say = useWords(approvalWords);
  const { language } = useLanguage();
  const { may } = useMe();
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<Move | null>(null);
  const { reply } = review;
  const go = useMutation({
    mutationFn: async ({ move, given }: { move: Move; given: string }) => {
      const version = (await settling.current?.()) ?? reply.version;
      return move.run({ id: reply._id, version }, given);
    },
    onSuccess: (now) =>
      cache.setQueryData(reviewQuery(reply._id).queryKey, (old) => old && { ...old, reply: now }),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error), autoClose: 10_000 }),
    onSettled: () =>
      cache.invalidateQueries({
        predicate: ({ queryKey: [what] }) => what === 'review' || what === 'drafts' || what === 'case',
      }),
  });
  const offered = moves
    .filter((move) => move.from.includes(reply.state))
    // Who may not decide at all still sees "Setujui", with the reason.
    .filter((move) => may(move.act) || move.name === 'approve')
    .map((move) => {
      const others =
        taken && move.from.includes('submitted') && move.name !== 'withdraw' ? wordsOf(taken) : null;
      return { move, why: whyNotMove(move, review)?.[language] ?? others };
    });
  const start = (move: Move): void => {
    if (move.asks === 'nothing') go.mutate({ move, given: '' });
    else setAsking(move);
  };
  const keys = offered.flatMap(({ move, why }) =>
    move.key !== undefined && why === null ? [[move.key, () => start(move)] as const] : [],
  );
  useKeys(Object.fromEntries(keys));
  const reasons = [...new Set(offered.flatMap(({ why }) => why ?? []))];
  return (
    <Stack gap={4}>
      <Group gap="xs">
        {offered.map(({ move, why }) => (
          <Button
            key={move.name}
            size="sm"
            variant={['approve', 'submit', 'send'].includes(move.name) ? 'filled' : 'default'}
            disabled={why !== null || go.isPending}
            onClick={() => start(move)}
            rightSection={move.key && <kbd>{move.key === 'A' ? 'Shift A' : move.key}</kbd>}
          >
            {say[move.name]}
          </Button>
        ))}
      </Group>
      {reasons.map((why) => (
        <Text key={why} size="sm" className="why">
          {why}
        </Text>
      ))}
      {asking && (
        <Ask
          move={asking}
          onClose={() => setAsking(null)}
          onGiven={(given) => {
            setAsking(null);
            go.mutate({ move: asking, given });
          }}
        />
      )}
    </Stack>
  );
}
