import { createHash } from 'node:crypto';

const LEADING_HANDLES = /^(?:@[\p{L}\p{N}_.]{1,64}\s+)+/u;
const LINK = /(?:https?:\/\/|www\.)\S+/giu;
const SPACES = /\s+/gu;

/**
 * Hash by which a reply of ours is recognised on a platform. Platforms put handles in front, rewrite links
 * (t.co), change Unicode composition and blanks; none of that may hide our own text from us.
 * @returns sha256, hex
 */
export function normalisedTextHash(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(LINK, ' ')
    .replace(SPACES, ' ')
    .trim()
    .replace(LEADING_HANDLES, '')
    .trim();
  return createHash('sha256').update(plain, 'utf8').digest('hex');
}
