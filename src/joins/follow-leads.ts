import { createHash } from 'node:crypto';
import type { Case } from '../domain/case.ts';
import { type CaseNumber, type ReplyId, systemUser } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import type { Reply } from '../domain/reply.ts';
import { followText } from '../draft/follow-text.ts';
import { newReply } from '../draft/new-reply.ts';
import type { Services } from '../services.ts';
import { cases, findCases, markAnswered, waitingFollowers } from '../store/cases.ts';
import { findMentions, mentions } from '../store/mentions.ts';
import {
  addDraft,
  findOpenReplyTo,
  knownReplies,
  moveReply,
  replies,
  sentRepliesOf,
} from '../store/replies.ts';
import { targetAndChannel, wasAnswered } from './drafts.ts';
import { answersCase } from './review.ts';

type Deps = Pick<Services, 'database' | 'clock' | 'connectors' | 'templates'>;

/** A case that was answered, with the answer. */
interface Answered {
  readonly lead: Case;
  readonly reply: Reply;
  /** The message that it answered. */
  readonly message: Mention;
}

/**
 * All who follow a case get the answer that it got: each one a draft of his own, with the writers of that answer as its
 * authors, so that a second person approves every single one. A citizen who has that very answer already is not answered
 * twice: his case is moved along. Safe to run again: a draft's id is made of the answer and the follower, and one that
 * people rejected does not come back.
 */
export async function followLeads(deps: Deps): Promise<void> {
  const { db } = deps.database;
  const followers = await waitingFollowers(cases(db));
  if (followers.length === 0) return;
  const leads = await findCases(cases(db), [...new Set(followers.flatMap(({ lead }) => lead ?? []))]);
  const answers = await answersTo(deps, leads);
  const targets = await findMentions(mentions(db), followers.map(newestOf));
  const messages = new Map(targets.map((mention) => [mention._id, mention]));
  const ids = followers.flatMap((one) => {
    const answer = one.lead && answers.get(one.lead);
    return answer ? [draftId(answer.reply, one)] : [];
  });
  const known = await knownReplies(replies(db), ids);
  /** Citizens of whom another message waits for the same answer. */
  const waiting = new Set<string>();
  for (const follower of followers) {
    const answer = follower.lead && answers.get(follower.lead);
    const message = messages.get(newestOf(follower));
    // Nothing of a secret matter reaches an open one, or the other way round.
    if (!answer || !message || message.deletedAt !== null || follower.secret !== answer.lead.secret) continue;
    const citizen = `${answer.lead._id} ${citizenOf(message) ?? message._id}`;
    if (isSameCitizen(message, answer.message)) await moveAlong(deps, follower, answer);
    else if (!waiting.has(citizen) && !known.has(draftId(answer.reply, follower)))
      await draftFor(deps, follower, message, answer);
    waiting.add(citizen);
  }
}

function newestOf(one: Case): Mention['_id'] {
  return one.mentionIds.at(-1) ?? one.rootMentionId;
}

/** Null where the platform does not say who wrote. */
function citizenOf({ platform, author }: Mention): string | null {
  return author.id === null ? null : `${platform} ${author.id}`;
}

function isSameCitizen(one: Mention, other: Mention): boolean {
  return citizenOf(one) !== null && citizenOf(one) === citizenOf(other);
}

function draftId(answer: Reply, follower: Case): ReplyId {
  const hash = createHash('sha256').update(`${answer._id} ${follower._id}`).digest('hex');
  return `r-ikut-${hash.slice(0, 24)}` as ReplyId;
}

/** The newest answer of each lead that is answered now. */
async function answersTo(deps: Deps, leads: readonly Case[]): Promise<ReadonlyMap<CaseNumber, Answered>> {
  const { db } = deps.database;
  const answered = leads.filter(({ state }) => state === 'dijawab' || state === 'selesai');
  const sent = (
    await sentRepliesOf(
      replies(db),
      answered.map(({ _id }) => _id),
    )
  ).filter((reply) => answersCase(deps, reply));
  const found = await findMentions(
    mentions(db),
    sent.map(({ target }) => target.mentionId),
  );
  const messages = new Map(found.map((mention) => [mention._id, mention]));
  const all = answered.flatMap((lead) => {
    const reply = sent.find(({ caseId }) => caseId === lead._id);
    const message = reply && messages.get(reply.target.mentionId);
    return reply && message ? [[lead._id, { lead, reply, message }] as const] : [];
  });
  return new Map(all);
}

async function moveAlong({ database, clock }: Deps, follower: Case, { lead }: Answered): Promise<void> {
  const answer = { by: 'tanggap', at: clock.now(), user: systemUser, note: `bersama ${lead._id}` } as const;
  await markAnswered(cases(database.db), follower._id, answer);
}

async function draftFor(
  deps: Deps,
  follower: Case,
  message: Mention,
  { lead, reply, message: answered }: Answered,
): Promise<void> {
  const { database, templates } = deps;
  const found = targetAndChannel(deps, message);
  if (!(await freePlace(deps, message, lead))) return;
  const from = { caseId: lead._id, authorName: answered.author.name, platform: lead.platform };
  const to = { caseId: follower._id, authorName: message.author.name, platform: follower.platform };
  const draft = newReply({
    id: draftId(reply, follower),
    caseId: follower._id,
    target: found.target,
    text: followText(templates, reply.text, from, to),
    templateId: reply.templateId,
    situation: `Mengikuti jawaban ${lead._id}`,
    authors: reply.authors,
    followUp: wasAnswered(follower),
    byDemoRole: reply.byDemoRole,
    now: deps.clock.now(),
  });
  await addDraft(replies(database.db), {
    ...draft,
    ...(reply.confirmation && { confirmation: reply.confirmation }),
  });
}

/** A first draft that no person has touched makes room. @returns false when somebody works on one */
async function freePlace({ database, clock }: Deps, message: Mention, lead: Case): Promise<boolean> {
  const all = replies(database.db);
  const open = await findOpenReplyTo(all, message._id);
  if (!open) return true;
  const untouched = open.state === 'draft' && open.authors.every((author) => author === systemUser);
  if (!untouched) return false;
  const reason = `Diganti draf dari jawaban ${lead._id}.`;
  const step = { seen: open, to: 'withdrawn', by: systemUser, at: clock.now(), note: reason } as const;
  return (await moveReply(all, { ...step, set: { reason } })) !== null;
}
