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
/** Bounds the cursors: about 100 bytes each, and as many as two lists of posts show (follow.ts). */
const MAX_WATCHED = 1_000;
/** Kept however old they are: the newest posts of a quiet account. */
export const ALWAYS_FOLLOWED = 60;

const Time = /^\d{1,15}$/;
/** `count,seen,readAt,postedAt,visitor` */
const Entry = /^(\d{1,15}),(\d{1,15}),(\d{1,15}),(\d{1,15}),([01])$/;

/**
 * The followed posts of one channel, read from its cursors. Each post has a cursor of its own, so that reading one post
 * writes a hundred bytes, and two runs side by side take nothing from each other.
 */
export interface WatchList {
  readonly get: (id: string) => Watched | undefined;
  /** The post was read: nothing is owed to it any more. */
  readonly set: (id: string, watched: Watched) => void;
  readonly drop: (id: string) => void;
  /** Every post that is followed or owed a reading. */
  readonly ids: () => readonly string[];
  /** A reading is due that no run has made: the next run makes it, also when no list shows the post by then. */
  readonly owe: (id: string, visitor: boolean) => void;
  readonly isOwed: (id: string) => boolean;
  /** Somebody else's post on our wall. */
  readonly isVisitors: (id: string) => boolean;
  /** 0 until a run has gone through the whole list. */
  readonly listedAt: () => number;
  readonly setListedAt: (ms: number) => void;
  /** Start of the last run that came to its end; 0: none did. */
  readonly ranAt: () => number;
  readonly setRanAt: (ms: number) => void;
  /**
   * The cursors that changed since the last call; an empty string takes one away.
   * @param now milliseconds; posts older than the watch window are left out
   */
  readonly changedCursors: (now: number) => Cursors;
}

const LISTED_AT = 'listed-at';
const RAN_AT = 'ran-at';
const POST = 'post-';
const OWED = 'owed-';

/** A cursor that cannot be read counts as none: everything is read again, and the store knows what it has. */
export function openWatchList(cursors: Cursors): WatchList {
  let stored: Cursors = cursors;
  const times = new Map([LISTED_AT, RAN_AT].map((name) => [name, readTime(cursors[name])]));
  const posts = new Map(withPrefix(cursors, POST).flatMap(([id, text]) => readEntry(id, text)));
  const owed = new Map(withPrefix(cursors, OWED).map(([id, visitor]) => [id, visitor === '1']));
  return {
    get: (id) => posts.get(id),
    set: (id, watched) => {
      posts.set(id, watched);
      owed.delete(id);
    },
    drop: (id) => {
      posts.delete(id);
      owed.delete(id);
    },
    ids: () => [...new Set([...posts.keys(), ...owed.keys()])],
    owe: (id, visitor) => owed.set(id, visitor),
    isOwed: (id) => owed.has(id),
    isVisitors: (id) => posts.get(id)?.visitor ?? owed.get(id) ?? false,
    listedAt: () => times.get(LISTED_AT) ?? 0,
    setListedAt: (ms) => times.set(LISTED_AT, ms),
    ranAt: () => times.get(RAN_AT) ?? 0,
    setRanAt: (ms) => times.set(RAN_AT, ms),
    changedCursors: (now) => {
      const wanted: Cursors = Object.fromEntries([
        ...[...times].map(([name, ms]) => [name, String(ms)]),
        ...newestOf(posts, now).map(([id, watched]) => [POST + id, writeEntry(watched)]),
        ...[...owed].map(([id, visitor]) => [OWED + id, visitor ? '1' : '0']),
      ]);
      const changes = difference(stored, wanted);
      stored = { ...stored, ...changes };
      return changes;
    },
  };
}

function withPrefix(cursors: Cursors, prefix: string): [string, string][] {
  return Object.entries(cursors)
    .filter(([name, value]) => name.startsWith(prefix) && value !== '')
    .map(([name, value]) => [name.slice(prefix.length), value]);
}

function readTime(text = ''): number {
  return Time.test(text) ? Number(text) : 0;
}

function readEntry(id: string, text: string): [string, Watched][] {
  const parts = Entry.exec(text)?.slice(1).map(Number);
  if (!parts) return [];
  const [count = 0, seen = 0, readAt = 0, postedAt = 0, visitor] = parts;
  return [[id, { count, seen, readAt, postedAt, visitor: visitor === 1 }]];
}

function writeEntry({ count, seen, readAt, postedAt, visitor }: Watched): string {
  return [count, seen, readAt, postedAt, visitor ? 1 : 0].join();
}

function newestOf(posts: ReadonlyMap<string, Watched>, now: number): [string, Watched][] {
  return [...posts]
    .sort(([, a], [, b]) => b.postedAt - a.postedAt)
    .filter(([, { postedAt }], index) => index < ALWAYS_FOLLOWED || now - postedAt < WATCH_MS)
    .slice(0, MAX_WATCHED);
}

function difference(before: Cursors, after: Cursors): Cursors {
  const changed = Object.entries(after).filter(([name, value]) => before[name] !== value);
  const gone = Object.keys(before).filter((name) => before[name] !== '' && !(name in after));
  return Object.fromEntries([...changed, ...gone.map((name) => [name, ''])]);
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
