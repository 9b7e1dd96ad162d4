import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DAY } from '../../src/core/clock.ts';
import { FacebookComment } from '../../src/platforms/facebook/schema.ts';
import { parseItems, readListing } from '../../src/platforms/graph/listing.ts';
import { openWatchList, WATCH_MS } from '../../src/platforms/graph/watched.ts';

const { comments } = JSON.parse(readFileSync('fixtures/facebook/answers.json', 'utf8')) as {
  comments: unknown;
};

// Planted: all parameters of `next` kept → the canary stood in the next request, this test failed.
test('the next page keeps the platform’s parameters but neither its token nor its host', () => {
  const { next } = readListing({ body: comments });
  expect(next).toEqual({ limit: '100', after: 'Wg' });
  expect(JSON.stringify(next)).not.toContain('CANARY');
});

test('an item that does not fit is rejected with its id and the reason; the others live', () => {
  const { fits, rejected } = parseItems(readListing({ body: comments }).items, FacebookComment);
  expect(fits.map(({ item }) => item.id)).toEqual(['1220000000000001_1220000000000004', '1220000000000003']);
  expect(rejected).toMatchObject([{ nativeId: '1220000000000001_1220000000000002' }]);
  expect(rejected[0]?.reason).toContain('message');
});

test('a missing author is no reason to reject', () => {
  const { fits } = parseItems(readListing({ body: comments }).items, FacebookComment);
  expect(fits[1]?.item.from).toBeUndefined();
});

const watched = (postedAt: number) => ({ count: 3, seen: 5, readAt: 9, postedAt, visitor: false });

test('the cursors come back as they were written, and only those that changed are written', () => {
  const now = 100 * DAY;
  const list = openWatchList({});
  list.set('1_2', watched(now - DAY));
  list.owe('1_3', true);
  list.setListedAt(now);
  const cursors = list.changedCursors(now);
  const again = openWatchList(cursors);
  expect(again.get('1_2')).toEqual(watched(now - DAY));
  expect(again.ids()).toEqual(['1_2', '1_3']);
  expect([again.isOwed('1_3'), again.isVisitors('1_3')]).toEqual([true, true]);
  expect(again.listedAt()).toBe(now);
  expect(again.changedCursors(now)).toEqual({});
  again.set('1_3', watched(now));
  expect(again.changedCursors(now)).toEqual({ 'post-1_3': expect.any(String), 'owed-1_3': '' });
});

test('the cursors stay few: old posts leave them, save the newest of a quiet account', () => {
  const now = 1_000 * DAY;
  const list = openWatchList({});
  for (let i = 0; i < 2_000; i += 1) list.set(`17900000000000000_${i}`, watched(now - i * (DAY / 20)));
  const cursors = list.changedCursors(now);
  expect(Object.keys(cursors)).toHaveLength(1_002);
  const muchLater = openWatchList(cursors).changedCursors(now + WATCH_MS);
  expect(Object.values(muchLater).filter((value) => value === '')).toHaveLength(940);
  const quiet = openWatchList({});
  quiet.set('old', watched(now - 2 * WATCH_MS));
  expect(openWatchList(quiet.changedCursors(now)).get('old')).toBeDefined();
});

test.each(['', '{', '1,2,3,4', '1,2,3,4,5', '-1,2,3,4,1', '1,2,NaN,4,1'])(
  'a cursor that cannot be read (%s) means: read that post again',
  (text) => {
    const list = openWatchList({ 'post-1_2': text, 'listed-at': 'x' });
    expect(list.get('1_2')).toBeUndefined();
    expect(list.listedAt()).toBe(0);
    expect(list.changedCursors(0)).toMatchObject(text === '' ? {} : { 'post-1_2': '' });
  },
);
