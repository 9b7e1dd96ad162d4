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

test('the cursor comes back as it was written', () => {
  const now = 100 * DAY;
  const list = openWatchList({});
  list.set('1_2', watched(now - DAY));
  list.setListedAt(now);
  const again = openWatchList(list.toCursors(now));
  expect(again.get('1_2')).toEqual(watched(now - DAY));
  expect(again.listedAt()).toBe(now);
});

test('the cursor stays small: old posts leave it, save the newest of a quiet account', () => {
  const now = 1_000 * DAY;
  const list = openWatchList({});
  for (let i = 0; i < 2_000; i += 1) list.set(`17900000000000000_${i}`, watched(now - i * (DAY / 8)));
  expect(JSON.stringify(list.toCursors(now)).length).toBeLessThan(40_000);
  const quiet = openWatchList({});
  quiet.set('old', watched(now - 2 * WATCH_MS));
  expect(openWatchList(quiet.toCursors(now)).get('old')).toBeDefined();
});

test.each(['', '{', '[]', '{"listedAt":1}', '{"listedAt":0,"posts":{"1":["x"]}}'])(
  'a cursor that cannot be read (%s) means: read everything again',
  (text) => {
    const list = openWatchList({ watched: text });
    expect(list.ids()).toEqual([]);
    expect(list.listedAt()).toBe(0);
  },
);
