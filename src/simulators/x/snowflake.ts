/** Start of X's id clock. Source: X API docs, "Twitter IDs": ms = (id >> 22) + 1288834974657. */
const epochMs = 1_288_834_974_657n;

/** The id of the n-th post of a millisecond. */
export function snowflake(at: Date, seq: number): string {
  return (((BigInt(at.getTime()) - epochMs) << 22n) | BigInt(seq)).toString();
}

/** The smallest id that a post of this moment can have. */
export function firstIdAt(at: Date): bigint {
  return (BigInt(at.getTime()) - epochMs) << 22n;
}
