import { createHash } from 'node:crypto';
import { type MentionId, mentionId } from './ids.ts';

/**
 * Who is who among rows of files: the file's own number where it may stand in a URL, else a hash of it. Without the row's
 * channel, which a later version of the file may correct.
 */
export function importedNativeId(source: string, externalId: string): string {
  const given = `${source}-${externalId}`;
  const fits = /^[A-Za-z0-9._-]{1,100}$/.test(given);
  const hash = () => createHash('sha256').update(`${source}\n${externalId}`).digest('hex').slice(0, 32);
  return `impor-${fits ? given : hash()}`;
}

export function importedMentionId(source: string, externalId: string): MentionId {
  return mentionId('manual', importedNativeId(source, externalId));
}
