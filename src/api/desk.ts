import type { Case } from '../domain/case.ts';
import type { CaseNumber, MentionId, ReplyId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Act } from '../domain/policies.ts';
import type { Reply } from '../domain/reply.ts';
import type { User } from '../domain/user.ts';
import { cases, findCase } from '../store/cases.ts';
import { findMention, mentions } from '../store/mentions.ts';
import { findReply, replies } from '../store/replies.ts';
import { type ApiContext, allow, notFound } from './context.ts';
import { matterOfCase, matterOfMention, matterOfReply } from './views.ts';

/** One case, reply or message for somebody who may do this to it. Used by the JSON API and the page alike. */
type Asked = Pick<ApiContext, 'deps' | 'user'>;

export async function openCase(asked: Asked, act: Act, number: string): Promise<{ user: User; case: Case }> {
  const found = await findCase(cases(asked.deps.db), number as CaseNumber);
  if (!found) throw notFound();
  return { user: await allow(asked, act, 'case.view', matterOfCase(found)), case: found };
}

export async function openReply(
  asked: Asked,
  act: Act,
  id: string,
): Promise<{ user: User; reply: Reply; case: Case }> {
  const reply = await findReply(replies(asked.deps.db), id as ReplyId);
  const owner = reply && (await findCase(cases(asked.deps.db), reply.caseId));
  if (!reply || !owner) throw notFound();
  return { user: await allow(asked, act, 'draft.view', matterOfReply(reply, owner)), reply, case: owner };
}

export async function openMention(
  asked: Asked,
  id: string,
): Promise<{ user: User; mention: Mention; case: Case | null }> {
  const mention = await findMention(mentions(asked.deps.db), id as MentionId);
  if (!mention) throw notFound();
  const owner = mention.caseId ? await findCase(cases(asked.deps.db), mention.caseId) : null;
  const user = await allow(asked, 'mention.view', 'mention.view', matterOfMention(mention, owner));
  return { user, mention, case: owner };
}
