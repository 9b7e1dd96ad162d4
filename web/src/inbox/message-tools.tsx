import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Message } from '../shared/api.ts';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useMe } from '../shared/queries.ts';
import { useErrorWords } from '../shared/states.tsx';
import { ReasonDialog } from './dialogs/reason-dialog.tsx';
import { toolWords } from './tool-words.ts';

type OpenReason = Parameters<typeof api.mentions.open>[0]['reason'];
/** The message as it was written, and how its author can be reached. */
export type Opened = Pick<Awaited<ReturnType<typeof api.mentions.open>>, 'text' | 'contact'>;
type HideReason = Parameters<typeof api.mentions.hide>[0]['reason'];

/** "Buka data pribadi": the words as they were written, once a reason was given. */
function OpenData(props: { readonly message: Message; readonly onOpened: (opened: Opened) => void }) {
  const say = useWords(toolWords);
  const [asking, setAsking] = useState(false);
  const open = useMutation({
    mutationFn: (reason: OpenReason) => api.mentions.open({ id: props.message._id, reason }),
    onSuccess: (opened) => {
      setAsking(false);
      props.onOpened(opened);
    },
  });
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
        {say.openData}
      </Button>
      {asking && (
        <ReasonDialog
          title={say.openData}
          why={say.openWhy}
          reasons={say.openReasons as Readonly<Record<OpenReason, string>>}
          busy={open.isPending}
          error={open.error}
          onGiven={(reason) => open.mutate(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** Hides it for a closed list of reasons; says before what that means for an answer. */
function Hide({ message }: { readonly message: Message }) {
  const say = useWords(toolWords);
  const { language } = useLanguage();
  const wordsOf = useErrorWords();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const about = useQuery({
    queryKey: ['hiding', message._id],
    queryFn: () => api.mentions.hiding({ id: message._id }),
    enabled: asking,
  });
  const change = useMutation({
    mutationFn: (reason: HideReason | null) =>
      reason === null
        ? api.mentions.show({ id: message._id })
        : api.mentions.hide({ id: message._id, reason }),
    onSuccess: () => setAsking(false),
    onError: (error) => {
      if (message.hidden) notifications.show({ color: 'red', message: wordsOf(error) });
    },
    onSettled: () =>
      cache.invalidateQueries({
        predicate: ({ queryKey: [what] }) => what === 'case' || what === 'mention' || what === 'review',
      }),
  });
  const noAnswer = about.data?.noAnswer;
  const warning = noAnswer ? `${say.noAnswer} ${noAnswer[language]}` : null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={change.isPending}
        onClick={() => (message.hidden ? change.mutate(null) : setAsking(true))}
      >
        {message.hidden ? say.show : say.hide}
      </Button>
      {asking && (about.data || about.isError) && (
        <ReasonDialog
          title={say.hide}
          why={about.data?.possible ? say.hideWhy : say.cannotHide}
          warning={warning}
          reasons={(about.data?.possible ? say.hideReasons : {}) as Readonly<Record<HideReason, string>>}
          busy={change.isPending}
          error={change.error ?? about.error}
          onGiven={(reason) => change.mutate(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** Platforms on which comments can be hidden at all; the server has the last word. */
const hideable: readonly string[] = ['facebook', 'instagram'];

export function MessageTools(props: {
  readonly message: Message;
  /** Its personal data can be read now. */
  readonly isOpened: boolean;
  readonly onOpened: (opened: Opened) => void;
}) {
  const { may } = useMe();
  const { message, isOpened } = props;
  const hasMore =
    (message.masked && may('personal-data.view')) || (message.leftContact && may('contact.view'));
  return (
    <>
      {hasMore && !isOpened && <OpenData {...props} />}
      {hideable.includes(message.platform) && may('comment.hide') && message.deletedAt === null && (
        <Hide message={message} />
      )}
    </>
  );
}
