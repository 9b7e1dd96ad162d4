import { describe, expect, test } from '@jest/globals';
import { calendarOf, openDeadline } from '../../src/api/contract/deadline.ts';
import { fromCursor, toCursor } from '../../src/api/cursor.ts';
import { mask, oneLine, safeUrl } from '../../src/api/masking.ts';
import { ownPath } from '../../src/api/page/frame.ts';
import { ageOf, deadlineOf, inWib } from '../../src/api/page/time.ts';
import { languageOf } from '../../src/api/problem.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/clock.ts';

test.each([
  [undefined, 'id'],
  ['en', 'en'],
  ['en-US,en;q=0.9', 'en'],
  ['id-ID,id;q=0.9,en;q=0.8', 'id'],
  ['fr, en;q=0.5, id;q=0.4', 'en'],
  ['en;q=0, id', 'id'],
  ['*', 'id'],
])('the language of %s is %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

describe('a text in a list', () => {
  test('is without long numbers, NIK and phone numbers', () => {
    const masked = mask('NIK 3313012345670001, hp 0812-3456-7890 atau +62 812 3456 7890');
    expect(masked).not.toMatch(/\d{4}/);
  });

  test('keeps numbers that tell something', () => {
    expect(mask('RT 03 RW 07, sejak 2019, 15 lubang')).toBe('RT 03 RW 07, sejak 2019, 15 lubang');
  });

  test('is one line, cut between characters', () => {
    expect(oneLine('satu\n dua\t tiga', 20)).toBe('satu dua tiga');
    expect(oneLine('😀😀😀😀', 3)).toBe('😀😀…');
  });
});

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//x',
  'x',
  '',
  null,
])('the link %j is not shown', (url) => {
  expect(safeUrl(url)).toBeNull();
});

test.each([
  'https://jahat.example',
  '//jahat.example',
  '/\\jahat.example',
  'javascript:x',
  '/a?b=//c',
  undefined,
])('after a form nobody is sent to %j', (path) => {
  expect(ownPath(path)).toBe('/ringan');
});

test('a place in a list survives the way through the client, and a made-up one is refused', () => {
  const place = { at: new Date('2026-11-02T02:00:00Z'), id: 'KRA-2026-000001' };
  expect(fromCursor(toCursor(place))).toEqual(place);
  expect(() => fromCursor('bohong')).toThrow();
  expect(() => fromCursor(Buffer.from('99999999999999999 x').toString('base64url'))).toThrow();
});

test('times are said in words and in WIB', () => {
  const now = new Date('2026-11-02T02:00:00Z');
  const later = (ms: number) => new Date(now.getTime() + ms);
  expect(inWib(now)).toBe('2 Nov 2026, 09.00 WIB');
  expect(ageOf(later(-30 * MINUTE), now)).toBe('30 menit lalu');
  // Thursday the 5th is a holiday, then comes a weekend. Planted: calendar days, and today counted along.
  const at = { now, calendar: calendarOf(['2026-11-05']) };
  expect(deadlineOf(later(3 * DAY), at)).toEqual({ words: 'sisa 2 hari kerja', tone: 'calm' });
  expect(deadlineOf(later(7 * DAY), at)).toEqual({ words: 'sisa 4 hari kerja', tone: 'calm' });
  expect(deadlineOf(later(1.5 * DAY), at)).toEqual({ words: 'sisa 1 hari kerja', tone: 'near' });
  expect(deadlineOf(later(2 * HOUR), at)).toEqual({ words: 'sisa 2 jam', tone: 'near' });
  expect(deadlineOf(later(-2 * DAY), at)).toEqual({ words: 'lewat 2 hari', tone: 'late' });
  expect(deadlineOf(null, at)).toBeNull();
  expect([
    openDeadline({ dueAt: now, state: 'proses' }),
    openDeadline({ dueAt: now, state: 'dijawab' }),
  ]).toEqual([now, null]);
});
