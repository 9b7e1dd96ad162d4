import type { ClientSession, Collection, Db } from 'mongodb';
import { clockOf } from '../cases/due-at.ts';
import { lateFrom } from '../cases/late-from.ts';
import type { CaseMove, MovedFields } from '../cases/moves.ts';
import type { Case, CaseEvent, CaseNote, CaseState } from '../domain/case.ts';
import { type Classification, type Flag, type Urgency, urgencies } from '../domain/classification.ts';
import { type CaseNumber, type MentionId, systemUser, type UserId } from '../domain/ids.ts';

export type Cases = Collection<Case>;

/** What lateness depends on. */
type WithLateness = 'dueAt' | 'answeredAt' | 'closedAt';

export function cases(db: Db): Cases {
  return db.collection<Case>('cases');
}

export function findCase(cases: Cases, id: CaseNumber, session?: ClientSession): Promise<Case | null> {
  return cases.findOne({ _id: id }, session ? { session } : {});
}

/** The case that a citizen's message belongs to. */
export function findCaseOf(cases: Cases, mentionId: MentionId): Promise<Case | null> {
  return cases.findOne({ mentionIds: mentionId });
}

/** Those cases among them that were opened by one of these messages. */
export function casesOpenedBy(cases: Cases, messages: readonly MentionId[]): Promise<Case[]> {
  return cases.find({ rootMentionId: { $in: [...messages] } }).toArray();
}

function bySystem(at: Date, what: string): CaseEvent {
  return { at, by: systemUser, what, from: null, to: null, note: null };
}

/** What a further message of the citizen says of his case. */
interface FollowUp {
  readonly tokens: readonly string[];
  readonly flags: readonly Flag[];
  readonly urgency: Urgency;
}

const saysNothing: FollowUp = { tokens: [], flags: [], urgency: 'rendah' };

/** Who asks again waits too long: that is as urgent as what is said to be. */
function urgencyWith({ flags, urgency }: FollowUp): Urgency {
  return flags.includes('ditagih') && urgency !== 'darurat' ? 'tinggi' : urgency;
}

/**
 * Joins a further message of the same citizen, with its words for the search and its flags. It can raise the priority of
 * its case ("ditagih warga"), never lower it.
 * @returns false when it was there already
 */
export async function addFollowUp(
  cases: Cases,
  id: CaseNumber,
  mentionId: MentionId,
  at: Date,
  said: FollowUp = saysNothing,
): Promise<boolean> {
  const isNew = { _id: id, mentionIds: { $ne: mentionId } };
  const changes = (what: string) => ({
    $push: { mentionIds: mentionId, history: bySystem(at, what) },
    $addToSet: { tokens: { $each: [...said.tokens] }, flags: { $each: [...said.flags] } },
    $unset: { rawMasked: '' as const },
    $inc: { version: 1 },
  });
  const urgency = urgencyWith(said);
  const lower = urgencies.slice(0, urgencies.indexOf(urgency));
  const what = said.flags.includes('ditagih') ? 'ditagih warga, prioritas naik' : 'prioritas naik';
  const raised = await cases.updateOne(
    { ...isNew, urgency: { $in: lower } },
    { ...changes(`pesan lanjutan (${what})`), $set: { urgency } },
  );
  if (raised.modifiedCount === 1) return true;
  const joined = await cases.updateOne(isNew, changes('pesan lanjutan'));
  return joined.modifiedCount === 1;
}

/** Notes a message that backs the case ("di tempatku juga"). @returns false when it was there already */
export async function addSupporter(cases: Cases, id: CaseNumber, mentionId: MentionId): Promise<boolean> {
  const result = await cases.updateOne(
    { _id: id, supporterIds: { $ne: mentionId } },
    { $push: { supporterIds: mentionId }, $unset: { rawMasked: '' }, $inc: { version: 1 } },
  );
  return result.modifiedCount === 1;
}

/**
 * Writes a move that `moveCase` worked out, with the clock that holds after it.
 * @returns the case after it, or null when it is no longer as it was seen
 */
