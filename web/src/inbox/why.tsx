import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { evidenceWords, messageLanguageWords } from '../../../src/api/contract/words.ts';
import type { Message } from '../shared/api.ts';
import { Chip } from '../shared/chip.tsx';
import { useWords } from '../shared/language.tsx';
import { useNames } from '../shared/queries.ts';
import { ReasonTables } from './reasons.tsx';
import { inboxWords } from './words.ts';

const special = /[\\^$.*+?()[\]{}|]/g;

/** The text with the given pieces marked. Text nodes only: a citizen's words are never markup. */
export function marked(text: string, pieces: readonly string[]): ReactNode[] {
  const wanted = pieces.map((piece) => piece.trim()).filter((piece) => piece.length > 1);
  if (wanted.length === 0) return [text];
  const found = new RegExp(`(${wanted.map((piece) => piece.replace(special, '\\$&')).join('|')})`, 'giu');
  // Every second part is a match.
  return text.split(found).map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : part));
}

/** "Mengapa DPUPR?": the words that decided, and what came close. */
export function Why({ message }: { readonly message: Message }) {
  const [say, sources] = [useWords(inboxWords), useWords(evidenceWords)];
  const languages = useWords(messageLanguageWords);
  const names = useNames();
  const found = message.classification;
  if (!found) return null;
  const sourceWords: Readonly<Record<string, string>> = sources;
  const languageWords: Readonly<Record<string, string>> = languages;
  return (
    <section aria-labelledby="mengapa">
      <Title order={3} size="h5" id="mengapa">
        {say.why(names.agency(found.agency) ?? say.noAgency)}
      </Title>
      <Text size="sm">
        {[
          names.subject(found.subject),
          `${say.sure} ${Math.round(found.confidence * 100)}%`,
          `${say.language}: ${languageWords[found.language] ?? found.language}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {found.secretReasons.length > 0 && (
        <Text size="sm">
          {say.whySecret}: {found.secretReasons.join(' ')}
        </Text>
      )}
      <p className="signs">
        {found.evidence.slice(0, 12).map((one) => (
          <Chip key={`${one.words}-${one.source}-${one.for}`}>
            “{one.words}” · {sourceWords[one.source] ?? one.source}
          </Chip>
        ))}
      </p>
      {found.runnersUp.length > 0 && (
        <Text size="sm" c="dimmed">
          {say.runnersUp}:{' '}
          {found.runnersUp
            .slice(0, 3)
            .map(
              (one) =>
                `${names.subject(one.subject)} (${names.agency(one.agency) ?? '–'}) ${Math.round(one.confidence * 100)}%`,
            )
            .join(' · ')}
        </Text>
      )}
      <ReasonTables key={message._id} id={message._id} />
    </section>
  );
}
