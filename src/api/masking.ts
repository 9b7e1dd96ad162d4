import { maskPersonalData } from '../text/personal-data.ts';

/** Whatever else: a row of digits this long may be a NIK, a KK or a phone number. */
const longNumber = /\+?\d(?:[\s.-]?\d){7,}/g;

/** For everybody who has no business with a citizen's numbers, and for every list. */
export function mask(text: string): string {
  return maskPersonalData(text).replace(longNumber, '•••');
}

/** One line for a list, at most `length` characters as people count them. */
export function oneLine(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
}

/** Only what a browser may open: a platform's link is text from outside like any other. */
export function safeUrl(url: string | null): string | null {
  return url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null;
}
