import { Checkbox } from '@mantine/core';
import { caseStateWords, flagWords, urgencyWords } from '../../../src/api/contract/words.ts';
import type { Thread } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { DeadlineChip } from '../shared/deadline-chip.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import { PlatformIcon } from '../shared/platform-icon.tsx';
import { useNames } from '../shared/queries.ts';
import { age } from '../shared/when.ts';
import { LinkChip } from './link-chip.tsx';
import { inboxWords } from './words.ts';

interface Props {
  readonly thread: Thread;
  readonly now: Date;
  readonly open: boolean;
  readonly chosen: boolean;
  /** Decided here, not done yet. */
  readonly held: string | undefined;
  readonly onOpen: () => void;
  readonly onChoose: () => void;
}

/** Green from 85 %, yellow from 60 %, else grey; always with the number or the word. */
function Sureness({ thread }: { readonly thread: Thread }) {
  const say = useWords(inboxWords);
  const { confidence, decided } = thread;
  if (!decided) return <Chip>{say.unsure}</Chip>;
  if (confidence === null) return null;
  return <Chip tone={confidence >= 0.85 ? 'good' : 'warn'}>{Math.round(confidence * 100)}%</Chip>;
}

function Signs({ thread, now }: { readonly thread: Thread; readonly now: Date }) {
  const [say, states, urgencies] = [useWords(inboxWords), useWords(caseStateWords), useWords(urgencyWords)];
  const flags = useWords(flagWords);
  const names = useNames();
  return (
    <span className="signs">
      {thread.urgency === 'darurat' && <Chip tone="bad">{urgencies.darurat}</Chip>}
      {thread.secret && <Chip tone="warn">{say.secret}</Chip>}
      {thread.flags.map((flag) => (
        <Chip key={flag} tone="warn">
          {flags[flag]}
        </Chip>
      ))}
      <Chip>{thread.agencyName ?? names.agency(thread.agency) ?? say.noAgency}</Chip>
      <Sureness thread={thread} />
      {thread.place?.kecamatan && <Chip>{thread.place.kecamatan}</Chip>}
      {thread.state && thread.state !== 'baru' && <Chip>{states[thread.state]}</Chip>}
      {thread.forward && <LinkChip state={thread.forward} named />}
      <DeadlineChip of={thread} now={now} />
      {thread.hidden && <Chip tone="warn">{say.hidden}</Chip>}
      {thread.gone && <Chip tone="bad">{say.deleted}</Chip>}
      {thread.assigneeName && <Chip>{thread.assigneeName}</Chip>}
      {thread.similar > 0 && <Chip>{say.similar(thread.similar)}</Chip>}
    </span>
  );
}

/** One line of the list: a citizen's matter in two lines of text. */
export function ThreadRow({ thread, now, open, chosen, held, onOpen, onChoose }: Props) {
  const say = useWords(inboxWords);
  const { language } = useLanguage();
  const author = thread.author ?? say.unknownAuthor;
  return (
    <div
      className="thread"
      data-open={open || undefined}
      data-chosen={chosen || undefined}
      data-held={held !== undefined || undefined}
    >
      <Checkbox
        size="xs"
        checked={chosen}
        onChange={onChoose}
        aria-label={say.choose(`${author}: ${thread.line}`)}
      />
      <button type="button" onClick={onOpen} aria-current={open ? 'true' : undefined}>
        <span className="who">
          <PlatformIcon platform={thread.platform} />
          <strong>{author}</strong>
          {thread.caseNumber && <small>{thread.caseNumber}</small>}
          <small className="age">{age(thread.postedAt, now, language)}</small>
        </span>
        <span className="line">{thread.line}</span>
        <Signs thread={thread} now={now} />
        {(held !== undefined || thread.present.length > 0) && (
          <span className="signs">
            {held !== undefined && <Chip tone="warn">{held} …</Chip>}
            {thread.present.map((one) => (
              <Chip key={one.user}>{say[one.doing](one.name)}</Chip>
            ))}
          </span>
        )}
      </button>
    </div>
  );
}
