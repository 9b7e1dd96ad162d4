/** Start of X's id clock. Source: X API docs, "Twitter IDs": ms = (id >> 22) + 1288834974657. */
const epochMs = 1_288_834_974_657;

/** When the post with this id was made. */
export function timeOfId(id: string): Date {
  return new Date(Number(BigInt(id) >> 22n) + epochMs);
}

/** The smallest id that a post of this moment can have. */
export function firstIdAt(ms: number): bigint {
  return ms <= epochMs ? 1n : BigInt(ms - epochMs) << 22n;
}
