import type { Collection, Db, IndexDescription } from 'mongodb';
import type { ChannelId, MentionId } from '../domain/ids.ts';

/** A post of our own account that answers somebody: found by a poll, never a mention. */
export interface OwnPost {
  readonly _id: MentionId;
  readonly channelId: ChannelId;
  readonly nativeId: string;
  /** The citizen's message that it answers. */
  readonly parentId: MentionId;
  readonly url: string | null;
  readonly postedAt: Date;
}

export type OwnPosts = Collection<OwnPost>;

export const ownPostIndexes = [
  // At classification: was this message answered by hand already?
  { key: { parentId: 1 }, name: 'answers_of_a_message' },
] satisfies IndexDescription[];

export function ownPosts(db: Db): OwnPosts {
  return db.collection<OwnPost>('own_posts');
}

export async function storeOwnPosts(ownPosts: OwnPosts, posts: readonly OwnPost[]): Promise<void> {
  if (posts.length === 0) return;
  await ownPosts.bulkWrite(
    posts.map(({ _id, ...rest }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
    })),
    { ordered: false },
  );
}

export function answersTo(ownPosts: OwnPosts, ids: readonly MentionId[]): Promise<OwnPost[]> {
  return ownPosts.find({ parentId: { $in: [...ids] } }).toArray();
}
