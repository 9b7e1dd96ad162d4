import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fixedClock, MINUTE } from '../../src/core/clock.ts';
import { newestOf, readCursor, sinceId } from '../../src/platforms/x/cursor.ts';
import { firstIdAt, timeOfId } from '../../src/platforms/x/snowflake.ts';

const clock = fixedClock('2026-11-24T03:00:00Z');
const now = clock.now().getTime();
const id = (ms: number) => firstIdAt(ms).toString();

test('an id tells its time to the millisecond', () => {
  // A post of 21 Mar 2006 12:50:14 has an id from before the id clock; the first of the clock itself:
  expect(timeOfId('0').toISOString()).toBe('2010-11-04T01:42:54.657Z');
  fc.assert(
    fc.property(
      fc.integer({ min: 1_288_834_974_658, max: 2_500_000_000_000 }),
      fc.integer({ min: 0, max: (1 << 22) - 1 }),
      (ms, seq) => {
        expect(timeOfId((firstIdAt(ms) + BigInt(seq)).toString()).getTime()).toBe(ms);
      },
    ),
  );
});

test('the cursor is the largest id, also where numbers can no longer tell them apart', () => {
  const a = firstIdAt(now);
  expect(newestOf(null, [a.toString(), (a + 1n).toString()], clock)).toBe(a + 1n);
  expect(Number(a)).toBe(Number(a + 1n));
});

test('the cursor never goes back', () => {
  expect(newestOf(firstIdAt(now), [id(now - MINUTE)], clock)).toBe(firstIdAt(now));
});

// Planted: the check for future ids removed → one garbled id hides every later message, this test fails.
test('an id from the future moves no cursor, and a stored one is not trusted', () => {
  expect(newestOf(firstIdAt(now), ['9223372036854775807', 'abc', ''], clock)).toBe(firstIdAt(now));
  expect(readCursor('9223372036854775807', clock)).toBeNull();
  expect(readCursor('__proto__', clock)).toBeNull();
  expect(readCursor(undefined, clock)).toBeNull();
});

test('reading starts 15 minutes before the newest post, exclusive', () => {
  expect(BigInt(sinceId(firstIdAt(now)))).toBe(firstIdAt(now - 15 * MINUTE) - 1n);
});
