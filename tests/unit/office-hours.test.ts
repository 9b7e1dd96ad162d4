import { describe, expect, test } from '@jest/globals';
import { afterQuiet, isOfficeTime, officeHoursBetween } from '../../src/cases/office-hours.ts';
import { workCalendar } from '../../src/cases/working-days.ts';

const calendar = workCalendar([{ date: '2026-12-25' }]);
const hours = { from: 7 * 60 + 30, to: 16 * 60 };
/** Moment in WIB. */
const at = (text: string) => new Date(`${text}:00+07:00`);

describe('the office', () => {
  test.each([
    ['2026-11-24T07:29', false],
    ['2026-11-24T07:30', true],
    ['2026-11-24T15:59', true],
    ['2026-11-24T16:00', false],
    ['2026-11-28T10:00', false],
    ['2026-12-25T10:00', false],
    ['2026-11-24T00:00', false],
  ])('at %s open: %s', (moment, open) => {
    expect(isOfficeTime(calendar, hours, at(moment))).toBe(open);
  });

  test.each([
    ['2026-11-24T08:00', '2026-11-24T10:00', 2],
    ['2026-11-24T15:00', '2026-11-25T08:30', 2],
    // Over a weekend, and over Christmas with the weekend after it.
    ['2026-11-27T15:00', '2026-11-30T08:30', 2],
    ['2026-12-24T15:30', '2026-12-28T08:00', 1],
    ['2026-11-24T20:00', '2026-11-24T23:00', 0],
    ['2026-11-25T10:00', '2026-11-24T10:00', 0],
  ])('from %s to %s it was open for %d hours', (from, to, open) => {
    expect(officeHoursBetween(calendar, hours, at(from), at(to))).toBe(open);
  });
});

describe('quiet hours', () => {
  const overNight = { from: 21 * 60, to: 6 * 60 };
  test.each([
    [overNight, '2026-11-24T20:59', '2026-11-24T20:59'],
    [overNight, '2026-11-24T21:00', '2026-11-25T06:00'],
    [overNight, '2026-11-25T05:59', '2026-11-25T06:00'],
    [overNight, '2026-11-25T06:00', '2026-11-25T06:00'],
    [{ from: 12 * 60, to: 13 * 60 }, '2026-11-24T12:30', '2026-11-24T13:00'],
    // The same minute twice: nobody asked for any.
    [{ from: 0, to: 0 }, '2026-11-24T00:00', '2026-11-24T00:00'],
  ])('%j: what comes at %s is told at %s', (quiet, moment, told) => {
    expect(afterQuiet(quiet, at(moment))).toEqual(at(told));
  });
});
