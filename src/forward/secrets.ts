import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { LinkId } from '../domain/ids.ts';

/**
 * Tokens and codes are made from the link's random id with a key that is not in the database, whenever a notice is sent.
 * So nothing in the database, a backup of it, or the outbox opens a link.
 */

export function newLinkId(): LinkId {
  return `l-${randomBytes(16).toString('hex')}` as LinkId;
}

/** 128 bits, 22 characters that an address can hold. */
export function tokenOf(key: string, id: LinkId): string {
  return createHmac('sha256', key).update(`token ${id}`).digest().subarray(0, 16).toString('base64url');
}

/** Six digits, another one for each number. */
export function codeOf(key: string, id: string, number: number): string {
  const digest = createHmac('sha256', key).update(`code ${id} ${number}`).digest();
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0');
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(one)), Buffer.from(hashOf(other)));
}
