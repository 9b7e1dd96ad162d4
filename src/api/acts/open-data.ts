import { allow } from '../context.ts';
import type { MentionView } from '../contract/shapes.ts';
import { openMention } from '../desk.ts';
import { matterOfMention, mentionView } from '../views.ts';
import type { Asked } from './change.ts';

/** "Buka data pribadi": the message as it was written. The reason is in the audit log before a word is shown. */
export async function openForReading(asked: Asked, id: string, reason: string): Promise<MentionView> {
  const { mention, case: owner } = await openMention(asked, id);
  const user = await allow(asked, 'personal-data.view', 'mention.view', matterOfMention(mention, owner));
  const { clock, recordAudit } = asked.deps;
  const fields = { reason, case: mention.caseId };
  await recordAudit({
    at: clock.now(),
    by: user._id,
    act: 'personal-data.open',
    subject: mention._id,
    fields,
  });
  return mentionView(mention, owner, { open: true });
}
