import type { AnyBulkWriteOperation, ClientSession, Collection, Db, Filter, IndexDescription } from 'mongodb';
import type { Snooze } from '../domain/case.ts';
import type { Classification } from '../domain/classification.ts';
import type { CaseNumber, ChannelId, MentionId, PlatformId } from '../domain/ids.ts';
import { classifyWithinMs, type Mention } from '../domain/mention.ts';
import { insertNew } from './insert-new.ts';

export type Mentions = Collection<Mention>;

/** The inbox lists messages without a case; partial, so that the others, and those not yet classified, cost nothing. */
const withoutCase = { caseId: null };

export const mentionIndexes = [
  // The sweeper: work that is overdue.
  {
    key: { 'work.dueAt': 1 },
    name: 'overdue_work',
    partialFilterExpression: { 'work.stage': 'classify' },
  },
  // Lists, newest first; per channel for the count check.
  { key: { postedAt: -1, _id: -1 }, name: 'newest' },
  { key: { channelId: 1, postedAt: -1 }, name: 'channel_newest' },
  { key: { 'classification.agency': 1, postedAt: -1 }, name: 'agency_newest' },
  // Messages without a case: "Perlu dicek", praise, spam.
  {
    key: { 'classification.decided': 1, 'classification.kind': 1, postedAt: -1 },
    name: 'decided_kind_newest',
  },
  // A citizen's earlier messages: follow-ups, the same text sent again.
  { key: { platform: 1, 'author.id': 1, postedAt: -1 }, name: 'author_newest' },
  // Search: all words, newest first (a text index cannot sort).
  { key: { tokens: 1, postedAt: -1, _id: -1 }, name: 'words_then_newest' },
  // The inbox's messages without a case; the messages of a case.
  { key: { caseId: 1, 'classification.decided': 1, postedAt: -1, _id: -1 }, name: 'case_decided_newest' },
  // "Sejak Anda terakhir masuk".
  { key: { receivedAt: -1 }, name: 'latest_seen' },
  { key: { 'snooze.until': 1 }, name: 'snoozed', sparse: true },
  {
    key: { 'classification.agency': 1, postedAt: -1, _id: -1 },
    name: 'caseless_agency',
    partialFilterExpression: { ...withoutCase, 'classification.agency': { $gt: '' } },
  },
  {
    key: { 'classification.companion': 1, postedAt: -1, _id: -1 },
    name: 'caseless_companion',
    partialFilterExpression: { ...withoutCase, 'classification.companion': { $gt: '' } },
  },
  {
    key: { 'classification.subject': 1, postedAt: -1, _id: -1 },
    name: 'caseless_subject',
    partialFilterExpression: { ...withoutCase, 'classification.subject': { $gt: '' } },
  },
  // What is rare would be looked for through everything.
  {
    key: { 'classification.urgency': 1, postedAt: -1, _id: -1 },
    name: 'caseless_emergency',
    partialFilterExpression: { ...withoutCase, 'classification.urgency': 'darurat' },
  },
  {
    key: { 'classification.secret': 1, postedAt: -1, _id: -1 },
    name: 'caseless_secret',
    partialFilterExpression: { ...withoutCase, 'classification.secret': true },
  },
  {
    key: { archived: 1, postedAt: -1, _id: -1 },
    name: 'archive',
    partialFilterExpression: { archived: true },
  },
] satisfies IndexDescription[];

export function mentions(db: Db): Mentions {
  return db.collection<Mention>('mentions');
}

/** After so many tries a mention goes to quarantine instead of round the loop again. */
const maxTries = 5;

export interface Stored {
  /** Stored for the first time. */
  readonly added: readonly MentionId[];
  /** Stored before; text or visibility changed since. */
  readonly changed: readonly MentionId[];
}

/**
 * Stores found posts once each. A post that is there already is compared: a higher version, or another text where the
 * platform numbers none, becomes an edit and asks for a new classification. Safe to run twice and side by side.
 */
export async function storeMentions(
  mentions: Mentions,
  found: readonly Mention[],
  now: Date,
): Promise<Stored> {
  const refused = await insertNew(mentions, found);
  const added = found.flatMap((mention, at) => (refused.has(at) ? [] : mention._id));
  const seenBefore = found.filter((_, at) => refused.has(at));
  return { added, changed: await storeChanges(mentions, seenBefore, now) };
}

