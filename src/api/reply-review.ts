import { capabilityOf, unfitReasons } from '../approve/checks.ts';
import type { Case } from '../domain/case.ts';
import type { Mention } from '../domain/mention.ts';
import { scopeOf, whyNot } from '../domain/policies.ts';
import type { Reply } from '../domain/reply.ts';
import type { CaseScope } from '../store/case-list.ts';
import { findChannel } from '../store/channels.ts';
import { findMention, findMentions, mentions } from '../store/mentions.ts';
import { countQueue, listQueue, type QueueView } from '../store/reply-queue.ts';
import { type ApiContext, caller } from './context.ts';
import { pageBy } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { openReply } from './desk.ts';
import { mask, oneLine } from './masking.ts';
import { authorLine, caseView, matterOfReply, mentionView, replyView } from './views.ts';

/** How the text would do: what stops it, the santun hints, its length, and who can carry it. */
export async function checkText(deps: ApiDeps, reply: Reply, one: Case) {
  const capability = await capabilityOf(deps.review, reply);
  const unfit = await unfitReasons(deps.review, reply);
  return {
    length: deps.review.connectorFor(reply.target.channelId)?.measure(reply.text) ?? null,
    capability: { by: capability.by, reason: capability.by === 'hand' ? capability.reason : null },
    unfit: unfit.map(({ code, words, details }) => ({ code, words, details: { ...details } })),
    warnings: [...deps.composer.warnings(one, reply.text, reply.templateId)],
  };
}

/** What deserves a second look before a decision. */
function risksOf(one: Case, message: Mention | null): string[] {
  const found = message?.classification;
  return [
    ...(one.urgency === 'darurat' ? ['darurat'] : []),
    ...(one.secret ? ['rahasia'] : []),
    ...(found?.personalData.length ? ['data_pribadi'] : []),
    ...(found?.flags ?? []),
  ];
}

export async function readQueue(
  context: ApiContext,
  asked: { readonly view: QueueView; readonly limit: number; readonly cursor?: string | undefined },
) {
  const scope = scopeOf(caller(context));
  if (!scope) return { rows: [], nextCursor: null };
  const { db } = context.deps;
  const over = asked.view === 'riwayat' || asked.view === 'gagal';
  const page = await pageBy(
    asked,
    (at) => listQueue(db, asked.view, scope, at),
    ({ reply, sortAt }) => ({ at: over ? reply.updatedAt : sortAt, id: reply._id }),
  );
  const found = await findMentions(
    mentions(db),
    page.rows.map(({ reply }) => reply.target.mentionId),
  );
  const messages = new Map(found.map((message) => [message._id, message]));
  return {
    nextCursor: page.nextCursor,
    rows: page.rows.map(({ reply, case: one }) => {
      const message = messages.get(reply.target.mentionId) ?? null;
      return {
        reply: replyView(reply),
        case: caseView(one),
        author: message && !one.anonymous ? authorLine(message) : null,
        line: message ? oneLine(mask(message.text), 160) : '',
        risks: risksOf(one, message),
      };
    }),
  };
}

/** Counts are exact up to this, then "that many or more". */
const mostCounted = 1_000;

export async function readQueueCounts({ db }: Pick<ApiDeps, 'db'>, scope: CaseScope) {
  const counted = await countQueue(db, scope, mostCounted + 1);
  const shown = (n: number) => ({ count: Math.min(n, mostCounted), more: n > mostCounted });
  return Object.fromEntries(Object.entries(counted).map(([view, n]) => [view, shown(n)])) as Record<
    QueueView,
    { count: number; more: boolean }
  >;
}

/** Everything that a decision needs, on one screen. */
export async function readReview(context: ApiContext, id: string) {
  const { deps } = context;
  const { user, reply, case: one } = await openReply(context, 'draft.view', id);
  const [message, channel, templates] = await Promise.all([
    findMention(mentions(deps.db), reply.target.mentionId),
    findChannel(deps.db, reply.target.channelId),
    deps.composer.templates(one),
  ]);
  const matter = matterOfReply(reply, one);
  return {
    reply: replyView(reply),
    case: caseView(one),
    message: message && mentionView(message, one),
    answers: deps.review.answersCase(reply),
    templateText: templates.find((template) => template.id === reply.templateId)?.text ?? null,
    earlier: [...(reply.earlier ?? [])],
    confirmation: reply.confirmation ?? null,
    needsConfirmation: deps.review.needsConfirmation(reply.templateId),
    check: await checkText(deps, reply, one),
    channel: channel && { account: channel.account, state: channel.state, sending: channel.sending },
    whyNotApprove: whyNot(user, 'draft.approve', matter),
    whyNotRelease: whyNot(user, 'reply.release', matter),
  };
}
