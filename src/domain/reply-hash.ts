import { createHash } from 'node:crypto';
import type { Reply } from './reply.ts';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** sha256 of a citizen's words. White space alone makes no other words: platforms differ in it between two calls. */
export function citizenTextHash(text: string): string {
  return sha256(text.normalize('NFC').replace(/\s+/gu, ' ').trim());
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * sha256 of a reply's text as it can be compared with what a platform shows of it: X puts the citizen's handle before
 * it, escapes `&`, and shortens every link.
 */
export function normalisedTextHash(text: string): string {
  const comparable = text
    .replace(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => entities[entity] ?? entity)
    .normalize('NFKC')
    .replace(/https?:\/\/\S+/giu, '<link>')
    .replace(/^(?:\s*@[\p{L}\p{N}_.]+)+/u, '')
    .replace(/[\u200b-\u200d\u2060\ufe0f\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return sha256(comparable);
}

/** What an approval is bound to: the exact text, whom it answers, the citizen's words then, and the revision. */
export function approvalHash(reply: Pick<Reply, '_id' | 'text' | 'revision' | 'target'>): string {
  const { platform, channelId, mentionId, nativeId, textHash } = reply.target;
  return sha256(
    JSON.stringify([
      reply._id,
      reply.text,
      reply.revision,
      platform,
      channelId,
      mentionId,
      nativeId,
      textHash,
    ]),
  );
}
