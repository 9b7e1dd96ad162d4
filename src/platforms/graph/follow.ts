import type { z } from 'zod';
import { MINUTE } from '../../core/clock.ts';
import { ChannelBrokenError } from '../../core/errors.ts';
import type { Page, Rejected } from '../connector.ts';
import type { Params } from './client.ts';
import { type CommentPage, type FollowedPost, readComments } from './comments.ts';
import { GoneError } from './errors.ts';
import { parseItems } from './listing.ts';
import { followNext, type Run } from './run.ts';
import { ALWAYS_FOLLOWED, isRevisitDue, WATCH_MS, type WatchList } from './watched.ts';

/** Newest posts listed in every run; more when they are all from after the last one. */
const LISTED = 50;
/** Listed at all: about 500 posts on Instagram, 1,000 on Facebook. */
const MAX_LIST_PAGES = 10;
/**
 * A run now and then goes through the whole watch window: a comment on a post that the newest no longer show is found by
 * its count, this late at most.
 */
const WHOLE_LIST_EVERY_MS = 30 * MINUTE;

export interface Listed<Item> {
  readonly fits: readonly { readonly item: Item; readonly raw: unknown }[];
  readonly rejected: readonly Rejected[];
  readonly gap: string | null;
}

export function isWholeListDue(run: Run, watch: WatchList): boolean {
  return run.options.depth === 'deep' || run.startedAt - watch.listedAt() >= WHOLE_LIST_EVERY_MS;
}

/** Posts that become visible late stand this much before those that the last run saw. */
const LIST_OVERLAP_MS = 15 * MINUTE;

/**
 * Lists an edge of posts: 50, and on until a whole page is known (after an outage that is more; one known post proves
 * nothing, Facebook ranks its lists), or with `whole` all of the watch window (all there are, in the sweep).
 */
export async function listPosts<Item extends { readonly postedAt: Date }>(
  { run, watch, whole }: { readonly run: Run; readonly watch: WatchList; readonly whole: boolean },
  edge: {
    readonly path: readonly string[];
    readonly params: Params;
    readonly schema: z.ZodType<Item>;
    /** Under which id the post is followed; null where its comments are not. */
    readonly followedAs: (item: Item) => string | null;
  },
): Promise<Listed<Item>> {
  const fits: { item: Item; raw: unknown }[] = [];
  const rejected: Rejected[] = [];
  const windowStart = run.options.depth === 'deep' ? Number.NEGATIVE_INFINITY : run.startedAt - WATCH_MS;
  const knownUntil = watch.ranAt() - LIST_OVERLAP_MS;
  const isKnown = (item: Item): boolean => {
    const id = edge.followedAs(item);
    return (id !== null && watch.get(id) !== undefined) || item.postedAt.getTime() < knownUntil;
  };
  let pages = 0;
  for await (const page of followNext(run, edge.path, edge.params)) {
    pages += 1;
    const parsed = parseItems(page.items, edge.schema);
    fits.push(...parsed.fits);
    rejected.push(...parsed.rejected);
    const isAll = (holds: (item: Item) => boolean) =>
      parsed.fits.length > 0 && parsed.fits.every(({ item }) => holds(item));
    const isEnough = whole
      ? isAll((item) => item.postedAt.getTime() < windowStart)
      : fits.length >= LISTED && isAll(isKnown);
    if (page.next === null || isEnough) return { fits, rejected, gap: null };
    if (pages === MAX_LIST_PAGES || run.isUsedUp()) break;
  }
  const gap = `Daftar ${edge.path.join('/')} belum terbaca seluruhnya (${pages} halaman) / list not read to its end`;
  return { fits, rejected, gap };
}

/** The account itself is not there: its id in our settings is wrong. */
export async function orBroken<Value>(work: Promise<Value>): Promise<Value> {
  return work.catch((error: unknown) => {
    if (!(error instanceof GoneError)) throw error;
    throw new ChannelBrokenError('the account id is unknown to the platform', 'account', error.message, {
      cause: error,
    });
  });
}