function fromPlatform(mention: Mention): Partial<Mention> {
  const { reach, channelId, author, url, postedAt, parentId, threadNativeId, quoted, ownPost, media, raw } =
    mention;
  return { reach, channelId, author, url, postedAt, parentId, threadNativeId, quoted, ownPost, media, raw };
}

async function storeChanges(
  mentions: Mentions,
  found: readonly Mention[],
  now: Date,
): Promise<readonly MentionId[]> {
  if (found.length === 0) return [];
  const known = await mentions
    .find({ _id: { $in: found.map((mention) => mention._id) } })
    .project<
      Pick<Mention, '_id' | 'text' | 'version' | 'hidden' | 'deletedAt' | 'revision' | 'archived' | 'reach'>
    >({
      reach: 1,
      text: 1,
      version: 1,
      hidden: 1,
      deletedAt: 1,
      revision: 1,
      archived: 1,
    })
    .toArray();
  const byId = new Map(known.map((mention) => [mention._id, mention]));
  const changes: AnyBulkWriteOperation<Mention>[] = [];
  const changed: MentionId[] = [];
  for (const mention of found) {
    const old = byId.get(mention._id);
    if (!old || mention.version < old.version) continue;
    // Somebody had written it down by hand: what the platform says takes its place, or it could not be answered there.
    const takesOver = old.reach === 'import' && mention.reach !== 'import';
    const same = mention.text === old.text && mention.hidden === old.hidden && old.deletedAt === null;
    if (same && !takesOver) continue;
    changed.push(mention._id);
    const isEdit = mention.text !== old.text;
    const again = isEdit && !old.archived;
    changes.push({
      updateOne: {
        // A slower writer that saw an older revision changes nothing.
        filter: { _id: mention._id, revision: old.revision },
        update: {
          $set: {
            text: mention.text,
            tokens: mention.tokens,
            version: mention.version,
            latestNativeId: mention.latestNativeId,
            hidden: mention.hidden,
            deletedAt: null,
            ...(takesOver && fromPlatform(mention)),
            ...(again && {
              work: { stage: 'classify', dueAt: new Date(now.getTime() + classifyWithinMs), tries: 0 },
            }),
          },
          $inc: { revision: 1 },
          ...(isEdit && { $push: { edits: { text: old.text, version: old.version, replacedAt: now } } }),
        },
      },
    });
  }
  if (changes.length > 0) await mentions.bulkWrite(changes, { ordered: false });
  return changed;
}

/** The citizens took these messages back. @returns those that stood there until now */
export async function markDeleted(
  mentions: Mentions,
  ids: readonly MentionId[],
  now: Date,
): Promise<readonly MentionId[]> {
  const gone: MentionId[] = [];
  for (const id of ids) {
    const { modifiedCount } = await mentions.updateOne(
      { _id: id, deletedAt: null },
      { $set: { deletedAt: now }, $inc: { revision: 1 } },
    );
    if (modifiedCount === 1) gone.push(id);
  }
  return gone;
}

/** We hid it on its platform, or showed it again. */
export async function markHidden(mentions: Mentions, id: MentionId, hidden: boolean): Promise<void> {
  await mentions.updateOne({ _id: id, hidden: !hidden }, { $set: { hidden }, $inc: { revision: 1 } });
}

/** Those of the ids that still wait for a classification. */
export function waitingForClassification(mentions: Mentions, ids: readonly MentionId[]): Promise<Mention[]> {
  return mentions
    .find({ _id: { $in: [...ids] }, 'work.stage': 'classify' })
    .sort({ postedAt: 1, _id: 1 })
    .toArray();
}

export function findMention(mentions: Mentions, id: MentionId): Promise<Mention | null> {
  return mentions.findOne({ _id: id });
}

export function findMentions(mentions: Mentions, ids: readonly MentionId[]): Promise<Mention[]> {
  return mentions.find({ _id: { $in: [...ids] } }).toArray();
}

export interface Classified {
  readonly _id: MentionId;
  /** The revision that was classified; a newer one keeps its open work. */
  readonly revision: number;
  readonly classification: Classification;
  readonly caseId: CaseNumber | null;
}

