import { DAY, HOUR } from '../core/clock.ts';

/** Asia/Jakarta has had no other offset since 1964. */
const offsetMs = 7 * HOUR;

/** `2026-11-24 14:05` */
export function inWib(moment: Date): string {
  return new Date(moment.getTime() + offsetMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** Days since 30 December 1899 in WIB, which is how spreadsheets hold a time (ECMA-376 part 1, 18.17.4). */
export function wibSerial(moment: Date): number {
  return (moment.getTime() + offsetMs) / DAY + 25_569;
}
