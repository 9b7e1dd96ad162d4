import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  caseStateWords,
  flagWords,
  kindWords,
  replyStateWords,
  urgencyWords,
} from '../../../src/api/contract/words.ts';
import { api, type CaseDetail } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { now } from '../shared/clock.ts';
import { DeadlineChip } from '../shared/deadline-chip.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useMe, useNames } from '../shared/queries.ts';
import { Failed, isGone, Loading } from '../shared/states.tsx';
import { dayAndTime } from '../shared/when.ts';
import { caseQuery } from './case-query.ts';
import { GroupButtons, OutsideAnswer, PortalNumbers, Proof } from './case-tools.tsx';
import { ClaimButton } from './claim-button.tsx';
import { Asked } from './forwarding.tsx';
import { eventWords } from './history-words.ts';
import { MessageBubble } from './message-bubble.tsx';
import { Notes } from './notes.tsx';
import { Copies, Similar } from './similar.tsx';
import { toolWords } from './tool-words.ts';
import { Why } from './why.tsx';
import { inboxWords } from './words.ts';

function messageQuery(id: string) {
  return queryOptions({ queryKey: ['mention', id], queryFn: () => api.mentions.get({ id }) });
}

/** A message without a case: nobody has decided yet what it is. */
export function MessageDetail({ id }: { readonly id: string }) {
  const query = useQuery(messageQuery(id));
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  return (
    <Stack>
      <MessageBubble message={query.data} />
      <Why message={query.data} />
      <Copies of={query.data.copies} />
    </Stack>
  );
}

function Facts({ one }: { readonly one: CaseDetail }) {
  const [say, kinds, urgencies] = [useWords(inboxWords), useWords(kindWords), useWords(urgencyWords)];
  const names = useNames();
  const { language } = useLanguage();
  const kindNames: Readonly<Record<string, string>> = kinds;
  const place = [one.place?.name, one.place?.kecamatan].filter(Boolean).join(', ');
  const facts = [
    [say.agency, names.agency(one.agency) ?? say.noAgency],
    [say.subject, `${names.subject(one.subject) ?? '–'} (${kindNames[one.kind] ?? one.kind})`],
    [say.place, place || '–'],
    [say.priority, urgencies[one.urgency]],
    [
      say.due,
      one.dueAt ? (
        <>
          {dayAndTime(one.dueAt, language)} <DeadlineChip of={one} now={now()} />
        </>
      ) : (
        '–'
      ),
    ],
    [say.handledBy, one.assignee === null ? say.nobody : names.person(one.assignee)],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Replies({ one }: { readonly one: CaseDetail }) {
  const [say, states, tools] = [useWords(inboxWords), useWords(replyStateWords), useWords(toolWords)];
  if (one.replies.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h5">
        {say.replies}
      </Title>
      {one.replies.map((reply) => (
        <div className="bubble" key={reply._id}>
          <p className="signs">
            <Chip tone={reply.state === 'sent' ? 'good' : 'plain'}>{states[reply.state]}</Chip>
            {reply.receipt && <Chip>{tools.receipt}</Chip>}
            <Link to="/persetujuan" search={{ buka: reply._id }}>
              {say.openDraft}
            </Link>
          </p>
          <Text className="citizen" size="sm">
            {reply.text}
          </Text>
        </div>
      ))}
    </section>
  );
}

function History({ one }: { readonly one: CaseDetail }) {
  const [say, states] = [useWords(inboxWords), useWords(caseStateWords)];
  const names = useNames();
  const { language } = useLanguage();
  return (
    <section>
      <Title order={3} size="h5">
        {say.history}
      </Title>
      <ol className="history">
        {one.history.map((event) => (
          <li key={`${event.at}-${event.what}`}>
            <small>{dayAndTime(event.at, language)}</small> {names.person(event.by)}:{' '}
            {eventWords(event.what, language)}
            {event.to && ` → ${states[event.to]}`}
            {event.note && <span className="citizen"> ({event.note})</span>}
            {event.proof !== undefined && <Proof of={event.proof} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface CaseProps {
  readonly number: string;
  readonly onDraft: () => void;
  /** Selects all that look like the same matter; null for who may not move cases. */
  readonly onSimilar: (() => void) | null;
}

/** Everything about one case on one screen. */
export function CaseView({ number, onDraft, onSimilar }: CaseProps) {
  const [say, states, flags] = [useWords(inboxWords), useWords(caseStateWords), useWords(flagWords)];
  const { may } = useMe();
  const query = useQuery(caseQuery(number));
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const one = query.data;
  const root = one.messages.find((message) => message._id === one.rootMentionId);
  return (
    <Stack>
      <div className="signs">
        <Title order={2} size="h4">
          {one._id}
        </Title>
        <Chip>{states[one.state]}</Chip>
        {one.secret && <Chip tone="warn">{say.secret}</Chip>}
        {one.flags.map((flag) => (
          <Chip key={flag} tone="warn">
            {flags[flag]}
          </Chip>
        ))}
      </div>
      {one.messages.map((message) => (
        <MessageBubble key={message._id} message={message} />
      ))}
      <Facts one={one} />
      <OutsideAnswer one={one} />
      <Group gap="xs">
        {may('draft.write') && (
          <Button size="compact-sm" onClick={onDraft} rightSection={<kbd>r</kbd>}>
            {say.draft}
          </Button>
        )}
        {may('case.claim') && one.assignee === null && <ClaimButton one={one} />}
        <GroupButtons number={one._id} />
        <PortalNumbers one={one} />
      </Group>
      <Asked one={one} />
      {root && <Why message={root} />}
      <Similar one={one} onSelect={onSimilar} />
      <Replies one={one} />
      <Notes key={one._id} one={one} />
      <History one={one} />
    </Stack>
  );
}
