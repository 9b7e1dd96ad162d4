import { createHash } from 'node:crypto';

/**
 * Our id of a private message. Meta's own (`wamid.…`, `m_…`) is base64 with signs that addresses cannot hold, and
 * WhatsApp's holds the person's phone number, so it never becomes part of a log line or an address; it stays beside as
 * `latestNativeId`, which an answer names.
 */
export function hashedId(metaId: string): string {
  return createHash('sha256').update(metaId).digest('hex').slice(0, 32);
}
