import { MAX_TEXT } from './tokens.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}_]*/gu;
const MAX_WORDS = 200;
const MAX_LETTERS = 40;

/**
 * Words of a text for the search index, and of a query for looking them up: lower case, each once, in the order
 * they came, at most 200. Handles and hashtags are found by their word.
 */
export function searchTokens(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.slice(0, MAX_TEXT).normalize('NFKC').toLowerCase().matchAll(WORD)) {
    found.add(match[0].slice(0, MAX_LETTERS));
    if (found.size === MAX_WORDS) break;
  }
  return [...found];
}
