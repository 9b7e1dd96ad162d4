import type { Mention } from '../domain/mention.ts';
import { escapePattern } from '../text/escape-pattern.ts';
import { addressOf, unnamed } from './fill.ts';

/** The shortest part of a name that is taken out by itself. */
const shortestName = 3;

/** Without the citizen's name, in the forms in which a draft addresses him. */
export function withoutName(text: string, author: Mention['author']): string {
  const address = addressOf(author.name);
  const whole = [address, author.name, author.handle && `@${author.handle}`, author.handle];
  const parts = address === unnamed ? [] : address.split(' ').slice(1);
  const names = [...whole, ...parts].filter(
    (name): name is string => !!name && name !== unnamed && name.length >= shortestName,
  );
  return names.reduce(
    (said, name) =>
      said.replace(
        new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(name)}(?![\\p{L}\\p{N}])`, 'gu'),
        name === address ? unnamed : '•••',
      ),
    text,
  );
}
