import { randomInt } from 'node:crypto';
import type { CaseNumber } from '../domain/ids.ts';

/** `KRA-2026-000123`. @param year in WIB @param count from 1 within the year */
export function caseNumber(year: number, count: number): CaseNumber {
  return `KRA-${year}-${String(count).padStart(6, '0')}` as CaseNumber;
}

/** Without 0 O, 1 I L, 2 Z, 5 S, 8 B and U (read as V): it is copied by hand and told over the telephone. */
const letters = '34679ACDEFGHJKMNPQRTVWXY';
const codeLength = 8;

/** What a citizen needs beside the number to look his case up: 24^8, about 10^11 codes, not to be guessed. */
export function newTrackingCode(): string {
  return Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join('');
}
