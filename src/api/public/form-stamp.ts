import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { DAY, SECOND } from '../../core/clock.ts';
import type { MentionId } from '../../domain/ids.ts';

/** Nobody reads and fills in the form faster. */
const shortestMs = 2 * SECOND;
const longestMs = DAY;

function macOf(key: string, id: string, at: string): string {
  return createHmac('sha256', key).update(`form stamp ${id} ${at}`).digest('base64url');
}

/** Proves on a form of ours that its sender was shown this report's page. Never in an address. */
export function reportToken(key: string, id: MentionId): string {
  const mac = createHmac('sha256', key).update(`report ${id}`).digest('base64url');
  return `${id}.${mac}`;
}

/** @returns null for one that we did not make */
export function readReportToken(key: string, token: string): MentionId | null {
  const id = token.slice(0, token.lastIndexOf('.')) as MentionId;
  const [given, wanted] = [Buffer.from(token), Buffer.from(reportToken(key, id))];
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? id : null;
}

/**
 * What a form of ours carries: the id that its report will have, and when it was given out. Needs no cookie, and sending
 * the same form twice makes one report.
 */
export function newStamp(key: string, now: Date): string {
  const id = randomBytes(16).toString('hex');
  const at = now.getTime().toString(36);
  return `${id}.${at}.${macOf(key, id, at)}`;
}

/** @returns the report's id, or why the stamp does not hold */
export function readStamp(
  key: string,
  stamp: string,
  now: Date,
): { readonly id: string } | { readonly why: 'foreign' | 'too-old' | 'too-fast' } {
  const [id = '', at = '', mac = ''] = stamp.split('.');
  const [given, wanted] = [Buffer.from(mac), Buffer.from(macOf(key, id, at))];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { why: 'foreign' };
  const age = now.getTime() - Number.parseInt(at, 36);
  if (age > longestMs) return { why: 'too-old' };
  return age < shortestMs ? { why: 'too-fast' } : { id };
}
