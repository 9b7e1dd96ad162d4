/** By ASCII code: the letter in lower case, the digit or `_` that may stand inside a word; 0 = no part of a word. */
export const FOLDED = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_') {
  FOLDED[character.charCodeAt(0)] = character.toLowerCase().charCodeAt(0);
}

/** FNV-1a, 32 bits, over the folded letters of a word, one {@link hashed} a letter. */
export const HASH_START = 0x811c9dc5 | 0;

const { imul } = Math;

export const hashed = (hash: number, folded: number) => imul(hash ^ folded, 0x01000193);

/** The hash of a whole word; letters beyond ASCII count as nothing. */
export function hashOf(word: string): number {
  let hash = HASH_START;
  for (let at = 0; at < word.length; at++) hash = hashed(hash, FOLDED[word.charCodeAt(at)] ?? 0);
  return hash;
}

/** Whether `word`, in lower case, stands in `source` from `start` to `end`, in whatever case. */
export function standsAt(word: string, source: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = 0; at < word.length; at++) {
    if (word.charCodeAt(at) !== FOLDED[source.charCodeAt(start + at)]) return false;
  }
  return true;
}
