/** By ASCII code 1 to 37 for the letter (of either case), the digit or `_` that may stand inside a word; 0 = no part of one. */
export const LETTER = new Uint8Array(128);
for (const [at, character] of [...'abcdefghijklmnopqrstuvwxyz0123456789_'].entries()) {
  LETTER[character.charCodeAt(0)] = at + 1;
  LETTER[character.toUpperCase().charCodeAt(0)] = at + 1;
}
export const LAST_LETTER = 26;

/** Letters that fit into one number, six bits each. */
export const PACKED = 5;
export const BITS = 6;
