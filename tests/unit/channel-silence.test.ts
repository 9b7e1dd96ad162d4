import { expect, test } from '@jest/globals';
import { DAY, HOUR } from '../../src/core/clock.ts';
import { healthOf } from '../../src/domain/channel-health.ts';
import { channel } from '../support/builders.ts';

const now = new Date('2026-11-24T03:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

/** One message in six hours; a silence of 42 hours is unusual. */
function troubles(lastMessageAt: Date, connectedAt: Date) {
  const facts = { lastMessageAt, lagMs: null, messages: 112, pollEveryMs: null };
  return healthOf(channel({ connectedAt }), facts, now).troubles.map(({ kind, words }) => [kind, words.id]);
}

// Planted: counted from the last message alone, a channel that was just connected is silent at once.
test('a channel that says less than usual is silent, but not for the time before it was connected', () => {
  expect(troubles(ago(41 * HOUR), ago(30 * DAY))).toEqual([]);
  const told = 'Tidak ada pesan selama 43 jam; biasanya sekali dalam 6 jam.';
  expect(troubles(ago(43 * HOUR), ago(30 * DAY))).toEqual([['silent', told]]);
  expect(troubles(ago(3 * DAY), ago(HOUR))).toEqual([]);
  expect(troubles(ago(3 * DAY), ago(43 * HOUR))).toEqual([['silent', told]]);
});
