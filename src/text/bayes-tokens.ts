import { isLandmark, type Landmarks } from './landmarks.ts';
import { type Tokens, tokenise } from './tokens.ts';
import type { Word, Words } from './words.ts';

/** The words that Naive Bayes counts (by their `stem`): those that say something, landmarks left out. */
export function bayesWordsOf(tokens: Tokens, landmarks: Landmarks): Word[] {
  const counted: Word[] = [];
  const words = tokens.words;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.isStop || word.kind !== 'word') continue;
    if (isLandmark(tokens, at, landmarks)) continue;
    counted.push(word);
  }
  return counted;
}

export function bayesTokens(text: string, words: Words, landmarks: Landmarks): string[] {
  return bayesWordsOf(tokenise(text, words), landmarks).map((word) => word.stem);
}
