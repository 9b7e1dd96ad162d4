import type { ClientSession, Collection, Db, IndexDescription } from 'mongodb';
import { DAY } from '../core/clock.ts';
import { statesOfAgency } from '../domain/case.ts';
import type { AnswerLink } from '../domain/forward.ts';
import type { CaseNumber, LinkId, ReplyId } from '../domain/ids.ts';

export const answerLinkIndexes = [
  { key: { tokenHash: 1 }, name: 'token', unique: true },
  { key: { caseId: 1, createdAt: -1 }, name: 'case_newest' },
  // Reminders: who has not answered, over or not.
  { key: { answeredAt: 1, expiresAt: 1 }, name: 'unanswered' },
] satisfies IndexDescription[];

function links(db: Db): Collection<AnswerLink> {
  return db.collection<AnswerLink>('answer_links');
}

export async function addLinks(db: Db, batch: readonly AnswerLink[], session: ClientSession): Promise<void> {
  if (batch.length > 0) await links(db).insertMany([...batch], { session });
}

/** Of a case that is passed on elsewhere, or by a person's will. @returns how many were in force */
export async function revokeLinks(
  db: Db,
  caseId: CaseNumber,
  now: Date,
  session?: ClientSession,
): Promise<number> {
  const { modifiedCount } = await links(db).updateMany(
    { caseId, revokedAt: null, answeredAt: null },
    { $set: { revokedAt: now } },
    session ? { session } : {},
  );
  return modifiedCount;
}

/** One of them, for one caller only. @returns false when it was answered or revoked before */
export async function revokeLink(db: Db, id: LinkId, now: Date, session: ClientSession): Promise<boolean> {
  const { modifiedCount } = await links(db).updateOne(
    { _id: id, revokedAt: null, answeredAt: null },
    { $set: { revokedAt: now } },
    { session },
  );
  return modifiedCount === 1;
}

/** Neither revoked, nor over, nor used. */
function inForce(now: Date) {
  return { revokedAt: null, answeredAt: null, expiresAt: { $gt: now } };
}

export function findByToken(db: Db, tokenHash: string, now: Date): Promise<AnswerLink | null> {
  return links(db).findOne({ tokenHash, ...inForce(now) });
}

export function findLink(db: Db, id: LinkId): Promise<AnswerLink | null> {
  return links(db).findOne({ _id: id });
}

/** Counts a code, for one caller only. @returns the link with its new number, or null when another was faster */
export function countCode(db: Db, seen: AnswerLink, now: Date, session: ClientSession) {
  return links(db).findOneAndUpdate(
    { _id: seen._id, 'codes.sent': seen.codes.sent, ...inForce(now) },
    { $set: { codes: { sent: seen.codes.sent + 1, at: now, wrong: 0 } } },
    { returnDocument: 'after', session },
  );
}

/** A try at the code, counted before it is compared. @returns null when there were too many */
export function countTry(db: Db, seen: AnswerLink, most: number, now: Date): Promise<AnswerLink | null> {
  return links(db).findOneAndUpdate(
    { _id: seen._id, 'codes.sent': seen.codes.sent, 'codes.wrong': { $lt: most }, ...inForce(now) },
    { $inc: { 'codes.wrong': 1 } },
    { returnDocument: 'after' },
  );
}

/** The right code was given: the link counts as opened, and answers come from this window alone. */
export async function openLink(db: Db, id: LinkId, sessionHash: string, now: Date): Promise<void> {
  await links(db).updateOne({ _id: id }, [
    { $set: { sessionHash, openedAt: { $ifNull: ['$openedAt', now] } } },
  ]);
}

/** Uses the link up, for one answer only. @returns false when it is over, revoked, used, or of another window */
export async function useLink(
  db: Db,
  use: { readonly tokenHash: string; readonly sessionHash: string; readonly replyId: ReplyId | null },
  now: Date,
  session: ClientSession,
): Promise<boolean> {
  const { tokenHash, sessionHash, replyId } = use;
  const { modifiedCount } = await links(db).updateOne(
    { tokenHash, sessionHash, ...inForce(now) },
    { $set: { answeredAt: now, replyId } },
    { session },
  );
  return modifiedCount === 1;
}

/** Every link of a case, the newest first. */
export function linksOf(db: Db, caseId: CaseNumber): Promise<AnswerLink[]> {
  return links(db).find({ caseId }).sort({ createdAt: -1 }).toArray();
}

/** Every link of these cases, the newest of each first. */
export async function linksOfCases(
  db: Db,
  ids: readonly CaseNumber[],
): Promise<ReadonlyMap<CaseNumber, AnswerLink[]>> {
  const byCase = new Map<CaseNumber, AnswerLink[]>();
  if (ids.length === 0) return byCase;
  const found = links(db)
    .find({ caseId: { $in: [...ids] } })
    .sort({ createdAt: -1 });
  for await (const link of found) byCase.set(link.caseId, [...(byCase.get(link.caseId) ?? []), link]);
  return byCase;
}

/** So long after its days are over nobody is reminded of a link any more. */
const forgottenAfter = 30 * DAY;

/**
 * Links that nobody has answered, over or not, with steps of the chain left, whose case still waits for its agency; oldest
 * first. Where one of several who were asked has answered, nobody is silent.
 */
export function unansweredLinks(db: Db, steps: number, now: Date, limit: number): Promise<AnswerLink[]> {
  const silent = { answeredAt: null, expiresAt: { $gt: new Date(now.getTime() - forgottenAfter) } };
  const answeredSince = [
    { $match: { answeredAt: { $ne: null }, $expr: { $gte: ['$answeredAt', '$$asked'] } } },
    { $limit: 1 },
    { $project: { _id: 1 } },
  ];
  return links(db)
    .aggregate<AnswerLink>([
      { $match: { ...silent, revokedAt: null, steps: { $lt: steps } } },
      { $lookup: { from: 'cases', localField: 'caseId', foreignField: '_id', as: 'waiting' } },
      { $match: { 'waiting.state': { $in: [...statesOfAgency] } } },
      {
        $lookup: {
          ...{ from: 'answer_links', localField: 'caseId', foreignField: 'caseId', as: 'answered' },
          ...{ let: { asked: '$createdAt' }, pipeline: answeredSince },
        },
      },
      { $match: { answered: { $size: 0 } } },
      { $sort: { createdAt: 1 } },
      { $limit: limit },
      { $project: { waiting: 0, answered: 0 } },
    ])
    .toArray();
}

/** One escalation step further, for one caller only. */
export async function takeStep(db: Db, seen: AnswerLink, session: ClientSession): Promise<boolean> {
  const { modifiedCount } = await links(db).updateOne(
    { _id: seen._id, steps: seen.steps, answeredAt: null, revokedAt: null },
    { $inc: { steps: 1 } },
    { session },
  );
  return modifiedCount === 1;
}