export interface PostSource<Post extends FollowedPost> {
  /** What the lists brought, any order. */
  readonly listed: readonly Post[];
  /** A followed post that the lists did not show; null: it is gone. */
  readonly lookUp: (id: string) => Promise<Post | null>;
  readonly comments: (post: Post) => AsyncIterable<CommentPage>;
}

/**
 * Reads the comments of every post that is due: its count changed, it was never read, or its revisit has come (fresh posts
 * every run, older ones less often, all in the nightly sweep). What a list has shown to be due is written down before it
 * is read: when this run is cut off, the next one may no longer be shown that post. Ends with the page that closes the run.
 */
export async function* followPosts<Post extends FollowedPost>(
  deps: { readonly run: Run; readonly watch: WatchList; readonly whole: boolean },
  source: PostSource<Post>,
): AsyncGenerator<Page> {
  const { run, watch } = deps;
  const listed = sortOut(deps, source.listed);
  for (const { id, visitor } of listed.changed) watch.owe(id, visitor);
  yield run.page({ advance: watch.changedCursors(run.startedAt) });
  for await (const post of duePosts(deps, listed, source)) {
    if (run.isUsedUp()) {
      const gap =
        'Jatah panggilan habis; kiriman lain dibaca nanti / allowance used up, other posts are read later';
      yield run.page({ gap, advance: null, last: true });
      return;
    }
    yield* readUnlessGone(deps, post, source.comments(post));
  }
  if (deps.whole) watch.setListedAt(run.startedAt);
  watch.setRanAt(run.startedAt);
  yield run.page({ advance: watch.changedCursors(run.startedAt), last: true });
}

/** A post deleted in the middle of the run is no reason to end it. */
async function* readUnlessGone(
  deps: { readonly run: Run; readonly watch: WatchList },
  post: FollowedPost,
  pages: AsyncIterable<CommentPage>,
): AsyncGenerator<Page> {
  try {
    yield* readComments(deps, post, pages);
  } catch (error) {
    if (!(error instanceof GoneError)) throw error;
    deps.watch.drop(post.id);
  }
}

/** Sorted out before the first is read: reading moves what is due. */
function sortOut<Post extends FollowedPost>(
  deps: { readonly run: Run; readonly watch: WatchList },
  listed: readonly Post[],
): { readonly changed: readonly Post[]; readonly revisits: readonly Post[] } {
  const { run, watch } = deps;
  const isDeep = run.options.depth === 'deep';
  const newestFirst = listed.toSorted((a, b) => b.postedAt.getTime() - a.postedAt.getTime());
  const followed = newestFirst.filter(
    (post, index) => isDeep || index < ALWAYS_FOLLOWED || run.startedAt - post.postedAt.getTime() < WATCH_MS,
  );
  const isChanged = ({ id, count }: Post) =>
    watch.isOwed(id) || !watch.get(id) || (count !== null && watch.get(id)?.count !== count);
  return {
    changed: followed.filter(isChanged),
    revisits: followed.filter((post) => !isChanged(post) && isDue(deps, post.id)),
  };
}

async function* duePosts<Post extends FollowedPost>(
  deps: { readonly run: Run; readonly watch: WatchList },
  { changed, revisits }: ReturnType<typeof sortOut<Post>>,
  { listed, lookUp }: PostSource<Post>,
): AsyncGenerator<Post> {
  yield* changed;
  yield* revisits;
  const { watch } = deps;
  const shown = new Set(listed.map((post) => post.id));
  for (const id of watch.ids().filter((id) => !shown.has(id) && isDue(deps, id))) {
    const post = await lookUp(id);
    if (post) yield post;
    else watch.drop(id);
  }
}

function isDue({ run, watch }: { readonly run: Run; readonly watch: WatchList }, id: string): boolean {
  const watched = watch.get(id);
  if (run.options.depth === 'deep' || watched === undefined || watch.isOwed(id)) return true;
  return isRevisitDue(watched, run.startedAt);
}
