import { TransientError } from '../../core/errors.ts';
import type { ReplyTarget } from '../../domain/reply.ts';
import type { OwnLook, OwnReply, TargetNow } from '../connector.ts';
import { type Account, historyOf, includesOf, parentIdOf, postUrl, textOf } from './found.ts';
import { postReadMicros, type Spent } from './price.ts';
import { postQuery, type ReadDeps, readList } from './read.ts';
import { type ListAnswer, PartialError, Post, readable } from './schema.ts';
import { timeOfId } from './snowflake.ts';

type LookDeps = ReadDeps & {
  readonly charge: (ids: Iterable<string>, microsEach: number) => number;
  readonly spent: Spent;
};

async function book(deps: LookDeps, answer: ListAnswer): Promise<void> {
  const ids = postsOf(answer).map(({ id }) => id);
  await deps.spent(deps.charge(ids, postReadMicros));
}

/** The citizen's post as it stands now, in its newest version. @throws the errors of src/core/errors.ts */
export async function inspectPost(
  deps: LookDeps,
  target: ReplyTarget,
  signal: AbortSignal,
): Promise<TargetNow> {
  const now = (await inspectPosts(deps, [target], signal)).get(target.nativeId);
  if (now) return now;
  throw new TransientError('x: neither the post nor a reason for its absence');
}

/** At most 100 posts, one call; a second one for those that were edited. @throws the errors of src/core/errors.ts */
export async function inspectPosts(
  deps: LookDeps,
  targets: readonly ReplyTarget[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TargetNow>> {
  const ids = targets.map(({ nativeId }) => nativeId);
  const asked = await lookUp(deps, ids, signal);
  const later = [...asked.values()].flatMap((post) => (post === 'gone' ? [] : historyOf(post).last));
  const newer = later.filter((id) => !asked.has(id));
  const known = new Map([...asked, ...(newer.length > 0 ? await lookUp(deps, newer, signal) : [])]);
  const found = new Map<string, TargetNow>();
  for (const id of ids) {
    const first = known.get(id);
    const newest = first === undefined || first === 'gone' ? first : known.get(historyOf(first).last);
    if (newest === 'gone') found.set(id, { state: 'gone' });
    else if (newest)
      found.set(id, { state: 'present', text: textOf(newest), hidden: false, latestNativeId: newest.id });
  }
  return found;
}

/** What X says of a post that is deleted, withheld, or whose author is protected or suspended. */
const goneKinds = ['resource-not-found', 'not-authorized-for-resource'];

async function lookUp(
  deps: LookDeps,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Post | 'gone'>> {
  const read = await readList(deps, 'tweets', { ...postQuery, ids: ids.join() }, signal);
  if (read === 'stale') throw new TransientError('x: look-up answered as a timeline');
  await book(deps, read.answer);
  const gone = readable(PartialError, read.answer.errors)
    .filter(({ type = '' }) => goneKinds.includes(type.split('/').at(-1) ?? ''))
    .map(({ resource_id, value }) => resource_id ?? value ?? '')
    .filter((id) => ids.includes(id));
  const there = postsOf(read.answer).filter(({ id }) => ids.includes(id));
  return new Map<string, Post | 'gone'>([
    ...gone.map((id) => [id, 'gone'] as const),
    ...there.map((post) => [post.id, post] as const),
  ]);
}

/** The own timeline ends here: "the most recent 3,200 posts". Source: X docs, timelines. */
export const ownReach = 3_200;
/** Posts that X hides count for its reach, so a timeline of nearly 3,200 may have been cut. */
const reachSlack = 20;

/**
 * Our own replies to the target (to any of its versions) since then, read by time, newest first, as far as X goes.
 * @throws the errors of src/core/errors.ts
 */
export async function ownRepliesTo(
  deps: LookDeps & { readonly account: Account },
  target: ReplyTarget,
  since: Date,
  signal: AbortSignal,
): Promise<OwnLook> {
  const path = `users/${encodeURIComponent(deps.account.id)}/tweets`;
  const query = { ...postQuery, start_time: `${since.toISOString().slice(0, 19)}Z`, max_results: '100' };
  const found = new Map<string, OwnReply>();
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const bounds = token === undefined ? query : { ...query, pagination_token: token };
    const read = await readList(deps, path, bounds, signal);
    if (read === 'stale') throw new TransientError('x: own timeline refused');
    await book(deps, read.answer);
    const ids = postsOf(read.answer).map(({ id }) => id);
    // A page that brings nothing new and names a next one is a circle.
    if (ids.length > 0 && ids.every((id) => seen.has(id))) break;
    for (const id of ids) seen.add(id);
    for (const reply of repliesOn(read.answer, target, deps.account)) found.set(reply.nativeId, reply);
    token = read.answer.meta?.next_token;
  } while (token !== undefined && seen.size < ownReach);
  const replies = [...found.values()].filter((reply) => reply.postedAt >= since);
  const isCut = token !== undefined || seen.size >= ownReach - reachSlack;
  return { replies, completeFrom: isCut ? oldestOf(seen) : since };
}

function oldestOf(ids: ReadonlySet<string>): Date {
  const times = [...ids].map((id) => timeOfId(id).getTime());
  return new Date(times.reduce((oldest, time) => Math.min(oldest, time), Number.POSITIVE_INFINITY));
}

function postsOf({ data }: ListAnswer): Post[] {
  return readable(Post, Array.isArray(data) ? data : []);
}

function repliesOn(answer: ListAnswer, target: ReplyTarget, account: Account): OwnReply[] {
  const { posts } = includesOf(answer);
  const answersTarget = (post: Post): boolean => {
    const parentId = parentIdOf(post);
    if (parentId === target.nativeId) return true;
    const parent = parentId === null ? undefined : posts.get(parentId);
    return parent !== undefined && historyOf(parent).ids.includes(target.nativeId);
  };
  return postsOf(answer)
    .filter(answersTarget)
    .map((post) => {
      const { first, last } = historyOf(post);
      const postedAt = post.created_at === undefined ? timeOfId(first) : new Date(post.created_at);
      return { nativeId: first, text: textOf(post), url: postUrl(account.handle, last), postedAt };
    });
}
