import type { Tokens } from './tokens.ts';
import { createWordMemo } from './word-memo.ts';
import type { Word, Words } from './words.ts';

/** What a word is beside a landmark, remembered by word. */
export type Landmarks = (word: Word) => number;

const NEITHER = 0;
/** "depan", "dekat" */
const POINTS = 1;
/** "pasar", "balai" */
const NAMES = 2;

/** @param lists standard spellings: which words point at a landmark, and which name one */
export function createLandmarks(
  words: Words,
  lists: { readonly pointing: ReadonlySet<string>; readonly naming: ReadonlySet<string> },
): Landmarks {
  return createWordMemo(words, ({ form }) => {
    const points = lists.pointing.has(form) ? POINTS : NEITHER;
    return points | (lists.naming.has(form) ? NAMES : NEITHER);
  });
}

/**
 * Whether the token names a landmark that only says where: "depan SD", "ngarep balai desa", "dekat kantor camat".
 * Such a word is no evidence of what the message is about.
 */
export function isLandmark({ words }: Tokens, at: number, landmarks: Landmarks): boolean {
  if ((landmarks(words[at]!) & NAMES) === 0) return false;
  for (let back = 1; back <= 2 && at >= back; back++) {
    const before = words[at - back]!;
    const role = landmarks(before);
    if ((role & POINTS) !== 0) return true;
    // One small or landmark word may stand between: "depan kantor kecamatan".
    if (!before.isStop && (role & NAMES) === 0) return false;
  }
  return false;
}
