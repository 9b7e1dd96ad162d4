import { may } from '../../domain/policies.ts';
import { findSiteReport } from '../../store/site-reports.ts';
import { allow } from '../context.ts';
import type { MentionView } from '../contract/shapes.ts';
import { openMention } from '../desk.ts';
import { matterOfMention, mentionView } from '../views.ts';
import type { Asked } from './change.ts';

interface Opened extends MentionView {
  /** What he left to be reached by; null where he left nothing, asked to stay unnamed, or the reader has no part in it. */
  readonly contact: {
    readonly name: string | null;
    readonly mail: string | null;
    readonly phone: string | null;
  } | null;
}

/**
 * "Buka data pribadi": the message as it was written, and for the desk how its author can be reached. The reason is in the
 * audit log before a word is shown.
 */
export async function openForReading(asked: Asked, id: string, reason: string): Promise<Opened> {
  const { mention, case: owner } = await openMention(asked, id);
  const matter = matterOfMention(mention, owner);
  const user = await allow(asked, 'personal-data.view', 'mention.view', matter);
  const named = !(owner?.anonymous ?? mention.declared?.anonymous);
  const report =
    named && may(user, 'contact.view', matter) ? await findSiteReport(asked.deps.db, mention._id) : null;
  const { clock, recordAudit } = asked.deps;
  const fields = { reason, case: mention.caseId, contact: report !== null };
  await recordAudit({
    at: clock.now(),
    by: user._id,
    act: 'personal-data.open',
    subject: mention._id,
    fields,
  });
  const contact = report && { name: report.name, mail: report.mail, phone: report.phone };
  return { ...mentionView(mention, owner, { open: true }), contact };
}
