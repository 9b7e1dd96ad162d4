import { createHash } from 'node:crypto';
import type { Reply } from './reply.ts';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** sha256 of a citizen's words. White space alone makes no other words: platforms differ in it between two calls. */
export function citizenTextHash(text: string): string {
  return sha256(text.normalize('NFC').replace(/\s+/gu, ' ').trim());
}

/** What an approval is bound to: the exact text, whom it answers, the citizen's words then, and the revision. */
export function approvalHash(reply: Pick<Reply, '_id' | 'text' | 'revision' | 'target'>): string {
  const { platform, channelId, mentionId, nativeId, textHash, via } = reply.target;
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
      ...(via ? [via] : []),
    ]),
  );
}