/** Ends the work on these mentions. One that was edited meanwhile stays open; what a person decided meanwhile stays. */
export async function settleClassifications(mentions: Mentions, batch: readonly Classified[]): Promise<void> {
  if (batch.length === 0) return;
  await mentions.bulkWrite(
    batch.map(({ _id, revision, classification, caseId }) => ({
      updateOne: {
        filter: { _id, revision, 'work.stage': 'classify' as const },
        update: {
          $set: { classification, caseId, 'work.stage': 'done' as const, 'work.dueAt': null },
          $unset: { 'work.opens': '' as const },
        },
      },
    })),
    { ordered: false },
  );
}

/**
 * Takes mentions whose work is overdue and moves their due time on, so that a second sweeper takes others.
 * @returns ids to queue again, and ids that were tried too often and are now quarantined
 */
export async function takeOverdue(
  mentions: Mentions,
  now: Date,
  limit: number,
): Promise<{ again: readonly MentionId[]; givenUp: readonly MentionId[] }> {
  const overdue = await mentions
    .find({ 'work.stage': 'classify', 'work.dueAt': { $lt: now } })
    .sort({ 'work.dueAt': 1 })
    .limit(limit)
    .project<Pick<Mention, '_id' | 'work'>>({ work: 1 })
    .toArray();
  const again = overdue.filter((mention) => mention.work.tries < maxTries).map((mention) => mention._id);
  const givenUp = overdue.filter((mention) => mention.work.tries >= maxTries).map((mention) => mention._id);
  if (again.length > 0) {
    await mentions.updateMany(
      { _id: { $in: again }, 'work.stage': 'classify' },
      { $set: { 'work.dueAt': new Date(now.getTime() + classifyWithinMs) }, $inc: { 'work.tries': 1 } },
    );
  }
  if (givenUp.length > 0) {
    await mentions.updateMany(
      { _id: { $in: givenUp }, 'work.stage': 'classify' },
      { $set: { 'work.stage': 'quarantined', 'work.dueAt': null } },
    );
  }
  return { again, givenUp };
}

export interface MentionFilter {
  readonly channelId?: ChannelId | undefined;
  readonly platform?: PlatformId | undefined;
  readonly agency?: string | undefined;
  /** `perlu-dicek`: undecided · `bukan-aduan`, `apresiasi`: decided, without a case · `quarantined`. */
  readonly view?: 'perlu-dicek' | 'bukan-aduan' | 'apresiasi' | 'quarantined' | undefined;
  /** All of these normalised words. */
  readonly words?: readonly string[] | undefined;
  /** False leaves out what is classified as secret, and what is not classified: nobody knows yet. */
  readonly withSecret: boolean;
}

function viewQuery(view: MentionFilter['view']): Filter<Mention> {
  switch (view) {
    case 'perlu-dicek':
      return { 'classification.decided': false, archived: false };
    case 'bukan-aduan':
      return { 'classification.decided': true, 'classification.kind': 'bukan_aduan' };
    case 'apresiasi':
      return { 'classification.decided': true, 'classification.kind': 'apresiasi' };
    case 'quarantined':
      return { 'work.stage': 'quarantined' };
    default:
      return {};
  }
}

function toQuery(filter: MentionFilter): Filter<Mention> {
  return {
    ...(filter.channelId && { channelId: filter.channelId }),
    ...(filter.platform && { platform: filter.platform }),
    ...(filter.agency && { 'classification.agency': filter.agency }),
    ...(filter.words && filter.words.length > 0 && { tokens: { $all: [...filter.words] } }),
    ...(!filter.withSecret && { 'classification.secret': false }),
    ...viewQuery(filter.view),
  };
}

/** Place in a list: the last row's sort keys. */
export interface ListCursor {
  readonly postedAt: Date;
  readonly id: MentionId;
}

/** Newest first. */
export function listMentions(
  mentions: Mentions,
  filter: MentionFilter,
  page: { readonly limit: number; readonly after?: ListCursor | undefined },
): Promise<Mention[]> {
  const { after } = page;
  const from = after && {
    $or: [{ postedAt: { $lt: after.postedAt } }, { postedAt: after.postedAt, _id: { $lt: after.id } }],
  };
  return mentions
    .find({ ...toQuery(filter), ...from })
    .sort({ postedAt: -1, _id: -1 })
    .limit(page.limit)
    .toArray();
}

