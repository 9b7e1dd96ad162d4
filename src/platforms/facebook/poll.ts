import type { Clock } from '../../core/clock.ts';
import type { Cursors } from '../../domain/channel.ts';
import type { Page, PollOptions } from '../connector.ts';
import type { GraphClient } from '../graph/client.ts';
import type { CommentPage, FollowedPost } from '../graph/comments.ts';
import { GoneError } from '../graph/errors.ts';
import { followPosts, isWholeListDue, type Listed, listPosts, orBroken } from '../graph/follow.ts';
import { parseItems } from '../graph/listing.ts';
import { followNext, type Run, startRun } from '../graph/run.ts';
import { openWatchList } from '../graph/watched.ts';
import { lastSegment, type OwnPage, type PostAbove, postId, toFoundComment, toFoundPost } from './found.ts';
import { commentFields, FacebookComment, FacebookPost, postFields, WithSummary } from './schema.ts';

export interface FacebookPollDeps {
  readonly client: GraphClient;
  readonly clock: Clock;
  readonly page: OwnPage;
}

type Followed = FollowedPost & PostAbove;

/** Posts carry much; Graph refuses answers that grow too large. */
const POSTS_PER_PAGE = 50;
const COMMENTS_PER_PAGE = 100;

/**
 * Feed, visitor posts and tagged posts, then the comments (both levels) of our own posts and of those on our wall. There is
 * no Page-wide list of comments, so each post has a cursor of its own (src/platforms/graph/watched.ts).
 */
export async function* pollFacebook(
  deps: FacebookPollDeps,
  cursors: Cursors,
  options: PollOptions,
): AsyncGenerator<Page> {
  const run = startRun(deps, options);
  const watch = openWatchList(cursors);
  const whole = isWholeListDue(run, watch);
  const lists = await readLists(deps.page, { run, watch, whole });
  yield run.page({
    posts: [
      ...lists.visitors.map((found) => toFoundPost(postId(deps.page, found.item.id), 'visitor-post', found)),
      ...lists.tagged.fits.map((found) => toFoundPost(found.item.id, 'tag', found)),
    ],
    rejected: lists.rejected,
    gap: lists.gap,
    advance: null,
  });
  const toFollowed = (item: FacebookPost, visitor: boolean): Followed => ({
    id: postId(deps.page, item.id),
    text: item.message,
    postedAt: item.postedAt,
    count: item.comments?.summary.total_count ?? null,
    visitor,
  });
  yield* followPosts(
    { run, watch, whole },
    {
      listed: [
        ...lists.own.map(({ item }) => toFollowed(item, false)),
        ...lists.visitors.map(({ item }) => toFollowed(item, true)),
      ],
      lookUp: async (id) => {
        const item = await lookUp(run, id);
        return item && toFollowed(item, watch.isVisitors(id));
      },
      comments: (post) => commentPages(deps.page, run, post),
    },
  );
}

interface Lists {
  readonly own: Listed<FacebookPost>['fits'];
  readonly visitors: Listed<FacebookPost>['fits'];
  readonly tagged: Listed<FacebookPost>;
  readonly rejected: Page['rejected'];
  readonly gap: string | null;
}

/** The feed shows own, visitors' and tagged posts mixed; where `from` is missing, the two other lists tell them apart. */
async function readLists(page: OwnPage, listing: Parameters<typeof listPosts>[0]): Promise<Lists> {
  const params = { fields: postFields, limit: POSTS_PER_PAGE };
  const list = (edge: string) =>
    listPosts(listing, {
      path: [page.id, edge],
      params,
      schema: FacebookPost,
      followedAs: ({ id }) => (edge === 'tagged' ? null : postId(page, id)),
    });
  const feed = await orBroken(list('feed'));
  const visitorPosts = await orBroken(list('visitor_posts'));
  const tagged = await orBroken(list('tagged'));
  const visitorIds = idsOf(visitorPosts);
  const taggedIds = idsOf(tagged);
  const rest = feed.fits.filter(
    ({ item }) => !visitorIds.has(lastSegment(item.id)) && !taggedIds.has(lastSegment(item.id)),
  );
  const isOurs = ({ item }: (typeof rest)[number]) => item.from?.id === undefined || item.from.id === page.id;
  return {
    own: rest.filter(isOurs),
    visitors: [...visitorPosts.fits, ...rest.filter((found) => !isOurs(found))],
    tagged,
    rejected: [...feed.rejected, ...visitorPosts.rejected, ...tagged.rejected],
    gap: [feed.gap, visitorPosts.gap, tagged.gap].filter((gap) => gap !== null).join('; ') || null,
  };
}

function idsOf({ fits }: Listed<FacebookPost>): ReadonlySet<string> {
  return new Set(fits.map(({ item }) => lastSegment(item.id)));
}

async function lookUp(run: Run, id: string): Promise<FacebookPost | null> {
  try {
    const { body } = await run.get([id], { fields: postFields });
    const parsed = FacebookPost.safeParse(body);
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof GoneError) return null;
    throw error;
  }
}

async function* commentPages(page: OwnPage, run: Run, post: Followed): AsyncGenerator<CommentPage> {
  const params = {
    filter: 'stream',
    order: 'reverse_chronological',
    fields: commentFields,
    summary: true,
    limit: COMMENTS_PER_PAGE,
  };
  for await (const { items, next, body } of followNext(run, [post.id, 'comments'], params)) {
    const { fits, rejected } = parseItems(items, FacebookComment);
    const summary = WithSummary.safeParse(body);
    yield {
      posts: fits.map((found) => toFoundComment(page, post, found)),
      rejected,
      last: next === null,
      total: (summary.success && summary.data.summary?.total_count) || null,
    };
  }
}
