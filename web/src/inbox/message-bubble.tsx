import { Anchor, Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Message } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import { PlatformIcon } from '../shared/platform-icon.tsx';
import { dayAndTime } from '../shared/when.ts';
import { MessageTools, type Opened } from './message-tools.tsx';
import { Pictures } from './pictures.tsx';
import { toolWords } from './tool-words.ts';
import { marked } from './why.tsx';
import { inboxWords } from './words.ts';

/** A citizen's message as he wrote it, with the words that decided marked and the way to the original. */
export function MessageBubble({ message }: { readonly message: Message }) {
  const [say, tools] = [useWords(inboxWords), useWords(toolWords)];
  const { language } = useLanguage();
  /** The words as they were written; forgotten as soon as another matter is opened. */
  const [opened, setOpened] = useState<Opened | null>(null);
  const { author } = message;
  const pieces = (message.classification?.evidence ?? [])
    .filter((one) => one.source !== 'bayes')
    .map((one) => one.words);
  return (
    <article className="bubble">
      <p className="who">
        <PlatformIcon platform={message.platform} />
        <strong>{author.name ?? (author.handle ? `@${author.handle}` : say.unknownAuthor)}</strong>
        {author.name && author.handle && <small>@{author.handle}</small>}
        <small className="age">{dayAndTime(message.postedAt, language)}</small>
      </p>
      <Text className="citizen" component="p">
        {marked(opened?.text ?? message.text, pieces)}
      </Text>
      {opened?.contact && (
        <Text size="sm">
          {[opened.contact.name, opened.contact.mail, opened.contact.phone].filter(Boolean).join(' · ')}
        </Text>
      )}
      <Pictures message={message} />
      <p className="signs">
        {message.deletedAt && <Chip tone="bad">{say.deleted}</Chip>}
        {message.edited && <Chip tone="warn">{say.edited}</Chip>}
        {message.hidden && <Chip tone="warn">{say.hidden}</Chip>}
        {opened === null && message.masked && <Chip>{say.masked}</Chip>}
        {opened !== null && <Chip tone="warn">{tools.opened}</Chip>}
        {message.url && (
          <Anchor href={message.url} target="_blank" rel="noreferrer" size="sm">
            {say.original}
          </Anchor>
        )}
        {opened !== null && (
          <Button size="compact-xs" variant="default" onClick={() => setOpened(null)}>
            {tools.closeData}
          </Button>
        )}
        <MessageTools message={message} isOpened={opened !== null} onOpened={setOpened} />
      </p>
    </article>
  );
}
