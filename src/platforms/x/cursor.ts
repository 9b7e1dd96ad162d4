import { type Clock, MINUTE } from '../../core/clock.ts';
import { firstIdAt, timeOfId } from './snowflake.ts';

/** Posts that X indexed late still lie this far behind the newest one seen (valory-xyz/IEKit#307). */
export const overlapMs = 15 * MINUTE;
/** Clocks differ; an id from further ahead than this is not one that X can have given. */
const aheadMs = 5 * MINUTE;

/** The stored cursor, or null when there is none or it cannot be right (it would hide everything before it). */
export function readCursor(stored: string | undefined, clock: Clock): bigint | null {
  return stored !== undefined && isPossibleId(stored, clock) ? BigInt(stored) : null;
}

/** An id that a post of up to now can have. */
function isPossibleId(id: string, clock: Clock): boolean {
  return /^[0-9]{1,19}$/.test(id) && timeOfId(id).getTime() <= clock.now().getTime() + aheadMs;
}

/** The larger one of a cursor and some ids. Ids are larger than 2^53, so numbers would not do. */
export function newestOf(cursor: bigint | null, ids: Iterable<string>, clock: Clock): bigint | null {
  let newest = cursor;
  for (const id of ids) {
    if (isPossibleId(id, clock) && (newest === null || BigInt(id) > newest)) newest = BigInt(id);
  }
  return newest;
}

/** Just below everything that may still turn up. */
export function sinceId(cursor: bigint): string {
  const since = firstIdAt(timeOfId(cursor.toString()).getTime() - overlapMs);
  return (since > 1n ? since - 1n : 1n).toString();
}
