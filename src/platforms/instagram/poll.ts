import type { Clock } from '../../core/clock.ts';
import { TransientError } from '../../core/errors.ts';
import type { Cursors } from '../../domain/channel.ts';
import type { FoundPost } from '../../domain/mention.ts';
import type { Page, PollOptions, Rejected } from '../connector.ts';
import type { GraphClient } from '../graph/client.ts';
import type { CommentPage, FollowedPost } from '../graph/comments.ts';
import { GoneError } from '../graph/errors.ts';
import { followPosts, isWholeListDue, listPosts, orBroken } from '../graph/follow.ts';
import { parseItems, readNested } from '../graph/listing.ts';
import { followNext, type Run, startRun } from '../graph/run.ts';
import { openWatchList } from '../graph/watched.ts';
import { type OwnAccount, toFoundComment, toFoundTag } from './found.ts';
import {
  commentFields,
  InstagramComment,
  InstagramMedia,
  mediaFields,
  replyFields,
  WithReplies,
} from './schema.ts';

export interface InstagramPollDeps {
  readonly client: GraphClient;
  readonly clock: Clock;
  readonly account: OwnAccount;
}

type Followed = FollowedPost & Pick<InstagramMedia, 'caption' | 'permalink'>;

/** "A maximum of 50 comments per query." Source: Instagram Platform, "IG Media Comments". */
const COMMENTS_PER_PAGE = 50;
/** Pages of replies to one comment, 50 each: more than that is a list that goes round in circles. */
const MAX_REPLY_PAGES = 200;

/**
 * Media → comments → replies, and tags. Instagram can neither list all comments of an account nor filter them by time,
 * so each media object has a cursor of its own (src/platforms/graph/watched.ts).
 */
export async function* pollInstagram(
  deps: InstagramPollDeps,
  cursors: Cursors,
  options: PollOptions,
): AsyncGenerator<Page> {
  const run = startRun(deps, options);
  const watch = openWatchList(cursors);
  const whole = isWholeListDue(run, watch);
  const listing = { run, watch, whole };
  const list = (edge: string) =>
    listPosts(listing, {
      path: [deps.account.id, edge],
      params: { fields: mediaFields, limit: COMMENTS_PER_PAGE },
      schema: InstagramMedia,
      followedAs: ({ id }) => (edge === 'tags' ? null : id),
    });
  const tags = await orBroken(list('tags'));
  yield run.page({
    posts: tags.fits.map((found) => toFoundTag(deps.account, found)),
    rejected: tags.rejected,
    gap: tags.gap,
    advance: null,
  });
  const media = await orBroken(list('media'));
  // A media object that does not fit cannot be followed: the page says so, and the rest is read.
  if (media.rejected.length > 0 || media.gap)
    yield run.page({ rejected: media.rejected, gap: media.gap, advance: null });
  yield* followPosts(
    { run, watch, whole },
    {
      listed: media.fits.map(({ item }) => toFollowed(item)),
      lookUp: (id) => lookUp(run, id),
      comments: (post) => commentPages(deps, run, post),
    },
  );
}

function toFollowed(item: InstagramMedia): Followed {
  const { id, postedAt, caption, permalink } = item;
  return { id, postedAt, caption, permalink, count: item.comments_count ?? null, visitor: false };
}

async function lookUp(run: Run, id: string): Promise<Followed | null> {
  try {
    const { body } = await run.get([id], { fields: mediaFields });
    const parsed = InstagramMedia.safeParse(body);
    return parsed.success ? toFollowed(parsed.data) : null;
  } catch (error) {
    if (error instanceof GoneError) return null;
    throw error;
  }
}

async function* commentPages(
  deps: InstagramPollDeps,
  run: Run,
  media: Followed,
): AsyncGenerator<CommentPage> {
  const params = { fields: commentFields, limit: COMMENTS_PER_PAGE };
  for await (const page of followNext(run, [media.id, 'comments'], params)) {
    const top = parseItems(page.items, InstagramComment);
    const posts: FoundPost[] = top.fits.map((found) =>
      toFoundComment(deps.account, media, found, found.item.parent_id ?? null),
    );
    const rejected: Rejected[] = [...top.rejected];
    for (const item of page.items) {
      const replies = await repliesOf(deps, run, media, item);
      posts.push(...replies.posts);
      rejected.push(...replies.rejected);
    }
    yield { posts, rejected, last: page.next === null, total: null };
  }
}

/** Replies shown inside a comment, and all of them from their own edge where they are paged. */
async function repliesOf(
  { account }: InstagramPollDeps,
  run: Run,
  media: Followed,
  item: unknown,
): Promise<{ posts: FoundPost[]; rejected: readonly Rejected[] }> {
  const comment = WithReplies.safeParse(item);
  if (!comment.success) return { posts: [], rejected: [] };
  const { id, replies } = comment.data;
  const shown = readNested(replies);
  if (!shown)
    return { posts: [], rejected: [{ nativeId: id, reason: 'its replies are not a list', raw: replies }] };
  const items = shown.next ? await allReplies(run, id, shown.items) : shown.items;
  const { fits, rejected } = parseItems(items, InstagramComment);
  return { posts: fits.map((found) => toFoundComment(account, media, found, id)), rejected };
}

/** @returns what was shown with the comment when it is deleted meanwhile */
async function allReplies(
  run: Run,
  commentId: string,
  shown: readonly unknown[],
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let pages = 0;
  try {
    for await (const page of followNext(run, [commentId, 'replies'], {
      fields: replyFields,
      limit: COMMENTS_PER_PAGE,
    })) {
      items.push(...page.items);
      pages += 1;
      if (pages === MAX_REPLY_PAGES)
        throw new TransientError(`more than ${pages} pages of replies to one comment`);
    }
    return items;
  } catch (error) {
    if (error instanceof GoneError) return shown;
    throw error;
  }
}
