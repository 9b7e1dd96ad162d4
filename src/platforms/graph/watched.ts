import { z } from 'zod';
import { DAY, HOUR, MINUTE } from '../../core/clock.ts';
import type { Cursors } from '../../domain/channel.ts';

/**
 * What is remembered of one post whose comments we follow. Times in milliseconds since 1970.
 * Meta gives no account-wide list of comments, so each post has a cursor of its own.
 */
export interface Watched {
  /** Comments by the platform's count when it was last read to the known part. */
  readonly count: number;
  /** Time of the newest comment seen; 0 when there was none. */
  readonly seen: number;
  readonly readAt: number;
  readonly postedAt: number;
  /** Somebody else's post on our wall. */
  readonly visitor: boolean;
}

/** Posts are followed this long; older ones are looked at in the nightly sweep only. */
export const WATCH_MS = 90 * DAY;
/** Bounds the cursor: about 45 bytes each. */
const MAX_WATCHED = 400;
/** Kept however old they are: the newest posts of a quiet account. */
export const ALWAYS_FOLLOWED = 60;

const Entry = z.tuple([
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.union([z.literal(0), z.literal(1)]),
]);
const Stored = z.object({
  /** When a run last went through the whole list of posts. 0: never. */
  listedAt: z.number(),
  /** Start of the last run that came to its end. 0: none did. */
  ranAt: z.number().default(0),
  posts: z.record(z.string(), Entry),
});

/** The followed posts of one channel, read from its cursor and written back to it. */
export interface WatchList {
  readonly get: (id: string) => Watched | undefined;
  readonly set: (id: string, watched: Watched) => void;
  readonly drop: (id: string) => void;
  readonly ids: () => readonly string[];
  /** 0 until a run has gone through the whole list. */
  readonly listedAt: () => number;
  readonly setListedAt: (ms: number) => void;
  /** Start of the last run that came to its end; 0: none did. */
  readonly ranAt: () => number;
  readonly setRanAt: (ms: number) => void;
  /** @param now milliseconds; posts older than the watch window are left out */
  readonly toCursors: (now: number) => Cursors;
}

const KEY = 'watched';

/** A cursor that cannot be read counts as none: everything is read again, and the store knows what it has. */
export function openWatchList(cursors: Cursors): WatchList {
  const stored = Stored.safeParse(parseJson(cursors[KEY]));
  const posts = new Map<string, Watched>(
    Object.entries(stored.success ? stored.data.posts : {}).map(
      ([id, [count, seen, readAt, postedAt, visitor]]) => [
        id,
        { count, seen, readAt, postedAt, visitor: visitor === 1 },
      ],
    ),
  );
  let listedAt = stored.success ? stored.data.listedAt : 0;
  let ranAt = stored.success ? stored.data.ranAt : 0;
  return {
    get: (id) => posts.get(id),
    set: (id, watched) => posts.set(id, watched),
    drop: (id) => posts.delete(id),
    ids: () => [...posts.keys()],
    listedAt: () => listedAt,
    setListedAt: (ms) => {
      listedAt = ms;
    },
    ranAt: () => ranAt,
    setRanAt: (ms) => {
      ranAt = ms;
    },
    toCursors: (now) => ({ [KEY]: JSON.stringify({ listedAt, ranAt, posts: newestOf(posts, now) }) }),
  };
}

function newestOf(posts: ReadonlyMap<string, Watched>, now: number): z.infer<typeof Stored>['posts'] {
  const kept = [...posts]
    .sort(([, a], [, b]) => b.postedAt - a.postedAt)
    .filter(([, { postedAt }], index) => index < ALWAYS_FOLLOWED || now - postedAt < WATCH_MS)
    .slice(0, MAX_WATCHED);
  return Object.fromEntries(
    kept.map(([id, { count, seen, readAt, postedAt, visitor }]) => [
      id,
      [count, seen, readAt, postedAt, visitor ? 1 : 0],
    ]),
  );
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a post is read again although its count stands still: edits, hidden comments and replies may not move it. */
export function isRevisitDue(watched: Watched, now: number): boolean {
  return now - watched.readAt >= revisitEveryMs(now - watched.postedAt);
}

function revisitEveryMs(ageMs: number): number {
  if (ageMs < 2 * DAY) return 0;
  if (ageMs < 7 * DAY) return 15 * MINUTE;
  if (ageMs < 30 * DAY) return 2 * HOUR;
  return 12 * HOUR;
}
