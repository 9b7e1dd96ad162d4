import { Anchor, Text } from '@mantine/core';
import type { Message } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import { PlatformIcon } from '../shared/platform-icon.tsx';
import { dayAndTime } from '../shared/when.ts';
import { marked } from './why.tsx';
import { inboxWords } from './words.ts';

/** A citizen's message as he wrote it, with the words that decided marked and the way to the original. */
export function MessageBubble({ message }: { readonly message: Message }) {
  const say = useWords(inboxWords);
  const { language } = useLanguage();
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
        {marked(message.text, pieces)}
      </Text>
      {message.deletedAt === null && message.photos.length > 0 && (
        <p className="photos">
          {message.photos.map((place, at) => (
            <a key={place} href={`/media/${message._id}/${place}`} target="_blank" rel="noreferrer">
              <img src={`/media/${message._id}/${place}`} alt={`${say.photo} ${at + 1}`} loading="lazy" />
            </a>
          ))}
        </p>
      )}
      <p className="signs">
        {message.deletedAt && <Chip tone="bad">{say.deleted}</Chip>}
        {message.edited && <Chip tone="warn">{say.edited}</Chip>}
        {message.hidden && <Chip tone="warn">{say.hidden}</Chip>}
        {message.masked && <Chip>{say.masked}</Chip>}
        {message.url && (
          <Anchor href={message.url} target="_blank" rel="noreferrer" size="sm">
            {say.original}
          </Anchor>
        )}
      </p>
    </article>
  );
}
