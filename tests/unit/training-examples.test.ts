import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { kinds } from '../../src/domain/classification.ts';
import { COPY, type Fingerprint, fingerprintOf, likenessOf } from '../../src/text/near-duplicates.ts';

const Example = z.strictObject({ text: z.string().min(1), subject: z.string(), kind: z.enum(kinds) });
const Story = z.object({ id: z.string(), text: z.string() });
const Subjects = z.array(z.object({ id: z.string() }));
const Agencies = z.array(z.object({ kecamatan: z.string().nullable() }));

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const lines = (file: string) => read(file).split('\n').filter(Boolean);

const files = readdirSync(new URL('fixtures/training/', root));
const examples = files.flatMap((file) =>
  lines(`fixtures/training/${file}`).map((line) => ({ file, ...Example.parse(JSON.parse(line)) })),
);
function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const grouped = new Map<string, Item[]>();
  for (const item of items) grouped.set(keyOf(item), [...(grouped.get(keyOf(item)) ?? []), item]);
  return [...grouped.values()];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function runs(text: string, length: number): string[] {
  const words = wordsOf(text);
  return words.slice(length - 1).map((_, start) => words.slice(start, start + length).join(' '));
}

test('every subject has at least 15 examples, in the file of its name', () => {
  const subjects = Subjects.parse(JSON.parse(read('data/subjects.json'))).map((subject) => subject.id);
  const thin = subjects.filter((id) => examples.filter(({ subject }) => subject === id).length < 15);
  expect(thin).toEqual([]);
  expect(examples.filter((example) => example.file !== `${example.subject}.jsonl`)).toEqual([]);
});

test('every agency that is in charge of a subject has at least 60 examples, and not one sentence sixty times', () => {
  const subjects = z
    .array(z.object({ id: z.string(), agency: z.string() }))
    .parse(JSON.parse(read('data/subjects.json')));
  const agencyOf = new Map(subjects.map(({ id, agency }) => [id, agency]));
  const ours = examples.flatMap((one) => {
    const agency = agencyOf.get(one.subject);
    return agency === undefined ? [] : [{ ...one, agency }];
  });
  const byAgency = groups(ours, ({ agency }) => agency);
  expect(byAgency.length).toBe(new Set(agencyOf.values()).size);
  for (const mine of byAgency) {
    const lengths = mine.map(({ text }) => wordsOf(text).length);
    const kindsOf = new Set(mine.map(({ kind }) => kind));
    expect({
      agency: mine[0]?.agency,
      isMany: mine.length >= 60,
      isVaried: kindsOf.size >= 4 && copiesAmong(mine.map(({ text }) => text)) / mine.length <= 0.05,
      hasShortAndLong: Math.min(...lengths) <= 6 && Math.max(...lengths) >= 30,
    }).toEqual({ agency: mine[0]?.agency, isMany: true, isVaried: true, hasShortAndLong: true });
  }
});

/** How many of these texts have a copy among them. */
function copiesAmong(texts: readonly string[]): number {
  const prints = texts.flatMap((text) => fingerprintOf(text) ?? []);
  const isCopied = (one: Fingerprint) =>
    prints.some((other) => other !== one && likenessOf(one.values, other.values) >= COPY);
  return prints.filter(isCopied).length;
}

test('every example is of a known subject or of none of our business', () => {
  const subjects = new Set(
    Subjects.parse(JSON.parse(read('data/subjects.json'))).map((subject) => subject.id),
  );
  expect(
    examples.filter(({ kind, subject }) => (kind === 'bukan_aduan') !== (subject === 'bukan_aduan')),
  ).toEqual([]);
  const strangers = examples.filter(({ subject }) => subject !== 'bukan_aduan' && !subjects.has(subject));
  expect(strangers).toEqual([]);
});

test('no text stands there twice', () => {
  const byText = groups(examples, ({ text }) => wordsOf(text).join(' ') || text);
  expect(byText.filter((same) => same.length > 1)).toEqual([]);
});

// Planted and seen caught: a sentence of the story among the examples.
test('no text of the story is an example: no run of 10 words, no whole shorter message', () => {
  const story = lines('fixtures/demo-scenario.jsonl').map((line) => Story.parse(JSON.parse(line)));
  expect(story.length).toBeGreaterThan(50);
  const told = new Set(story.flatMap(({ text }) => [...runs(text, 10), wordsOf(text).join(' ')]));
  const taken = examples.filter(({ text }) =>
    [wordsOf(text).join(' '), ...runs(text, 10)].some((run) => run !== '' && told.has(run)),
  );
  expect(taken).toEqual([]);
});

// Planted and seen caught: a number of 16 digits, a mobile number with spaces.
test('no example holds a NIK, a telephone number, an address for mail or a handle', () => {
  const personal = /\d{7,}|(?:\+62|\b0)8[\d\s.-]{7,}|[\w.]+@[\w.]+\.\w{2,}|\d[\d\s.-]{10,}\d/;
  expect(examples.filter(({ text }) => personal.test(text))).toEqual([]);
});

test('no kecamatan is evidence: each is named in many subjects, in none of them often', () => {
  const names = Agencies.parse(JSON.parse(read('data/agencies.json'))).flatMap(
    ({ kecamatan }) => kecamatan ?? [],
  );
  // The regency's own name says no more than "here".
  for (const name of names.filter((each) => each !== 'Karanganyar')) {
    const naming = examples.filter(({ text }) => wordsOf(text).includes(name.toLowerCase()));
    const sizes = groups(naming, (example) => example.subject).map((same) => same.length);
    expect({ name, isSpread: sizes.length >= 10 && Math.max(...sizes) <= 4 }).toEqual({
      name,
      isSpread: true,
    });
  }
});
