import { MINUTE } from '../../core/clock.ts';
import type { FoundPost } from '../../domain/mention.ts';
import type { Page, Rejected } from '../connector.ts';
import type { Run } from './run.ts';
import type { Watched, WatchList } from './watched.ts';

/** One page of a post's comments as a platform's folder read it. */
export interface CommentPage {
  readonly posts: readonly FoundPost[];
  readonly rejected: readonly Rejected[];
  /** The edge ends here. */
  readonly last: boolean;
  /** The platform's own count, where this page names one. */
  readonly total: number | null;
}

/** A post whose comments are followed. */
export interface FollowedPost {
  readonly id: string;
  readonly postedAt: Date;
  /** Comments by the platform's count; null where it names none. */
  readonly count: number | null;
  /** Somebody else's post on our wall. */
  readonly visitor: boolean;
}

/** Comments can become visible late (indexing, review), so this much before the newest seen one is read again. */
const OVERLAP_MS = 15 * MINUTE;
/** Pages per post and run: 1,000 comments on Instagram, 2,000 on Facebook. */
const MAX_PAGES = { normal: 20, deep: 200 } as const;

/**
 * Reads a post's comments, newest first, until a whole page is known and the new comments explain the platform's count;
 * the nightly sweep reads all. The cursor of the post moves only with its last page: when the page cap or the allowance
 * ends the reading early, it stays, and the page says so.
 */
export async function* readComments(
  deps: { readonly run: Run; readonly watch: WatchList },
  post: FollowedPost,
  pages: AsyncIterable<CommentPage>,
): AsyncGenerator<Page> {
  const { run, watch } = deps;
  const reading = startReading(run, watch.get(post.id), post);
  let number = 0;
  for await (const page of pages) {
    number += 1;
    reading.take(page);
    const { posts, rejected } = page;
    if (page.last || reading.isKnown(page)) {
      watch.set(post.id, reading.watched());
      const gap = page.last ? reading.shortfall() : null;
      // Counted and not shown: perhaps only not yet.
      if (gap) watch.owe(post.id, post.visitor);
      yield run.page({ posts, rejected, gap, advance: watch.changedCursors(run.startedAt) });
      return;
    }
    const gap = earlyEnd(run, post, number);
    yield run.page({ posts, rejected, gap, advance: null });
    if (gap) return;
  }
}

function earlyEnd(run: Run, { id }: FollowedPost, pagesRead: number): string | null {
  if (run.isUsedUp()) {
    return `Jatah panggilan habis di tengah komentar kiriman ${id}; sisanya dibaca nanti / allowance used up, the rest comes later`;
  }
  if (pagesRead < MAX_PAGES[run.options.depth]) return null;
  return `Komentar kiriman ${id} melebihi ${pagesRead} halaman; yang lebih lama belum dibaca / more than ${pagesRead} pages of comments, older ones not read`;
}

/** Keeps count of what one reading of a post brought. */
function startReading(run: Run, before: Watched | undefined, post: FollowedPost) {
  const isDeep = run.options.depth === 'deep';
  const knownUntil = isDeep
    ? Number.NEGATIVE_INFINITY
    : Math.max((before?.seen ?? 0) - OVERLAP_MS, run.options.startFrom.getTime());
  const all = new Set<string>();
  const fresh = new Set<string>();
  let newest = before?.seen ?? 0;
  let total: number | null = null;
  const counted = (): number => total ?? post.count ?? before?.count ?? all.size;
  const grown = (): number => counted() - (before?.count ?? counted());
  return {
    take(page: CommentPage): void {
      total ??= page.total;
      for (const { nativeId, postedAt } of page.posts) {
        all.add(nativeId);
        if (postedAt.getTime() > (before?.seen ?? 0)) fresh.add(nativeId);
        newest = Math.max(newest, postedAt.getTime());
      }
    },
    isKnown(page: CommentPage): boolean {
      if (isDeep || page.posts.length === 0) return false;
      return fresh.size >= grown() && page.posts.every(({ postedAt }) => postedAt.getTime() <= knownUntil);
    },
    /** Comments that came after the list of posts was read are new here, and not in its count. */
    watched(): Watched {
      const late = before && total === null && fresh.size > 0 ? Math.max(0, fresh.size - grown()) : 0;
      const { postedAt, visitor } = post;
      return {
        count: counted() + late,
        seen: newest,
        readAt: run.startedAt,
        postedAt: postedAt.getTime(),
        visitor,
      };
    },
    /** The whole edge was read and holds fewer comments than the platform counts. Said when the count is news. */
    shortfall(): string | null {
      const missing = counted() - all.size;
      const isNews = isDeep || before === undefined || grown() !== 0;
      if (missing <= 0 || !isNews) return null;
      return `Kiriman ${post.id}: platform menghitung ${counted()} komentar, tetapi hanya memberikan ${all.size} / the platform counts ${counted()} comments and returned ${all.size}`;
    },
  };
}
