import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readClocks, readHolidays } from '../../src/cases/calendar-files.ts';
import { clockOf, dueAt, ruleFor } from '../../src/cases/due-at.ts';
import {
  addWorkingDays,
  dayOf,
  endOfDay,
  isoDay,
  workCalendar,
  workingDaysBetween,
} from '../../src/cases/working-days.ts';
import { DAY, HOUR } from '../../src/core/clock.ts';
import type { CaseEvent, CaseState } from '../../src/domain/case.ts';
import type { UserId } from '../../src/domain/ids.ts';

const file = (name: string): unknown => JSON.parse(readFileSync(`data/${name}.json`, 'utf8'));
const rules = readClocks(file('clocks'));
const holidays = readHolidays(file('holidays'));
const calendar = workCalendar(holidays);
const clocks = { rules, calendar };

/** Weekday by a second way: the platform's own calendar, in WIB. */
const weekdayInWib = (at: Date) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Jakarta', weekday: 'short' }).format(at);
const dateInWib = (at: Date) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta', dateStyle: 'short' }).format(at);

const moment = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2035-12-31T23:59:59Z'),
  noInvalidDate: true,
});
/** Holidays on some of the next hundred days. */
const someHolidays = fc.uniqueArray(fc.integer({ min: -5, max: 100 }), { minLength: 10, maxLength: 40 });
const holidaysAfter = (from: Date, days: readonly number[]) =>
  days.map((day) => ({ date: isoDay(dayOf(from) + day), name: 'libur' }));

describe('working days', () => {
  // Seen failing with the weekend test shifted by one day, and with the holiday test left out.
  test('the due day is never a Saturday, a Sunday or a holiday, whatever the year', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 70 }), someHolidays, (from, count, days) => {
        const off = holidaysAfter(from, days);
        const due = endOfDay(addWorkingDays(workCalendar(off), dayOf(from), count));
        expect(['Sat', 'Sun']).not.toContain(weekdayInWib(due));
        expect(off.map((holiday) => holiday.date)).not.toContain(dateInWib(due));
      }),
      { numRuns: 300 },
    );
  });

  test('a later start or more days never give an earlier day', () => {
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 60 * DAY }),
        fc.integer({ min: 0, max: 60 }),
        someHolidays,
        (from, later, count, off) => {
          const days = workCalendar(holidaysAfter(from, off));
          const due = addWorkingDays(days, dayOf(from), count);
          const dueLater = addWorkingDays(days, dayOf(new Date(from.getTime() + later)), count);
          expect(dueLater).toBeGreaterThanOrEqual(due);
          expect(addWorkingDays(days, dayOf(from), count + 1)).toBeGreaterThan(due);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('adding days in two steps is adding them at once, and counting gives them back', () => {
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        someHolidays,
        (from, a, b, off) => {
          const days = workCalendar(holidaysAfter(from, off));
          const start = dayOf(from);
          const end = addWorkingDays(days, addWorkingDays(days, start, a), b);
          expect(end).toBe(addWorkingDays(days, start, a + b));
          expect(workingDaysBetween(days, start, end)).toBe(a + b);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the day is the day in WIB: a message of 23.30 WIB is of that day, one of 00.30 of the next', () => {
    expect(isoDay(dayOf(new Date('2026-11-23T16:30:00Z')))).toBe('2026-11-23');
    expect(isoDay(dayOf(new Date('2026-11-23T17:30:00Z')))).toBe('2026-11-24');
    expect(endOfDay(dayOf(new Date('2026-11-23T03:00:00Z'))).toISOString()).toBe('2026-11-23T16:59:59.999Z');
  });

  test('a calendar without any working day is refused instead of searched for ever', () => {
    expect(() => addWorkingDays({ holidays: [], isWorkingDay: () => false }, 20_000, 1)).toThrow(RangeError);
  });
});

