import { systemUser } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Reply } from '../domain/reply.ts';

/** A draft of this office that its approver sent back, without anybody's name. */
export interface SentBackLesson {
  readonly id: string;
  readonly platform: Reply['target']['platform'];
  readonly message: string | null;
  /** As the approver read it. */
  readonly draft: string;
  readonly reason: string;
  /** What went out in the end; null when nothing did, or nothing else. */
  readonly sent: string | null;
}

/**
 * The last time that a person sent the draft back, as a lesson.
 * @param hide takes names and personal data out of a text
 * @returns null when only the product did, because the citizen's message had changed
 */
export function sentBackLesson(
  { reply, message }: { readonly reply: Reply; readonly message: Mention | null },
  hide: (text: string) => string,
): SentBackLesson | null {
  const back = reply.history.findLast(
    ({ to, by, note }) => (to === 'changes_requested' || to === 'rejected') && by !== systemUser && note,
  );
  if (!back?.note) return null;
  // What stood then is what the next edit replaced.
  const then = reply.earlier?.find(({ at }) => at >= back.at)?.text ?? reply.text;
  return {
    id: reply._id,
    platform: reply.target.platform,
    message: message && hide(message.text),
    draft: hide(then),
    reason: hide(back.note),
    sent: reply.state === 'sent' && reply.text !== then ? hide(reply.text) : null,
  };
}
