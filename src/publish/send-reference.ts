import type { ReplyId } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';

/** What travels with a send call and comes back with the platform's reports: which reply, and which attempt. */
export function sendReference({ _id, attempt }: Pick<Reply, '_id' | 'attempt'>): string {
  return `${_id}~${attempt?.number ?? 0}`;
}

/** @returns null when it is none of ours */
export function readReference(
  reference: string,
): { readonly replyId: ReplyId; readonly attempt: number } | null {
  const found = /^(r-[^~]{1,90})~(\d{1,4})$/u.exec(reference);
  return found?.[1] && found[2] ? { replyId: found[1] as ReplyId, attempt: Number(found[2]) } : null;
}
