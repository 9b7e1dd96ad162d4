import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { MessageBubble } from '../inbox/message-bubble.tsx';
import { Chip } from '../shared/chip.tsx';
import { now } from '../shared/clock.ts';
import { DeadlineChip } from '../shared/deadline-chip.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import { useMe, useNames } from '../shared/queries.ts';
import { Failed, isGone, Loading } from '../shared/states.tsx';
import { useKeys } from '../shared/use-keys.ts';
import { useClaim, usePresence } from '../shared/use-presence.ts';
import { dayAndTime } from '../shared/when.ts';
import { Checked } from './checked.tsx';
import { Colleagues } from './colleagues.tsx';
import { Composer } from './composer.tsx';
import { Confirmed } from './confirmation.tsx';
import { Diff } from './diff.tsx';
import { MoveButtons } from './move-buttons.tsx';
import { type Review, reviewQuery } from './review-query.ts';
import { StatusRail } from './status-rail.tsx';
import type { Settle } from './use-saving.ts';
import { approvalWords } from './words.ts';
import { WriteAgain } from './write-again.tsx';

/** The draft beside what the template says, or beside what stood there before. */
function Compare({ review }: { readonly review: Review }) {
  const say = useWords(approvalWords);
  const [with_, setWith] = useState('');
  const { earlier, templateText, reply } = review;
  const choices = [
    ...(templateText === null ? [] : [{ value: 'template', label: say.withTemplate }]),
    ...earlier.map((one) => ({ value: String(one.revision), label: say.withEarlier(one.revision) })),
  ];
  if (choices.length === 0) return null;
  const before =
    with_ === 'template' ? templateText : earlier.find((one) => String(one.revision) === with_)?.text;
  return (
    <div>
      <NativeSelect
        size="xs"
        w={220}
        label={say.compare}
        data={[{ value: '', label: '–' }, ...choices]}
        value={with_}
        onChange={(event) => setWith(event.currentTarget.value)}
      />
      {before !== undefined && before !== null && <Diff before={before} after={reply.text} />}
    </div>
  );
}

/** What an approver looks at before he decides, each with its answer in words. */
function Checklist({ review }: { readonly review: Review }) {
  const say = useWords(approvalWords);
  const names = useNames();
  const { check, message, case: one } = review;
  const has = (code: string) => check.unfit.some((found) => found.code === code);
  const lines = [
    [say.checks.agency(names.agency(one.agency) ?? '–'), one.agency !== null],
    [say.checks.personal, !has('personal-data')],
    [say.checks.tone, check.warnings.length === 0],
    [say.checks.length, check.length === null || check.length.used <= check.length.limit],
    [say.checks.alive, message !== null && message.deletedAt === null && !message.hidden],
  ] as const;
  return (
    <section>
      <Title order={3} size="h6">
        {say.checklist}
      </Title>
      <ul className="checklist">
        {lines.map(([what, fine]) => (
          <li key={what}>
            {what} <Chip tone={fine ? 'good' : 'bad'}>{fine ? say.fine : say.wrong}</Chip>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Around({ review }: { readonly review: Review }) {
  const say = useWords(approvalWords);
  const names = useNames();
  const { language } = useLanguage();
  const { channel, reply, case: one } = review;
  return (
    <aside className="around">
      <Checklist review={review} />
      <dl className="facts">
        <dt>{say.due}</dt>
        <dd>
          {one.dueAt ? dayAndTime(one.dueAt, language) : '–'} <DeadlineChip of={one} now={now()} />
        </dd>
        <dt>{say.account}</dt>
        <dd>
          {channel?.account ?? '–'} {channel && !channel.sending && <Chip tone="bad">{say.sendingOff}</Chip>}
        </dd>
        <dt>{say.authors}</dt>
        <dd>{reply.authors.map(names.person).join(', ')}</dd>
      </dl>
      <Link to="/kotak-masuk" search={{ view: 'semua', buka: reply.caseId }}>
        {say.case}
      </Link>
    </aside>
  );
}

/** Letters can still be changed; from `released` on it is on its way. */
const open: readonly string[] = ['draft', 'submitted', 'changes_requested', 'approved'];
const ownWork: readonly string[] = ['draft', 'changes_requested'];

function Body({ review, onSaved }: { readonly review: Review; readonly onSaved: () => void }) {
  const say = useWords(approvalWords);
  const { may } = useMe();
  const [editing, setEditing] = useState(false);
  const settling = useRef<Settle | null>(null);
  const { reply } = review;
  const decides = reply.state === 'submitted' && review.whyNotApprove === null;
  const taken = useClaim(reply._id, decides);
  usePresence(reply.caseId, decides ? 'meninjau' : 'menulis');
  const mayEdit = open.includes(reply.state) && may('draft.write');
  const writes = mayEdit && (editing || ownWork.includes(reply.state));
  useKeys({ e: mayEdit && !writes ? () => setEditing(true) : undefined });
  return (
    <div className="review">
      <Stack>
        <StatusRail reply={reply} />
        {review.message && <MessageBubble message={review.message} />}
        {writes ? (
          <Composer review={review} settling={settling} focused={editing} onSaved={onSaved} />
        ) : (
          <article className="bubble reply" aria-label={say.draft}>
            <p className="who">
              <small>
                {(reply.state === 'sent' ? say.postedAs : say.asPosted)(review.channel?.account ?? '–')}
              </small>
            </p>
            <Text className="citizen" component="p">
              {reply.text}
            </Text>
          </article>
        )}
        <Colleagues number={reply.caseId} />
        <MoveButtons review={review} taken={taken} settling={settling} />
        <WriteAgain reply={reply} />
        {!writes && <Checked check={review.check} />}
        {!writes && <Confirmed review={review} />}
        <Compare review={review} />
      </Stack>
      <Around review={review} />
    </div>
  );
}

/** Everything for one decision on one screen. */
export function ReviewPane({ id }: { readonly id: string }) {
  const query = useQuery(reviewQuery(id));
  if (query.data) return <Body review={query.data} onSaved={() => void query.refetch()} />;
  if (isGone(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}
