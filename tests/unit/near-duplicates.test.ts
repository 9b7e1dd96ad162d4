import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { goesRound } from '../../src/cases/copied.ts';
import { loadTrainingExamples } from '../../src/classify/load.ts';
import { COPY, type Fingerprint, fingerprintOf, likenessOf } from '../../src/text/near-duplicates.ts';

const texts = loadTrainingExamples(process.cwd()).map(({ text }) => text);

function printOf(text: string): Fingerprint {
  const print = fingerprintOf(text);
  if (!print) throw new Error(`no fingerprint: ${text}`);
  return print;
}

/** Found as the store finds it: a key in common, and alike enough. */
function isFound(one: Fingerprint, other: Fingerprint): boolean {
  return one.keys.some((key) => other.keys.includes(key)) && likenessOf(one.values, other.values) >= COPY;
}

/** How people pass a text on. */
const variants: readonly [string, (text: string) => string][] = [
  ['with handles and a link', (text) => `@aduankra ${text} https://t.co/abc`],
  ['in capitals', (text) => text.toUpperCase()],
  ['with stretched vowels', (text) => text.replace(/a\b/gu, 'aaaa')],
  ['forwarded, with emoji', (text) => `Diteruskan dari grup: ${text} 🙏🙏`],
  ['with greeting and thanks', (text) => `Assalamualaikum min, ${text}. Terima kasih`],
  ['cut short by a fifth', (text) => text.slice(0, Math.floor(text.length * 0.8))],
  ['with a typing error every 33 letters', (text) => text.replace(/(.{32})./gsu, '$1x')],
  ['with another place in it', (text) => text.replace(/(\S+\s+\S+\s+)\S+/u, '$1Karangpandan')],
];

describe('copies of a text', () => {
  const bases = texts.filter((text) => text.length >= 60).filter((_, at) => at % 6 === 0);

  test.each(variants)('%s: at least nine in ten are found', (_, change) => {
    const found = bases.filter((text) => isFound(printOf(text), printOf(change(text))));
    expect(bases.length).toBeGreaterThan(200);
    expect(found.length / bases.length).toBeGreaterThanOrEqual(0.9);
  });

  test('among all our examples, each about something else, hardly any two are taken for copies', () => {
    const byKey = new Map<number, [string, Fingerprint][]>();
    const taken = new Set<string>();
    const compare = (text: string, print: Fingerprint, key: number) => {
      const others = byKey.get(key) ?? [];
      for (const [other, its] of others) {
        if (likenessOf(print.values, its.values) >= COPY) taken.add(`${other} / ${text}`);
      }
      byKey.set(key, others);
      others.push([text, print]);
    };
    for (const text of texts) {
      const print = fingerprintOf(text);
      if (print) for (const key of print.keys) compare(text, print, key);
    }
    // Of more than five million pairs.
    expect(texts.length).toBeGreaterThan(3_200);
    expect(taken.size).toBeLessThanOrEqual(10);
  });
});

describe('a fingerprint', () => {
  const anyText = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\ud800',
        '\u202e',
        '👩‍👩‍👧',
        '@',
        'https://',
        'jalan rusak',
        'İ',
        '\u0000',
        'aaaaaaaa',
      ),
    ),
    { maxLength: 40 },
  );

  test('is the same twice, whatever the text; every text is a copy of itself', () => {
    fc.assert(
      fc.property(anyText, (pieces) => {
        const text = pieces.join(' ');
        const print = fingerprintOf(text);
        expect(fingerprintOf(text)).toEqual(print);
        if (!print) return;
        expect(likenessOf(print.values, print.values)).toBe(1);
        expect(new Set(print.keys.map(Number.isInteger))).toEqual(new Set([true]));
      }),
    );
  });

  test('likeness is the share of pieces in common, and the same both ways', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnop'), minLength: 5, maxLength: 9 });
    const list = fc.array(word, { minLength: 40, maxLength: 80 });
    fc.assert(
      fc.property(list, list, fc.double({ min: 0, max: 1, noNaN: true }), (ours, theirs, share) => {
        const kept = Math.round(ours.length * share);
        const [one, other] = [ours, [...ours.slice(0, kept), ...theirs]].map((words) => words.join(' '));
        const [a, b] = [printOf(one!), printOf(other!)];
        const said = likenessOf(a.values, b.values);
        expect(likenessOf(b.values, a.values)).toBe(said);
        expect(Math.abs(said - sharedPieces(one!, other!))).toBeLessThan(0.3);
      }),
      { numRuns: 60 },
    );
  });

  test('a short text has none, and ten megabytes are read by their beginning', () => {
    expect(fingerprintOf('podo min')).toBeNull();
    expect(fingerprintOf('🙏'.repeat(500))).toBeNull();
    const opening = 'mohon maaf, info ini dari grup sebelah. '.repeat(300);
    const [one, other] = [printOf(`${opening}${'x y '.repeat(2_500_000)}`), printOf(opening)];
    expect(likenessOf(one.values, other.values)).toBe(1);
  });
});

function sharedPieces(one: string, other: string): number {
  const pieces = (text: string) =>
    new Set(Array.from({ length: text.length - 4 }, (_, at) => text.slice(at, at + 5)));
  const [a, b] = [pieces(one), pieces(other)];
  const both = [...a].filter((piece) => b.has(piece)).length;
  return both / (a.size + b.size - both);
}

test('a text goes round when three others wrote it too; who repeats himself does not count', () => {
  const by = (...authors: string[]) => authors.map((author) => ({ by: author }));
  expect(goesRound('x 1', by('x 2', 'x 3', 'facebook 4'))).toBe(true);
  expect(goesRound('x 1', by('x 1', 'x 1', 'x 1', 'x 2', 'x 2', 'x 3'))).toBe(false);
});
