import { isLandmark } from './landmarks.ts';
import { type Tokens, tokenise } from './tokens.ts';
import type { Words } from './words.ts';

export interface Landmarks {
  readonly words: ReadonlySet<string>;
  readonly nouns: ReadonlySet<string>;
}

/** What Naive Bayes counts: roots of the words that say something, landmarks left out. */
export function bayesTokensOf(tokens: Tokens, landmarks: Landmarks): string[] {
  const counted: string[] = [];
  const words = tokens.words;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.isStop || word.kind !== 'word') continue;
    if (landmarks.nouns.has(word.form) && isLandmark(tokens, at, landmarks.words, landmarks.nouns)) continue;
    counted.push(word.stem);
  }
  return counted;
}

export function bayesTokens(text: string, words: Words, landmarks: Landmarks): string[] {
  return bayesTokensOf(tokenise(text, words), landmarks);
}
