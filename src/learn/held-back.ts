import { createHash } from 'node:crypto';

/** One of so many texts is kept from every training. */
const PART = 5;

/**
 * Whether a text is kept back, to judge models by. It hangs on its letters alone: it is the same for every training, so no
 * model of ours has ever seen it, and texts that differ in case, digits and marks stay together.
 */
export function isHeldBack(text: string): boolean {
  return parseInt(lettersHash(text).slice(0, 8), 16) % PART === 0;
}

/** The same for texts that differ only in case, digits and marks. */
export function lettersHash(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  return createHash('sha256').update(letters).digest('hex').slice(0, 24);
}
