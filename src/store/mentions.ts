import type { AnyBulkWriteOperation, Collection, Db, IndexDescription } from 'mongodb';
import type { Snooze } from '../domain/case.ts';
import type { ChannelId, MentionId } from '../domain/ids.ts';
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
    key: { 'classification.flags': 1, postedAt: -1, _id: -1 },
    name: 'caseless_late',
    partialFilterExpression: { ...withoutCase, 'classification.flags': 'masuk_terlambat' },
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

export function findMention(mentions: Mentions, id: MentionId): Promise<Mention | null> {
  return mentions.findOne({ _id: id });
}

export function findMentions(mentions: Mentions, ids: readonly MentionId[]): Promise<Mention[]> {
  return mentions.find({ _id: { $in: [...ids] } }).toArray();
}

/** "Ingatkan nanti" of a message without a case. */
export async function snoozeMention(db: Db, id: MentionId, snooze: Snooze | null): Promise<void> {
  await mentions(db).updateOne({ _id: id, caseId: null }, { $set: { snooze } });
}

/** The newest message of a channel, and how many came in since then; by when the citizens wrote. */
export async function messageRate(
  mentions: Mentions,
  channelId: ChannelId,
  since: Date,
): Promise<{ lastMessageAt: Date | null; lagMs: number | null; messages: number }> {
  const [newest] = await mentions
    .find({ channelId })
    .sort({ postedAt: -1 })
    .limit(1)
    .project<Pick<Mention, 'postedAt' | 'receivedAt'>>({ postedAt: 1, receivedAt: 1 })
    .toArray();
  // More would not change the rate that anybody acts on.
  const messages = await mentions.countDocuments({ channelId, postedAt: { $gte: since } }, { limit: 10_000 });
  const lagMs = newest ? Math.max(0, newest.receivedAt.getTime() - newest.postedAt.getTime()) : null;
  return { lastMessageAt: newest?.postedAt ?? null, lagMs, messages };
}
