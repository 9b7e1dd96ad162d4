import type { Tokens } from './tokens.ts';

/**
 * Whether the token names a landmark that only says where: "depan SD", "ngarep balai desa", "dekat kantor camat".
 * Such a word is no evidence of what the message is about.
 */
export function isLandmark(
  tokens: Tokens,
  at: number,
  landmarkWords: ReadonlySet<string>,
  landmarkNouns: ReadonlySet<string>,
): boolean {
  const words = tokens.words;
  if (!landmarkNouns.has(words[at]!.form)) return false;
  for (let back = 1; back <= 2 && at >= back; back++) {
    const before = words[at - back]!;
    if (landmarkWords.has(before.form)) return true;
    // One small or landmark word may stand between: "depan kantor kecamatan".
    if (!before.isStop && !landmarkNouns.has(before.form)) return false;
  }
  return false;
}
