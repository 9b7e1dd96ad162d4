import { expect, test } from '@jest/globals';
import { cameLate, lateAfterMs } from '../../src/ingest/late.ts';

const at = (time: string) => new Date(`2026-11-24T${time}:00Z`);

// Planted: silence not asked for → an old comment under a post that is looked at seldom counts as late.
test.each([
  ['polled, the channel answered a minute ago', '09:15', '11:59', false, false],
  ['polled, written while the channel was silent', '09:15', '09:00', false, true],
  ['polled, written before it fell silent', '08:50', '09:00', false, false],
  ['polled, written just now after a silence', '11:50', '09:00', false, false],
  ['polled for the first time', '09:15', null, false, false],
  ['delivered at once', '11:59', null, true, false],
  ['delivered hours after it was written', '09:15', null, true, true],
  ['delivered, written before the channel was connected', '05:00', null, true, false],
])('%s', (_, postedAt, lastSuccess, delivered, late) => {
  const channel = { lastSuccessAt: lastSuccess === null ? null : at(lastSuccess), connectedAt: at('06:00') };
  expect(cameLate({ postedAt: at(postedAt) }, channel, at('12:00'), { delivered, lateAfterMs })).toBe(late);
});
