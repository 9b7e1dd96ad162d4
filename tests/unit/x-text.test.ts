import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fixedClock } from '../../src/core/clock.ts';
import { channelId } from '../../src/domain/ids.ts';
import { xConnector } from '../../src/platforms/x/index.ts';
import { searchQueries } from '../../src/platforms/x/keywords.ts';
import { keptRaw } from '../../src/platforms/x/raw.ts';
import { typedText } from '../../src/platforms/x/text.ts';

const connector = xConnector({
  channelId: channelId('x', 'aduankra_sim'),
  account: { id: '1', handle: 'aduankra_sim' },
  accessToken: async () => 't',
  clock: fixedClock('2026-11-24T00:00:00Z'),
});

test.each([
  ['halo', 4],
  ['lapor di laporgub.jatengprov.go.id', 9 + 23],
  ['https://karanganyarkab.go.id/aduan/panjang/sekali?a=1', 23],
  ['👨‍👩‍👧‍👦', 2],
  ['ꦏꦫꦁꦲꦚꦂ', 12],
  ['…', 2],
  ['—“”', 3],
])('X counts %s as %d', (text, used) => {
  expect(connector.measure(text)).toEqual({ used, limit: 280 });
});

test('a text is read as its author typed it', () => {
  const urls = [
    {
      url: 'https://t.co/a',
      expanded_url: 'https://karanganyarkab.go.id/x',
      display_url: 'karanganyarkab.go.id/x',
    },
    { url: 'https://t.co/b', expanded_url: 'http://lapor.go.id', display_url: 'lapor.go.id' },
    { url: 'https://t.co/c', expanded_url: 'https://x.com/warga/status/12/photo/1' },
    { url: 'https://t.co/d', expanded_url: 'https://x.com/dinas/status/99' },
  ];
  const wire = 'A &amp; B &lt;3 https://t.co/a https://t.co/b https://t.co/d https://t.co/c';
  expect(typedText(wire, { urls }, '99')).toBe('A & B <3 https://karanganyarkab.go.id/x lapor.go.id');
});

test('an escaped escape is unescaped once', () => {
  expect(typedText('&amp;lt;', undefined, null)).toBe('&lt;');
});

test('half a surrogate pair becomes a character that can be stored', () => {
  expect(typedText('a\ud800b', undefined, null)).toBe('a\ufffdb');
});

test('keywords stay words: no keyword can become an operator or break the length limit', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 60 }), (keywords) => {
      for (const query of searchQueries(keywords, 'aduankra_sim')) {
        expect(query.length).toBeLessThanOrEqual(512);
        expect(query).toMatch(
          /^\((?:[\p{L}\p{N}]+|"[^"]+")(?: OR (?:[\p{L}\p{N}]+|"[^"]+"))*\) -is:retweet -from:aduankra_sim -@aduankra_sim$/u,
        );
      }
    }),
  );
  expect(searchQueries([' jalan rusak ', 'from:warga', 'OR', '"', 'PJU'], 'a')).toEqual([
    '("jalan rusak" OR "from:warga" OR "OR" OR PJU) -is:retweet -from:a -@a',
  ]);
});

test('what is kept of an answer is bounded and has no prototype keys', () => {
  expect(keptRaw(JSON.parse('{"__proto__":{"a":1},"b":2}'))).toEqual({ b: 2 });
  expect(JSON.stringify(keptRaw({ text: 'x'.repeat(200_000) })).length).toBeLessThan(3_000);
  const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
  expect(keptRaw(deep)).toHaveProperty('cut');
});
