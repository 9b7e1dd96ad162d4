import type { PersonalData, PersonalDataType } from '../domain/classification.ts';
import { findProtectedNames, isCueOfName } from './protected-names.ts';

const ADDRESS_LETTER = /[\p{L}\p{N}._%+-]/u;
const PLATE_START = /[A-Z][ -]?\d/;
/** Letters before a number that say what it is, within the same clause. */
const KK_BEFORE = /(?:\bkk|kartu keluarga)[^\d\n]{0,20}$/iu;
const ACCOUNT_BEFORE =
  /(?:\brek\b|rekening|norek|\bbri\b|\bbca\b|\bbni\b|mandiri|bank jateng|\bbsi\b|\bbtn\b|virtual account|\bva\b)[^\d\n]{0,20}$/iu;
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu;
/** Digits of the shortest number that is somebody's. */
const SHORTEST_NUMBER = 7;
/** Groups of digits, joined by one blank, dot or dash. */
const NUMBER = /(?:\+|\()?\d(?:[ .()-]{0,2}\d){6,24}/gu;
/** Indonesian plates: area letters of Java and the big islands, 1–4 digits, 1–3 letters; not what stands at a mask. */
const PLATE =
  /(?<![\p{L}\p{N}\]])(?:A[ABDEG]?|B[ABDEGHKLMNPRST]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABGSTY]?|R|S|T|W|Z)[ -]?\d{1,4}[ -]?[A-Z]{2,3}(?![\p{L}\p{N}])/gu;

/** Finds personal data in the whole text, however long; spans do not overlap and come in order. */
export function findPersonalData(text: string): PersonalData[] {
  // Most messages have no name, number or address: the dear patterns run only where they can match.
  const cues = cuesIn(text);
  const found = (cues & NAME) !== 0 ? findProtectedNames(text) : [];
  if ((cues & ADDRESS) !== 0 && mayHaveAddress(text)) {
    for (const match of text.matchAll(EMAIL)) push(found, 'email', match.index, match[0].length);
  }
  const digits = cues & DIGITS;
  if (digits >= SHORTEST_NUMBER) findNumbers(text, found);
  if (digits > 0 && PLATE_START.test(text)) {
    for (const match of text.matchAll(PLATE)) push(found, 'plate', match.index, match[0].length);
  }
  return found.length < 2 ? found : apart(found);
}

/** Digits that were met, up to 7. */
const DIGITS = 7;
const ADDRESS = 8;
const NAME = 16;
const NO_CUE = 0;
/** By ASCII code: what a character can be a sign of, without what stands beside it. */
const CUES = new Uint8Array(128);
for (const digit of '0123456789') CUES[digit.charCodeAt(0)] = DIGITS;
CUES['@'.charCodeAt(0)] = ADDRESS;
for (const letter of 'm.t') CUES[letter.charCodeAt(0)] = NAME;

/** One pass for all: the number of digits, and whether there may be an address or a name. */
function cuesIn(text: string): number {
  let digits = 0;
  let others = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const cue = code < 128 ? CUES[code]! : NO_CUE;
    if (cue === NO_CUE) continue;
    if (cue === DIGITS) digits += 1;
    else if (cue === ADDRESS || isCueOfName(text, at)) others |= cue;
  }
  return others | Math.min(digits, DIGITS);
}

function findNumbers(text: string, found: PersonalData[]): void {
  for (const match of text.matchAll(NUMBER)) {
    const type = typeOfNumber(match[0], text.slice(Math.max(0, match.index - 40), match.index));
    if (type) push(found, type, match.index, match[0].length);
  }
}

/** In order; of two that overlap the one that begins first, and of those the longer. */
function apart(found: PersonalData[]): PersonalData[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let reached = 0;
  return found.filter(({ start, end }) => {
    if (start < reached) return false;
    reached = end;
    return true;
  });
}

/** An `@` after a letter; at the start of a word it is a handle's. */
function mayHaveAddress(text: string): boolean {
  for (let at = text.indexOf('@', 1); at > 0; at = text.indexOf('@', at + 1)) {
    const before = text.charCodeAt(at - 1);
    // Half of a pair beyond the first plane may be a letter.
    if (before !== SPACE && (before >= 0xd800 || ADDRESS_LETTER.test(text.charAt(at - 1)))) return true;
  }
  return false;
}

const SPACE = ' '.charCodeAt(0);

/**
 * The text with every piece of personal data replaced by a fixed word. Use it wherever a text leaves the
 * case: lists, exports, logs above debug, prompts, public pages.
 */
export function maskPersonalData(text: string): string {
  const found = findPersonalData(text);
  if (found.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { type, start, end } of found) {
    parts.push(text.slice(from, start), masks[type]);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

const masks: Record<PersonalDataType, string> = {
  nik: '[NIK disamarkan]',
  kk: '[No. KK disamarkan]',
  phone: '[No. telepon disamarkan]',
  email: '[Surel disamarkan]',
  plate: '[Pelat nomor disamarkan]',
  account: '[No. rekening disamarkan]',
  minor: '[Nama anak disamarkan]',
  victim: '[Nama korban disamarkan]',
};

function push(found: PersonalData[], type: PersonalDataType, start: number, length: number): void {
  found.push({ type, start, end: start + length });
}

function typeOfNumber(written: string, before: string): PersonalDataType | null {
  const digits = written.replace(/\D/g, '');
  if (/^(?:0|62)8\d{7,11}$/.test(digits) || /^0[2-7]\d{7,9}$/.test(digits)) return 'phone';
  if (ACCOUNT_BEFORE.test(before) && digits.length >= 8) return 'account';
  if (digits.length === 16) return KK_BEFORE.test(before) ? 'kk' : 'nik';
  // A mistyped NIK is still the citizen's: anything long enough not to be an amount of money.
  if (digits.length === 15 || digits.length === 17) return 'nik';
  return null;
}
