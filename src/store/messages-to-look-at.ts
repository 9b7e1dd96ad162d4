import type { Db } from 'mongodb';
import type { ChannelId, MentionId } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { cases } from './cases.ts';
import { mentions } from './mentions.ts';
import { replies } from './replies.ts';

/** Cases that the office still works on. */
const workStates = ['baru', 'terverifikasi', 'disposisi', 'proses', 'tertunda', 'dibuka_kembali'] as const;

export interface LookWish {
  readonly now: Date;
  /** Messages with an open reply that were not looked at since then. */
  readonly replyBefore: Date;
  /** Messages of cases in work, opened after `openedAfter`, that were not looked at since then; null: leave them out. */
  readonly caseBefore: Date | null;
  readonly openedAfter: Date;
  readonly limit: number;
}

/**
 * The citizens' messages of a channel that are to be looked at again, the longest unseen first. They count as looked at
 * from now on, whatever comes of it: a look that fails is made again at the next turn, and the one before sending is
 * made in any case.
 */
export async function takeMessagesToLookAt(db: Db, channel: ChannelId, wish: LookWish): Promise<Mention[]> {
  const answered: MentionId[] = await replies(db).distinct('target.mentionId', {
    open: true,
    'target.channelId': channel,
  });
  const worked =
    wish.caseBefore === null
      ? []
      : await cases(db).distinct('rootMentionId', {
          state: { $in: [...workStates] },
          openedAt: { $gte: wish.openedAfter },
        });
  const notSince = (ids: readonly MentionId[], before: Date) => ({
    _id: { $in: [...ids] },
    $or: [{ lookedAt: { $exists: false } }, { lookedAt: { $lt: before } }],
  });
  const found = await mentions(db)
    .find({
      channelId: channel,
      deletedAt: null,
      $or: [notSince(answered, wish.replyBefore), notSince(worked, wish.caseBefore ?? wish.replyBefore)],
    })
    .sort({ lookedAt: 1, postedAt: -1 })
    .limit(wish.limit)
    .toArray();
  await mentions(db).updateMany(
    { _id: { $in: found.map(({ _id }) => _id) } },
    { $set: { lookedAt: wish.now } },
  );
  return found;
}