/** Totals for the summary of a run. */
export async function mentionTotals(mentions: Mentions): Promise<{
  stored: number;
  byPlatform: Record<string, number>;
  byAgency: Record<string, number>;
  needsReview: number;
}> {
  const count = async (field: string) => {
    const rows = await mentions
      .aggregate<{ _id: string | null; n: number }>([
        { $group: { _id: field, n: { $sum: 1 } } },
        { $sort: { n: -1, _id: 1 } },
      ])
      .toArray();
    return Object.fromEntries(rows.filter((row) => row._id !== null).map((row) => [row._id, row.n]));
  };
  return {
    stored: await mentions.countDocuments({}),
    byPlatform: await count('$platform'),
    byAgency: await count('$classification.agency'),
    needsReview: await mentions.countDocuments(toQuery({ view: 'perlu-dicek', withSecret: true })),
  };
}

/**
 * A message that was judged before is about to be part of a case. In the transaction that opens it, where it opens one:
 * a person who decides about the message at the same time comes first or is told that it changed.
 * @returns false when a person decided about it meanwhile: then it is not for the machine
 */
export async function claimForCase(
  db: Db,
  id: MentionId,
  caseId: CaseNumber,
  session?: ClientSession,
): Promise<boolean> {
  const { matchedCount } = await mentions(db).updateOne(
    { _id: id, 'work.stage': 'classify' },
    { $set: { 'work.opens': caseId } },
    session ? { session } : {},
  );
  return matchedCount === 1;
}

/**
 * Messages that nobody decided about wait for the classifier again, those that this model has judged already left out.
 * Safe to run again.
 * @param model null: rules and Naive Bayes alone
 */
export async function askUndecidedAgain(db: Db, model: string | null, now: Date): Promise<number> {
  const judgedByOther = model === null ? /\+m-/ : { $not: new RegExp(`\\+${model}$`) };
  const { modifiedCount } = await mentions(db).updateMany(
    {
      caseId: null,
      'classification.decided': false,
      'classification.modelVersion': judgedByOther,
      archived: false,
      deletedAt: null,
      'work.stage': 'done',
    },
    { $set: { work: { stage: 'classify', dueAt: now, tries: 0 } } },
  );
  return modifiedCount;
}

/** How many mentions still wait for a classification. */
export function countWaiting(mentions: Mentions): Promise<number> {
  return mentions.countDocuments({ 'work.stage': 'classify' });
}

/** Some mentions that wait for their classification, oldest first. */
export async function waitingIds(mentions: Mentions, limit: number): Promise<MentionId[]> {
  const waiting = await mentions
    .find({ 'work.stage': 'classify' })
    .sort({ 'work.dueAt': 1, _id: 1 })
    .limit(limit)
    .project<Pick<Mention, '_id'>>({ _id: 1 })
    .toArray();
  return waiting.map((mention) => mention._id);
}

/** "Ingatkan nanti" of a message without a case. */
export async function snoozeMention(db: Db, id: MentionId, snooze: Snooze | null): Promise<void> {
  await mentions(db).updateOne({ _id: id, caseId: null }, { $set: { snooze } });
}

/**
 * What a person says of a message without a case takes the classifier's place.
 * @returns false when the message changed since, or somebody gave it a case
 */
export async function correctClassification(
  db: Db,
  seen: Pick<Mention, '_id' | 'revision'>,
  right: Classification,
  caseId: CaseNumber | null,
  session: ClientSession,
): Promise<boolean> {
  const done = await mentions(db).updateOne(
    { _id: seen._id, revision: seen.revision, caseId: null, 'work.opens': { $exists: false } },
    { $set: { classification: right, caseId, work: { stage: 'done', dueAt: null, tries: 0 } } },
    { session },
  );
  return done.modifiedCount === 1;
}

/** The newest message of a channel, and how many came in since then; by when the citizens wrote. */
export async function messageRate(
  mentions: Mentions,
  channelId: ChannelId,
  since: Date,
): Promise<{ lastMessageAt: Date | null; messages: number }> {
  const [newest] = await mentions
    .find({ channelId })
    .sort({ postedAt: -1 })
    .limit(1)
    .project<Pick<Mention, 'postedAt'>>({ postedAt: 1 })
    .toArray();
  // More would not change the rate that anybody acts on.
  const messages = await mentions.countDocuments({ channelId, postedAt: { $gte: since } }, { limit: 10_000 });
  return { lastMessageAt: newest?.postedAt ?? null, messages };
}
