import { RefusedError } from '../../core/errors.ts';
import type { CaseNumber } from '../../domain/ids.ts';
import { listRepliesWithCase } from '../../store/threads.ts';
import type { ApiContext } from '../context.ts';
import { pageBy } from '../cursor.ts';
import { openCase, openReply } from '../desk.ts';
import { actOnReply, type ReplyActInput, type ReplyActName } from '../reply-acts.ts';
import { checkText, readQueue, readQueueCounts, readReview } from '../reply-review.ts';
import { replyView } from '../views.ts';
import { callersScope, os } from './base.ts';

async function act(context: ApiContext, name: ReplyActName, input: ReplyActInput) {
  return replyView(await actOnReply(context, name, input));
}

/** One of the templates that the case may have. @throws {RefusedError} `not-found` */
async function offered(context: ApiContext, id: string, templateId: string | null) {
  if (templateId === null) return { templateId, situation: null };
  const { case: one } = await openReply(context, 'draft.write', id);
  const template = (await context.deps.composer.templates(one)).find((other) => other.id === templateId);
  if (template) return { templateId, situation: template.situation };
  throw new RefusedError('not-found', { id: 'Templat tidak ditemukan.', en: 'No such template.' });
}

export const drafts = os.drafts.router({
  list: os.drafts.list.handler(async ({ context, input }) => {
    const { cursor, limit, state, caseNumber } = input;
    const filter = { state, caseId: caseNumber as CaseNumber | undefined, scope: callersScope(context) };
    const page = await pageBy(
      { cursor, limit },
      (at) => listRepliesWithCase(context.deps.db, filter, at),
      ({ reply }) => ({ at: reply.updatedAt, id: reply._id }),
    );
    return { ...page, rows: page.rows.map(({ reply }) => replyView(reply)) };
  }),
  get: os.drafts.get.handler(async ({ context, input }) => {
    const { reply } = await openReply(context, 'draft.view', input.id);
    return replyView(reply);
  }),
  queue: os.drafts.queue.handler(({ context, input }) => readQueue(context, input)),
  counts: os.drafts.counts.handler(({ context }) => readQueueCounts(context.deps, callersScope(context))),
  review: os.drafts.review.handler(({ context, input }) => readReview(context, input.id)),
  check: os.drafts.check.handler(async ({ context, input }) => {
    const { reply, case: one } = await openReply(context, 'draft.write', input.id);
    return checkText(context.deps, { ...reply, text: input.text }, one);
  }),
  templates: os.drafts.templates.handler(async ({ context, input }) => {
    const { case: one } = await openCase(context, 'draft.write', input.number);
    return [...(await context.deps.composer.templates(one))];
  }),
  create: os.drafts.create.handler(async ({ context, input }) => {
    const { user, case: one } = await openCase(context, 'draft.write', input.number);
    const { text = null, templateId = null, key = null } = input;
    return replyView(await context.deps.composer.write(user, { case: one, text, templateId, key }));
  }),
  edit: os.drafts.edit.handler(async ({ context, input: { templateId, ...input } }) =>
    act(context, 'edit', {
      ...input,
      ...(templateId !== undefined && { template: await offered(context, input.id, templateId) }),
    }),
  ),
  confirm: os.drafts.confirm.handler(({ context, input }) => act(context, 'confirm', input)),
  submit: os.drafts.submit.handler(({ context, input }) => act(context, 'submit', input)),
  requestChanges: os.drafts.requestChanges.handler(({ context, input }) =>
    act(context, 'requestChanges', input),
  ),
  reject: os.drafts.reject.handler(({ context, input }) => act(context, 'reject', input)),
  withdraw: os.drafts.withdraw.handler(({ context, input }) => act(context, 'withdraw', input)),
  approve: os.drafts.approve.handler(({ context, input }) => act(context, 'approve', input)),
  release: os.drafts.release.handler(({ context, input }) => act(context, 'release', input)),
  undo: os.drafts.undo.handler(({ context, input }) => act(context, 'undo', input)),
  byHand: os.drafts.byHand.handler(({ context, input }) => act(context, 'byHand', input)),
  foundSent: os.drafts.foundSent.handler(({ context, input }) => act(context, 'foundSent', input)),
  resend: os.drafts.resend.handler(({ context, input }) => act(context, 'resend', input)),
  giveUp: os.drafts.giveUp.handler(({ context, input }) => act(context, 'giveUp', input)),
});
