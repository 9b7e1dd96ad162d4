import type { ClientSession, Collection, Db, Filter, IndexDescription } from 'mongodb';
import { MongoServerError } from 'mongodb';
import type { CaseNumber, ChannelId, MentionId, ReplyId, UserId } from '../domain/ids.ts';
import {
  deliveryStates,
  openReplyStates,
  type Reply,
  type ReplyState,
  type SendReport,
} from '../domain/reply.ts';
import { mayMove, type ReplyMove } from '../domain/reply-move.ts';
import { insertNew } from './insert-new.ts';

export type Replies = Collection<Reply>;

export const replyIndexes = [
  // Never two open replies to one message. `open` is true in openReplyStates.
  {
    key: { 'target.mentionId': 1 },
    name: 'one_open_reply_per_target',
    unique: true,
    partialFilterExpression: { open: true },
  },
  // One receipt a case, whoever makes it and however often.
  {
    key: { acknowledges: 1 },
    name: 'one_acknowledgement_per_case',
    unique: true,
    partialFilterExpression: { acknowledges: { $type: 'string' } },
  },
  // Everything written to a message, newest first: is it answered already?
  { key: { 'target.mentionId': 1, createdAt: -1 }, name: 'target_newest' },
  // Our own post, found on the platform: which reply is it? Some platforms hang it under the thread's top.
  { key: { 'target.threadNativeId': 1 }, name: 'thread' },
  {
    key: { 'sent.nativeId': 1 },
    name: 'sent_as',
    partialFilterExpression: { 'sent.nativeId': { $type: 'string' } },
  },
  // The case's page.
  { key: { caseId: 1, createdAt: -1 }, name: 'case_newest' },
  // Queues of people: by state, oldest change first.
  { key: { state: 1, updatedAt: 1, _id: 1 }, name: 'state_oldest_change' },
  // Mode latihan: what an approver sent back with a reason, few of all.
  {
    key: { updatedAt: -1, _id: -1 },
    name: 'sent_back_newest',
    partialFilterExpression: { 'history.to': { $in: ['changes_requested', 'rejected'] } },
  },
  // Sweepers: released and due, unclear and due for a look, in flight past the deadline.
  { key: { notBefore: 1 }, name: 'released_due', partialFilterExpression: { state: 'released' } },
  { key: { lookAt: 1 }, name: 'look_due', partialFilterExpression: { state: 'unknown' } },
  { key: { 'attempt.deadline': 1 }, name: 'sending_deadline', partialFilterExpression: { state: 'sending' } },
] satisfies IndexDescription[];

export function replies(db: Db): Replies {
  return db.collection<Reply>('replies');
}

/** The cases of submitted replies, the longest waiting first, at most `limit`. */
export async function casesWaitingForApproval(db: Db, limit: number): Promise<CaseNumber[]> {
  const submitted = await replies(db)
    .find({ state: 'submitted' })
    .sort({ updatedAt: 1, _id: 1 })
    .project<Pick<Reply, 'caseId'>>({ caseId: 1 })
    .limit(limit)
    .toArray();
  return submitted.map((reply) => reply.caseId);
}

/** Whether it holds its message. A receipt never does. */
function isOpen(state: ReplyState, { acknowledges }: Pick<Reply, 'acknowledges'>): boolean {
  return acknowledges === undefined && (openReplyStates as readonly ReplyState[]).includes(state);
}

const duplicateKey = 11_000;

/**
 * Stores a new draft, version 1.
 * @returns false when the message has an open reply already (or this very draft was stored before)
 */
export async function addDraft(
  replies: Replies,
  draft: Omit<Reply, 'open' | 'version'>,
  session?: ClientSession,
): Promise<boolean> {
  try {
    await replies.insertOne(asNew(draft), session ? { session } : {});
    return true;
  } catch (error) {
    // Within a transaction the error has ended it: its caller must know.
    if (!session && error instanceof MongoServerError && error.code === duplicateKey) return false;
    throw error;
  }
}

/** Stores new drafts as {@link addDraft} does, in one call. A message with an open reply keeps that. */
export async function addDrafts(
  replies: Replies,
  drafts: readonly Omit<Reply, 'open' | 'version'>[],
): Promise<void> {
  await insertNew(
    replies,
    drafts.map((draft) => asNew(draft)),
  );
}

/**
 * Stores receipts that are on their way at once: the one thing that is released without a decision of its own.
 * @throws {Error} for anything that is no receipt, or that two persons did not approve
 */
export async function addAcknowledgements(
  replies: Replies,
  receipts: readonly Omit<Reply, 'open' | 'version'>[],
): Promise<void> {
  if (receipts.some((one) => one.acknowledges !== one.caseId || one.approval === null))
    throw new Error('only an approved receipt of its own case may be released at once');
  await insertNew(
    replies,
    receipts.map((receipt) => asNew(receipt)),
  );
}

function asNew(draft: Omit<Reply, 'open' | 'version'>): Reply {
  return { ...draft, open: isOpen(draft.state, draft), version: 1 };
}

/**
 * One step, when the reply is still as it was seen. Two rules stand in the filter itself, whoever calls: nobody approves
 * what he wrote (but an author may take a release back, which leaves the approval as it is), and only an approved text is
 * released.
 * @returns null when it changed meanwhile, or a rule forbids it
 */
