import { Alert, List } from '@mantine/core';
import { Chip } from '../shared/chip.tsx';
import { useLanguage, useWords } from '../shared/language.tsx';
import type { Review } from './review-query.ts';
import { approvalWords } from './words.ts';

/** What the checks say about a text: what stops it, and hints that stop nothing. */
export function Checked({ check }: { readonly check: Review['check'] }) {
  const say = useWords(approvalWords);
  const { language } = useLanguage();
  const { length, unfit, warnings, capability } = check;
  return (
    <>
      {length && (
        <span>
          <Chip tone={length.used > length.limit ? 'bad' : 'plain'}>
            {say.length(length.used, length.limit)}
          </Chip>
        </span>
      )}
      {unfit.length > 0 && (
        <Alert color="red" title={say.blocked}>
          <List size="sm">
            {unfit.map((one) => (
              <List.Item key={one.code}>{one.words[language]}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert color="yellow" title={say.hints}>
          <List size="sm">
            {warnings.map((one) => (
              <List.Item key={`${one.code}-${one.found}`}>
                {one.found && <mark>{one.found}</mark>} {one.why[language]}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {capability.by === 'hand' && (
        <Alert color="yellow" title={say.byHand}>
          {capability.reason?.[language]}
        </Alert>
      )}
    </>
  );
}
