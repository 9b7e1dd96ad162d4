import type { SimulatedPost } from '../simulator.ts';

/** A post with everything that stands under it, oldest answer first. */
export interface Thread {
  readonly post: SimulatedPost;
  readonly answers: readonly Thread[];
}

/** Posts as threads, the one with the newest message first. An answer whose parent is not among them is a thread. */
export function threadsOf(posts: readonly SimulatedPost[]): readonly Thread[] {
  const known = new Set(posts.map((post) => post.nativeId));
  const under = new Map<string, SimulatedPost[]>();
  const roots: SimulatedPost[] = [];
  for (const post of posts) {
    if (post.parentNativeId === null || !known.has(post.parentNativeId)) {
      roots.push(post);
      continue;
    }
    const siblings = under.get(post.parentNativeId) ?? [];
    siblings.push(post);
    under.set(post.parentNativeId, siblings);
  }
  const grown = (post: SimulatedPost): Thread => ({
    post,
    answers: (under.get(post.nativeId) ?? []).map(grown),
  });
  return roots.map(grown).sort((a, b) => newest(b) - newest(a));
}

function newest(thread: Thread): number {
  return Math.max(thread.post.at.getTime(), ...thread.answers.map(newest));
}