export function applyMove(
  cases: Cases,
  seen: Pick<Case, '_id' | 'version' | 'state'>,
  move: CaseMove,
  after: MovedFields & Pick<Case, 'dueAt'>,
  session?: ClientSession,
): Promise<Case | null> {
  const event: CaseEvent = {
    at: move.at,
    by: move.by,
    what: move.verb,
    from: seen.state,
    to: after.state,
    note: move.note,
  };
  return cases.findOneAndUpdate(
    { _id: seen._id, version: seen.version, state: seen.state },
    {
      $set: { ...after, lateFrom: lateFrom(after) },
      $unset: { 'feedback.reopen': '' },
      $push: { history: event },
      $inc: { version: 1 },
    },
    { returnDocument: 'after', ...(session && { session }) },
  );
}

/**
 * Sets fields with a line in the history, when the case is still as it was seen.
 * @returns the case after it, or null when it is no longer so
 */
export function changeCase(
  cases: Cases,
  seen: Pick<Case, '_id' | 'version' | WithLateness>,
  set: Partial<Omit<Case, '_id' | 'version' | 'history' | 'lateFrom'>>,
  event: CaseEvent,
  session: ClientSession,
): Promise<Case | null> {
  return cases.findOneAndUpdate(
    { _id: seen._id, version: seen.version },
    {
      $set: { ...set, lateFrom: lateFrom({ ...seen, ...set }) },
      $push: { history: event },
      $inc: { version: 1 },
    },
    { returnDocument: 'after', session },
  );
}

/** States that an answer ends. An answer on a finished case changes nothing but the history. */
const answerable: readonly CaseState[] = [
  'baru',
  'terverifikasi',
  'disposisi',
  'proses',
  'tertunda',
  'dibuka_kembali',
];

/**
 * The citizen was answered, through Tanggap or by hand outside of it (`luar`).
 * @returns false when the case was answered or finished already
 */
export async function markAnswered(
  cases: Cases,
  id: CaseNumber,
  answer: {
    readonly by: 'tanggap' | 'luar';
    readonly at: Date;
    readonly user: UserId;
    readonly note: string | null;
  },
  session?: ClientSession,
): Promise<boolean> {
  const options = session ? { session } : {};
  // Read and written by version, because the history names the state before; another writer in between means again.
  for (;;) {
    const seen = await cases.findOne({ _id: id, state: { $in: [...answerable] } }, options);
    if (!seen) return false;
    const event: CaseEvent = {
      at: answer.at,
      by: answer.user,
      what: answer.by === 'luar' ? 'jawab (di luar Tanggap)' : 'jawab',
      from: seen.state,
      to: 'dijawab',
      note: answer.note,
    };
    const result = await cases.updateOne(
      { _id: id, version: seen.version },
      {
        $set: {
          state: 'dijawab',
          answeredAt: answer.at,
          answeredBy: answer.by,
          pausedAt: null,
          lateFrom: lateFrom({ ...seen, answeredAt: answer.at }),
        },
        $push: { history: event },
        $inc: { version: 1 },
      },
      options,
    );
    if (result.modifiedCount === 1) return true;
  }
}

/**
 * Takes the case for oneself. Nobody takes it from somebody else, and of two at once one wins.
 * @returns null when another person has it, or it changed since `version`
 */
export function claimCase(
  cases: Cases,
  id: CaseNumber,
  user: UserId,
  version: number,
  session?: ClientSession,
): Promise<Case | null> {
  return cases.findOneAndUpdate(
    { _id: id, version, assignee: { $in: [null, user] } },
    { $set: { assignee: user }, $inc: { version: 1 } },
    { returnDocument: 'after', ...(session && { session }) },
  );
}

/** Sets which clock holds. @returns null when the case is no longer as it was seen */
export function setOversight(
  cases: Cases,
  seen: Pick<Case, '_id' | 'version' | WithLateness>,
  change: { readonly oversight: boolean; readonly dueAt: Date | null },
  event: Pick<CaseEvent, 'at' | 'by' | 'what' | 'note'>,
  session: ClientSession,
): Promise<Case | null> {
  return cases.findOneAndUpdate(
    { _id: seen._id, version: seen.version },
    {
      $set: { ...change, lateFrom: lateFrom({ ...seen, ...change }) },
      $push: { history: { ...event, from: null, to: null } },
      $inc: { version: 1 },
    },
    { returnDocument: 'after', session },
  );
}

