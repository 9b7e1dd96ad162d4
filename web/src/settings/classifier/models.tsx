import { Alert, Button, Group, Modal, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shared/api.ts';
import { Chip } from '../../shared/chip.tsx';
import { useLanguage, useWords } from '../../shared/language.tsx';
import { useMe, useNames } from '../../shared/queries.ts';
import { Failed, isGone, Loading, useErrorWords } from '../../shared/states.tsx';
import { dayAndTime } from '../../shared/when.ts';
import { type Model, modelsQuery } from './queries.ts';
import { classifierWords } from './words.ts';

/** What shall happen; the model in use is the one that the person sees. */
type Wish = { readonly what: 'use'; readonly id: Model['_id'] } | { readonly what: 'back' };

const leastReason = 3;

function ChangeDialog({
  wish,
  seen,
  onClose,
}: {
  readonly wish: Wish;
  readonly seen: Model['_id'] | null;
  readonly onClose: () => void;
}) {
  const say = useWords(classifierWords);
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const change = useMutation<unknown>({
    mutationFn: () =>
      wish.what === 'use'
        ? api.classifier.promote({ id: wish.id, seen, reason })
        : api.classifier.rollBack({ seen, reason }),
    onSuccess: () => {
      notifications.show({ color: 'teal', message: say.done });
      onClose();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['classifier'] }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={wish.what === 'use' ? say.useTitle(wish.id) : say.rollBackTitle}
      closeButtonProps={{ 'aria-label': say.cancel }}
    >
      <Stack>
        {change.isError && (
          <Alert color="red" role="alert">
            {wordsOf(change.error)}
          </Alert>
        )}
        <Text size="sm">{say.takesEffect}</Text>
        <Textarea
          data-autofocus
          label={say.reason}
          required
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say.cancel}
          </Button>
          <Button
            disabled={reason.trim().length < leastReason}
            loading={change.isPending}
            onClick={() => change.mutate()}
          >
            {wish.what === 'use' ? say.use : say.rollBack}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Row({ model, onWish }: { readonly model: Model; readonly onWish: ((wish: Wish) => void) | null }) {
  const say = useWords(classifierWords);
  const { language } = useLanguage();
  const { person } = useNames();
  const { _id: id, state, scores, examples } = model;
  const states = { champion: say.inUse, challenger: say.notInUse, retired: say.wasInUse };
  const { right, wrong, texts } = scores.challenger;
  return (
    <Table.Tr>
      <Table.Td>
        {id} <Chip tone={state === 'champion' ? 'good' : 'plain'}>{states[state]}</Chip>
      </Table.Td>
      <Table.Td>
        {dayAndTime(model.at, language)}, {person(model.by)}
      </Table.Td>
      <Table.Td>{say.ownExamples(examples.own, examples.shipped)}</Table.Td>
      <Table.Td>{say.score(right, wrong, texts)}</Table.Td>
      <Table.Td>
        {model.why[language]}
        {model.moves?.map((move) => (
          <Text size="sm" key={move.at}>
            {say.moved[move.what]} · {say.runBy(person(move.by), dayAndTime(move.at, language))}: “
            {move.reason}”
          </Text>
        ))}
      </Table.Td>
      {onWish && (
        <Table.Td>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onWish(state === 'champion' ? { what: 'back' } : { what: 'use', id })}
          >
            {state === 'champion' ? say.rollBack : say.use}
          </Button>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

/** Every trained model: when, from what, how right, why it is in use or not. */
export function Models() {
  const say = useWords(classifierWords);
  const { may } = useMe();
  const query = useQuery(modelsQuery);
  const [wish, setWish] = useState<Wish | null>(null);
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  const mayChange = may('classifier.manage');
  const inUse = query.data.find(({ state }) => state === 'champion')?._id ?? null;
  return (
    <section aria-labelledby="model">
      <Title order={2} size="h5" id="model">
        {say.models}
      </Title>
      {query.data.length === 0 ? (
        <Text size="sm">{say.noModels}</Text>
      ) : (
        <Table.ScrollContainer minWidth={820}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {[say.models, say.trainedAt, say.examples, say.heldBack, say.why].map((head) => (
                  <Table.Th key={head}>{head}</Table.Th>
                ))}
                {mayChange && <Table.Th>{say.acts}</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {query.data.map((model) => (
                <Row key={model._id} model={model} onWish={mayChange ? setWish : null} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {wish && <ChangeDialog wish={wish} seen={inUse} onClose={() => setWish(null)} />}
    </section>
  );
}
