import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether the sender knows one of the app secrets. `X-Hub-Signature-256: sha256=<64 hex>` is an HMAC over the exact bytes
 * of the body, which carry `\uXXXX` and `\/` already: they are hashed as they came, never parsed and written again.
 * Source: Graph API Webhooks, "Validating payloads". The older SHA-1 header is not looked at.
 */
export function isSigned(header: string | undefined, body: Uint8Array, secrets: readonly string[]): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  const signature = Buffer.from(given, 'hex');
  // Every secret is tried, so that the time tells nothing about which one fits.
  return secrets
    .map((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), signature))
    .includes(true);
}

/** Compares two texts of any length in a time that tells nothing about where they differ. */
export function isSameToken(given: string | undefined, ours: string): boolean {
  const hash = (text: string) => createHmac('sha256', 'token').update(text).digest();
  return given !== undefined && timingSafeEqual(hash(given), hash(ours));
}
