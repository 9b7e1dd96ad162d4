import type { Case } from '../domain/case.ts';
import type { Channel } from '../domain/channel.ts';
import type { ChannelHealth } from '../domain/channel-health.ts';
import type { Classification, Flag } from '../domain/classification.ts';
import type { Mention } from '../domain/mention.ts';
import type { Matter } from '../domain/policies.ts';
import type { Reply } from '../domain/reply.ts';
import type { Thread as ThreadDocument } from '../store/threads.ts';
import type { MentionView, Thread } from './contract/shapes.ts';
import { mask, oneLine, safeUrl } from './masking.ts';

/** Without a classification nobody knows whether it is secret, so it counts as secret. A case decides over its messages. */
export function matterOfMention(mention: Mention, owner: Case | null): Matter & { id: string } {
  if (owner) return { ...matterOfCase(owner), id: mention._id };
  const { classification } = mention;
  if (!classification) return { id: mention._id, agency: null, companion: null, secret: true };
  const { agency, companion, secret } = classification;
  return { id: mention._id, agency, companion, secret };
}

export function matterOfCase(one: Case): Matter & { id: string } {
  return { id: one._id, agency: one.agency, companion: one.companion, secret: one.secret };
}

export function matterOfReply(reply: Reply, owner: Case): Matter & { id: string } {
  return { ...matterOfCase(owner), id: reply._id, authors: reply.authors };
}

export function authorLine(mention: Mention): string | null {
  return mention.author.handle ? `@${mention.author.handle}` : mention.author.name;
}

/** What the case says, or without one the classifier. */
function decisionOf(thread: ThreadDocument) {
  const { case: one, mention } = thread;
  const found = mention?.classification ?? null;
  if (one) return { ...pick(one), ...workOn(one), decided: true };
  if (found) return { ...pick(found), ...noWork, flags: [...found.flags], decided: found.decided };
  const nothing = {
    agency: null,
    subject: null,
    kind: null,
    urgency: 'biasa',
    place: null,
    secret: false,
  } as const;
  return { ...nothing, ...noWork, decided: false };
}

function pick(decision: Case | Classification) {
  const { agency, subject, kind, urgency, place, secret } = decision;
  return { agency, subject, kind, urgency, place, secret };
}

const noWork = {
  state: null,
  dueAt: null,
  answeredAt: null,
  similar: 0,
  lead: null,
  assignee: null,
  flags: [] as Flag[],
  version: null,
};

/** What people did with the case. */
function workOn(one: Case) {
  const { state, dueAt, answeredAt, assignee, version } = one;
  const similar = one.supporterIds.length + (one.followers?.length ?? 0);
  const flags = [...(one.flags ?? [])];
  return { state, dueAt, answeredAt, assignee, version, similar, flags, lead: one.lead ?? null };
}

type WithoutNames = Omit<Thread, 'agencyName' | 'subjectName' | 'assigneeName' | 'present' | 'forward'>;

/** Masked for everybody: a list is read over shoulders. */
export function threadView(thread: ThreadDocument): WithoutNames {
  const { case: one, mention } = thread;
  const snooze = one ? one.snooze : mention?.snooze;
  return {
    id: thread.id,
    caseNumber: one?._id ?? null,
    mentionId: mention?._id ?? one?.rootMentionId ?? thread.id,
    platform: one?.platform ?? mention?.platform ?? 'manual',
    author: mention && !one?.anonymous ? authorLine(mention) : null,
    line: mention ? oneLine(mask(mention.text), 160) : '',
    confidence: one?.confidence ?? mention?.classification?.confidence ?? null,
    postedAt: one?.openedAt ?? thread.at,
    receivedAt: one?.receivedAt ?? mention?.receivedAt ?? null,
    gone: mention ? mention.deletedAt !== null : false,
    hidden: mention?.hidden ?? false,
    snoozedUntil: snooze?.until ?? null,
    ...decisionOf(thread),
  };
}

/**
 * Masked for everybody; a list and a case are read over shoulders.
 * @param owner the case that it belongs to, if any
 * @param open as it was written, for somebody who gave a reason (acts/open-data.ts)
 */
export function mentionView(
  mention: Mention,
  owner: Case | null,
  { open }: { readonly open: boolean } = { open: false },
): MentionView {
  const { classification } = mention;
  const text = open ? mention.text : mask(mention.text);
  return {
    _id: mention._id,
    platform: mention.platform,
    channelId: mention.channelId,
    text,
    masked: text !== mention.text,
    leftContact: mention.author.leftContact === true && !owner?.anonymous,
    author: owner?.anonymous
      ? { handle: null, name: null }
      : { handle: mention.author.handle, name: mention.author.name },
    url: safeUrl(mention.url),
    postedAt: mention.postedAt,
    receivedAt: mention.receivedAt,
    deletedAt: mention.deletedAt,
    hidden: mention.hidden,
    edited: mention.edits.length > 0,
    archived: mention.archived,
    photos: mention.media.flatMap(({ type }, place) => (type === 'photo' ? [place] : [])),
    otherMedia: mention.media.some(({ type }) => type !== 'photo'),
    caseId: mention.caseId,
    classification: classification && {
      ...classification,
      runnersUp: [...classification.runnersUp],
      // Words that decided are pieces of the text: masked like it.
      evidence: classification.evidence.map((one) => ({ ...one, words: open ? one.words : mask(one.words) })),
      secretReasons: [...classification.secretReasons],
      flags: [...classification.flags],
    },
  };
}

export function caseView(one: Case) {
  return {
    ...one,
    elsewhere: [...(one.elsewhere ?? [])],
    supporters: one.supporterIds.length,
    oversight: one.oversight ?? false,
  };
}

export function replyView(reply: Reply) {
  return {
    ...reply,
    platform: reply.target.platform,
    mentionId: reply.target.mentionId,
    authors: [...reply.authors],
    approvedBy: reply.approval?.by ?? null,
    receipt: reply.acknowledges !== undefined,
    sent: reply.sent && { url: safeUrl(reply.sent.url), at: reply.sent.at, by: reply.sent.by },
  };
}

export function channelView(channel: Channel, health: ChannelHealth) {
  const { budget, probe, ...rest } = channel;
  return {
    ...rest,
    quotaUsed: channel.quota?.used ?? null,
    spentMicros: budget.spentMicros,
    limitMicros: budget.limitMicros,
    tokenExpiresAt: probe?.expiresAt ?? null,
    health: { ...health, troubles: [...health.troubles], notes: [...health.notes] },
  };
}

export type ChannelView = ReturnType<typeof channelView>;