/** Adds a remark for colleagues. @returns false when there is no such case */
export async function addNote(
  cases: Cases,
  id: CaseNumber,
  note: CaseNote,
  session?: ClientSession,
): Promise<boolean> {
  const result = await cases.updateOne(
    { _id: id },
    { $push: { notes: note }, $inc: { version: 1 } },
    session ? { session } : {},
  );
  return result.matchedCount === 1;
}

/**
 * Moves a case for the product itself (a citizen's further message opens it again), whatever others write meanwhile.
 * @param step the pure move, `stepCase` with its clocks; its RefusedError passes through
 * @returns null when there is no such case
 */
export async function moveBySystem(
  cases: Cases,
  id: CaseNumber,
  move: CaseMove,
  step: (seen: Case, move: CaseMove) => MovedFields & Pick<Case, 'dueAt'>,
): Promise<Case | null> {
  for (;;) {
    const seen = await cases.findOne({ _id: id });
    if (!seen) return null;
    const moved = await applyMove(cases, seen, move, step(seen, move));
    if (moved) return moved;
  }
}

/** Emergencies since then that nobody has taken up. */
export async function newEmergencies(cases: Cases, since: Date): Promise<CaseNumber[]> {
  const found = await cases
    .find({ state: 'baru', openedAt: { $gte: since }, urgency: 'darurat' })
    .project<Pick<Case, '_id'>>({ _id: 1 })
    .toArray();
  return found.map(({ _id }) => _id);
}

/**
 * Every case that follows another one's answer and was not answered itself, the oldest first. They are few: people link
 * by hand.
 */
export function waitingFollowers(cases: Cases): Promise<Case[]> {
  return cases
    .find({ lead: { $type: 'string' }, state: { $in: [...answerable] } })
    .sort({ openedAt: 1, _id: 1 })
    .toArray();
}

/** The cases with these numbers, in no order. */
export function findCases(cases: Cases, ids: readonly CaseNumber[]): Promise<Case[]> {
  return ids.length === 0 ? Promise.resolve([]) : cases.find({ _id: { $in: [...ids] } }).toArray();
}

/**
 * The citizen edited the message that opened the case. What the classifier now says is taken over while no person has
 * decided anything (state baru); that a matter became secret is taken over always.
 */
export async function followEdit(
  cases: Cases,
  rootMentionId: MentionId,
  said: Pick<
    Classification,
    'subject' | 'agency' | 'companion' | 'authority' | 'place' | 'urgency' | 'secret'
  > &
    Pick<Classification, 'confidence' | 'flags'>,
  tokens: readonly string[],
): Promise<void> {
  const { subject, agency, companion, authority, place, urgency, confidence } = said;
  await cases.updateOne(
    { rootMentionId, state: 'baru', assignee: null },
    { $set: { subject, agency, companion, authority, place, urgency, confidence }, $inc: { version: 1 } },
  );
  // What is searched and marked follows the text, whatever people decided.
  await cases.updateOne(
    { rootMentionId },
    { $addToSet: { tokens: { $each: [...tokens] }, flags: { $each: [...said.flags] } } },
  );
  if (said.secret)
    await cases.updateOne({ rootMentionId, secret: false }, { $set: { secret: true }, $inc: { version: 1 } });
}

/**
 * Somebody answered by hand on the platform. An answer from before the case was opened again does not count once more.
 * Safe to call again.
 */
export async function markAnsweredOutside(
  cases: Cases,
  id: CaseNumber,
  answer: { readonly postedAt: Date; readonly url: string | null },
): Promise<boolean> {
  const seen = await cases.findOne({ _id: id });
  if (!seen || answer.postedAt < clockOf(seen.history, seen.openedAt).from) return false;
  return markAnswered(cases, id, { by: 'luar', at: answer.postedAt, user: systemUser, note: answer.url });
}

/** Migration: cases that are older than the mark of lateness, worked out as lateFrom (cases/late-from.ts) does. */
export async function markLateness(db: Db): Promise<void> {
  const endedAt = { $ifNull: ['$answeredAt', '$closedAt'] };
  const inTime = { $and: [{ $gt: [endedAt, null] }, { $lte: [endedAt, '$dueAt'] }] };
  await cases(db).updateMany({ lateFrom: { $exists: false } }, [
    { $set: { lateFrom: { $cond: [inTime, null, { $ifNull: ['$dueAt', null] }] } } },
  ]);
}