export function moveReply(replies: Replies, move: ReplyMove, session?: ClientSession): Promise<Reply | null> {
  const { seen, to, by, at, note, set } = move;
  if (!mayMove(seen.state, to)) throw new Error(`A reply cannot go from ${seen.state} to ${to}`);
  if (to === 'sending') throw new Error('A reply is only claimed by claimForSending');
  const isUndo = seen.state === 'released' && to === 'approved';
  if (isUndo && set.approval !== undefined) throw new Error('Taking a release back keeps its approval');
  const filter: Filter<Reply> = {
    _id: seen._id,
    version: seen.version,
    state: seen.state,
    ...(to === 'approved' && !isUndo && { authors: { $ne: by } }),
    ...(to === 'released' && { 'approval.hash': { $type: 'string' } }),
  };
  return replies.findOneAndUpdate(
    filter,
    {
      $set: { ...set, state: to, open: isOpen(to, seen), updatedAt: at },
      $inc: { version: 1 },
      $push: { history: { at, by, from: seen.state, to, note } },
    },
    { returnDocument: 'after', ...(session && { session }) },
  );
}

export function findReply(replies: Replies, id: ReplyId): Promise<Reply | null> {
  return replies.findOne({ _id: id });
}

/** The reply that holds the message now, if any. */
export function findOpenReplyTo(replies: Replies, mentionId: MentionId): Promise<Reply | null> {
  return replies.findOne({ 'target.mentionId': mentionId, open: true });
}

/** Which of these messages are held by a reply now. */
export async function mentionsWithOpenReply(
  replies: Replies,
  ids: readonly MentionId[],
): Promise<ReadonlySet<MentionId>> {
  if (ids.length === 0) return new Set();
  const held = await replies.distinct('target.mentionId', {
    'target.mentionId': { $in: [...ids] },
    open: true,
  });
  return new Set(held as MentionId[]);
}

/** Every reply to the message, or in its thread on the platform, in any state. */
export function repliesAround(
  replies: Replies,
  target: { readonly mentionId: MentionId; readonly threadNativeId: string },
): Promise<Reply[]> {
  const { mentionId, threadNativeId } = target;
  return replies
    .find({ $or: [{ 'target.mentionId': mentionId }, { 'target.threadNativeId': threadNativeId }] })
    .toArray();
}

/** How many replies are in each state. */
export async function countReplies(replies: Replies): Promise<Partial<Record<ReplyState, number>>> {
  const rows = await replies
    .aggregate<{ _id: ReplyState; n: number }>([{ $group: { _id: '$state', n: { $sum: 1 } } }])
    .toArray();
  return Object.fromEntries(rows.map((row) => [row._id, row.n]));
}

/** When the next released reply may leave; null when none waits. */
export async function nextRelease(replies: Replies, besides: readonly ReplyId[]): Promise<Date | null> {
  const [next] = await replies
    .find({ state: 'released', _id: { $nin: [...besides] } })
    .sort({ notBefore: 1 })
    .limit(1)
    .toArray();
  return next?.notBefore ?? null;
}

/** The reply that stands on the platform under this id. */
export function findSentAs(replies: Replies, nativeId: string): Promise<Reply | null> {
  return replies.findOne({ 'sent.nativeId': nativeId });
}

/** How far a sent reply got. Reports come in any order: it only moves forward. No new version: no person's step. */
export async function noteDelivery(
  replies: Replies,
  id: ReplyId,
  { state, at }: Pick<SendReport, 'state' | 'at'>,
): Promise<void> {
  const before = deliveryStates.slice(0, deliveryStates.indexOf(state));
  await replies.updateOne(
    {
      _id: id,
      'sent.at': { $type: 'date' },
      $or: [{ delivery: { $exists: false } }, { 'delivery.state': { $in: [...before] } }],
    },
    { $set: { delivery: { state, at } } },
  );
}

/** The citizen wrote again in this conversation: what is open for it may be answered with free text until then. */
export async function extendReplyWindow(
  replies: Replies,
  of: { readonly channelId: ChannelId; readonly threadNativeId: string },
  until: Date,
): Promise<void> {
  await replies.updateMany(
    { 'target.threadNativeId': of.threadNativeId, 'target.channelId': of.channelId, open: true },
    { $max: { 'target.replyUntil': until } },
  );
}

/** States in which the text is still being written. */
const beingWritten: readonly ReplyState[] = ['draft', 'changes_requested', 'submitted'];

/** These people had a hand in it, so none of them may approve it. @returns null when it is approved or over already */
export function addAuthors(replies: Replies, id: ReplyId, authors: readonly UserId[]): Promise<Reply | null> {
  return replies.findOneAndUpdate(
    { _id: id, state: { $in: [...beingWritten] } },
    { $addToSet: { authors: { $each: [...authors] } }, $inc: { version: 1 } },
    { returnDocument: 'after' },
  );
}

/** The replies to the citizens of these cases that were sent, the newest first. */
export function sentRepliesOf(replies: Replies, cases: readonly CaseNumber[]): Promise<Reply[]> {
  return replies
    .find({ caseId: { $in: [...cases] }, state: 'sent' })
    .sort({ createdAt: -1 })
    .toArray();
}

/** Those of these replies that were stored once, in whatever state they are now. */
export async function knownReplies(replies: Replies, ids: readonly ReplyId[]): Promise<Set<ReplyId>> {
  const found = await replies
    .find({ _id: { $in: [...ids] } })
    .project<Pick<Reply, '_id'>>({ _id: 1 })
    .toArray();
  return new Set(found.map(({ _id }) => _id));
}

/** What was sent to the citizen of a case, oldest first. */
export async function sentAnswersOf(
  db: Db,
  caseId: CaseNumber,
): Promise<{ readonly text: string; readonly at: Date }[]> {
  const sent = await replies(db).find({ caseId, state: 'sent' }).sort({ createdAt: 1 }).toArray();
  return sent.flatMap((reply) => (reply.sent ? [{ text: reply.text, at: reply.sent.at }] : []));
}