describe('the deadline of a case', () => {
  test('fourteen working days from a Tuesday end on the Monday of the third week after', () => {
    const due = dueAt(clocks, {
      kind: 'pengaduan',
      step: 'tindak_lanjut',
      from: new Date('2026-11-03T06:30:00+07:00'),
    });
    expect(due?.toISOString()).toBe('2026-11-23T16:59:59.999Z');
  });

  test('Lebaran does not count: five days asked for on 17 March 2026 end on 31 March', () => {
    // 18 to 24 March are Nyepi, Idulfitri and their collective leave; 17 itself is not counted.
    const due = dueAt(clocks, {
      kind: 'permintaan_informasi',
      step: 'tindak_lanjut',
      from: new Date('2026-03-17T09:00:00+07:00'),
    });
    expect(isoDay(dayOf(due as Date))).toBe('2026-03-31');
  });

  test('an aspiration has no deadline, because no clock is known', () => {
    expect(
      dueAt(clocks, { kind: 'aspirasi', step: 'tindak_lanjut', from: new Date('2026-11-03') }),
    ).toBeNull();
  });

  test('a rule holds from its day on, and the kind’s own rule goes before the general one', () => {
    const base = { scheme: 'SP4N', step: 'tindak_lanjut', verified: true, source: 'test' };
    const several = [
      { ...base, kind: '*', workingDays: 3, effectiveFrom: '2026-06-01' },
      { ...base, kind: 'pengaduan_non_pengawasan', workingDays: 14, effectiveFrom: '2018-01-01' },
      { ...base, kind: 'pengaduan_non_pengawasan', workingDays: 10, effectiveFrom: '2026-06-01' },
    ];
    const days = (from: string) =>
      ruleFor(several, { kind: 'pengaduan' }, 'tindak_lanjut', new Date(from))?.workingDays;
    expect(days('2026-05-31T10:00:00+07:00')).toBe(14);
    expect(days('2026-06-01T00:30:00+07:00')).toBe(10);
    expect(ruleFor(several, { kind: 'aspirasi' }, 'tindak_lanjut', new Date('2026-07-01'))?.workingDays).toBe(
      3,
    );
    expect(ruleFor(several, { kind: 'aspirasi' }, 'tindak_lanjut', new Date('2025-07-01'))).toBeNull();
  });

  test('each working day of a pause is added; a pause within a day or a weekend adds nothing', () => {
    const from = new Date('2026-11-03T08:00:00+07:00');
    const due = (pauses: { from: Date; to: Date | null }[]) => {
      const at = dueAt(clocks, { kind: 'permintaan_informasi', step: 'tindak_lanjut', from, pauses });
      return at && isoDay(dayOf(at));
    };
    expect(due([])).toBe('2026-11-10');
    const wednesday = new Date('2026-11-04T09:00:00+07:00');
    expect(due([{ from: wednesday, to: new Date(wednesday.getTime() + 5 * HOUR) }])).toBe('2026-11-10');
    expect(due([{ from: wednesday, to: new Date(wednesday.getTime() + 2 * DAY) }])).toBe('2026-11-12');
    const saturday = new Date('2026-11-07T09:00:00+07:00');
    expect(due([{ from: saturday, to: new Date(saturday.getTime() + DAY) }])).toBe('2026-11-10');
    expect(due([{ from: wednesday, to: null }])).toBeNull();
  });

  test('the history tells the clock: pauses since it was opened, anew from when it was opened again', () => {
    const event = (at: string, from: CaseState, to: CaseState): CaseEvent => ({
      at: new Date(at),
      by: 'sari' as UserId,
      what: '',
      from,
      to,
      note: null,
    });
    const openedAt = new Date('2026-11-02');
    const paused = [event('2026-11-03', 'proses', 'tertunda'), event('2026-11-05', 'tertunda', 'proses')];
    expect(clockOf(paused, openedAt)).toEqual({
      from: openedAt,
      pauses: [{ from: new Date('2026-11-03'), to: new Date('2026-11-05') }],
    });
    const reopened = [
      ...paused,
      event('2026-11-09', 'proses', 'dijawab'),
      event('2026-11-12', 'dijawab', 'dibuka_kembali'),
    ];
    expect(clockOf(reopened, openedAt)).toEqual({ from: new Date('2026-11-12'), pauses: [] });
    expect(
      clockOf([...reopened, event('2026-11-13', 'dibuka_kembali', 'tertunda')], openedAt).pauses,
    ).toEqual([{ from: new Date('2026-11-13'), to: null }]);
  });
});

describe('the shipped calendar', () => {
  test('names each day once, for every year from 2023 to 2027, in order', () => {
    const dates = holidays.map((holiday) => holiday.date);
    expect(new Set(dates).size).toBe(dates.length);
    expect([...dates].sort()).toEqual(dates);
    for (const year of ['2023', '2024', '2025', '2026', '2027']) {
      expect(dates.filter((date) => date.startsWith(year)).length).toBeGreaterThanOrEqual(16);
      expect(dates).toContain(`${year}-08-17`);
    }
  });
});

// Seen failing with `oversight` left out of clockName: both were 14 days.
test('a complaint that calls for an inspection has sixty working days; nothing else has', () => {
  const from = new Date('2026-03-02T03:00:00Z');
  const days = (kind: 'pengaduan' | 'permintaan_informasi', oversight: boolean) =>
    ruleFor(rules, { kind, oversight }, 'tindak_lanjut', from)?.workingDays;
  expect([days('pengaduan', false), days('pengaduan', true)]).toEqual([14, 60]);
  expect(days('permintaan_informasi', true)).toBe(5);
  const due = dueAt(clocks, { kind: 'pengaduan', oversight: true, step: 'tindak_lanjut', from });
  expect(due).toEqual(endOfDay(addWorkingDays(calendar, dayOf(from), 60)));
});
