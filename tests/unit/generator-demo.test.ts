import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { DAY } from '../../src/core/clock.ts';
import type { BackgroundItem } from '../../src/simulators/demo/generator.ts';
import { generateBackground, generateMany } from '../../src/simulators/demo/generator.ts';
import { wetness, wibDay } from '../../src/simulators/demo/shape.ts';

const from = new Date('2026-10-26T00:30:00Z');
const to = new Date('2026-11-23T00:30:00Z');

function background(seed = 'satu', until = to): BackgroundItem[] {
  return [...generateBackground({ seed, from, to: until, perDay: [6, 10] })];
}

function byCitizens(items: readonly BackgroundItem[]): readonly BackgroundItem[] {
  return items.filter((item) => item.author !== null);
}

function perDay(items: readonly BackgroundItem[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const item of byCitizens(items)) counts.set(wibDay(item.at), (counts.get(wibDay(item.at)) ?? 0) + 1);
  return counts;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

test('the same seed gives the same messages, another seed gives others', () => {
  expect(background()).toEqual(background());
  expect(background('dua').map((item) => item.text)).not.toEqual(background().map((item) => item.text));
});

test('a longer range begins with the same messages', () => {
  const short = background();
  expect(background('satu', new Date(to.getTime() + 5 * DAY)).slice(0, short.length)).toEqual(short);
});

test('28 days bring 6 to 10 messages a day on three platforms and hardly a repeated text', () => {
  const items = background();
  const wholeDays = [...perDay(items).values()].slice(1, -1);
  expect(wholeDays).toHaveLength(27);
  expect(Math.min(...wholeDays)).toBeGreaterThanOrEqual(6);
  expect(Math.max(...wholeDays)).toBeLessThanOrEqual(10);
  const texts = byCitizens(items).map((item) => item.text.toLowerCase());
  expect(new Set(texts).size / texts.length).toBeGreaterThan(0.95);
  for (const platform of ['x', 'instagram', 'facebook']) {
    expect(byCitizens(items).filter((item) => item.platform === platform).length).toBeGreaterThan(30);
  }
});

describe('over a long time', () => {
  const year = byCitizens(background('tahun', new Date(from.getTime() + 365 * DAY)));

  test('weekends are quieter than working days', () => {
    const days = [...perDay(year)].slice(1, -1);
    // Day 0 was a Thursday, so that (day + 4) % 7 counts from Sunday.
    const isWeekend = (day: number) => [0, 6].includes((day + 4) % 7);
    const weekend = mean(days.filter(([day]) => isWeekend(day)).map(([, count]) => count));
    const workdays = mean(days.filter(([day]) => !isWeekend(day)).map(([, count]) => count));
    expect(weekend).toBeLessThan(workdays - 0.5);
  });

  test('rain brings more about drains and floods', () => {
    const wetSubjects = new Set(['drainase', 'banjir', 'talud_jalan', 'longsor']);
    const shareOf = (items: readonly BackgroundItem[]) =>
      items.filter((item) => wetSubjects.has(item.hints.subject ?? '')).length / items.length;
    const wet = year.filter((item) => wetness('tahun', wibDay(item.at)) > 0.5);
    const dry = year.filter((item) => wetness('tahun', wibDay(item.at)) === 0);
    expect(shareOf(wet)).toBeGreaterThan(2 * shareOf(dry));
  });

  test('roads lead, and praise, questions, spam and small talk all occur', () => {
    const counts = new Map<string, number>();
    for (const { hints } of year) {
      for (const hint of [hints.kind, hints.subject]) if (hint) counts.set(hint, (counts.get(hint) ?? 0) + 1);
    }
    const subjects = [...counts].filter(([hint]) => hint !== 'pengaduan' && hint !== 'bukan_aduan');
    expect(subjects.sort(([, one], [, other]) => other - one)[0]?.[0]).toMatch(/jalan|permintaan_informasi/);
    for (const kind of ['apresiasi', 'permintaan_informasi', 'aspirasi', 'bukan_aduan'])
      expect(counts.get(kind)).toBeGreaterThan(30);
    expect(counts.size).toBeGreaterThan(35);
  });
});

test('a parent comes before its children and stands on the same platform', () => {
  const seen = new Map<string, BackgroundItem>();
  for (const item of background('utas', new Date(from.getTime() + 90 * DAY))) {
    if (item.parentKey !== null) {
      const parent = seen.get(item.parentKey);
      expect(parent?.platform).toBe(item.platform);
      expect(parent?.at.getTime()).toBeLessThanOrEqual(item.at.getTime());
    }
    if (item.platform === 'instagram' && item.author !== null) expect(item.parentKey).not.toBeNull();
    seen.set(item.key, item);
  }
});

test('every author is recognisably invented, and no text holds a long number or a contact', () => {
  const wrong = [...generateMany({ seed: 'nama', count: 5_000, from })].filter(
    ({ author, text }) =>
      (author !== null && !/^@\w{1,11}_sim$|\.sim$|\(sim\)$/.test(author)) ||
      /\d{5,}|https?:|@(?!aduankra_sim)/.test(text) ||
      // X counts an emoji as two; 280 is its limit.
      text.length > 270,
  );
  expect(wrong).toEqual([]);
});

test('what the generator has in mind are subjects that the product knows', () => {
  const subjects: { id: string }[] = JSON.parse(readFileSync('data/subjects.json', 'utf8'));
  const known = new Set(subjects.map(({ id }) => id));
  const hinted = new Set(
    [...generateMany({ seed: 'topik', count: 5_000, from })].map((item) => item.hints.subject),
  );
  hinted.delete(null);
  expect([...hinted].filter((subject) => !known.has(subject ?? ''))).toEqual([]);
});

function wordRuns(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, Math.max(0, words.length - 7))
    .map((_, start) => words.slice(start, start + 8).join(' '));
}

// Planted: a training text put into the phrases → found here.
test('no run of eight words is one of the training examples', () => {
  const trained = new Set<string>();
  for (const file of readdirSync('fixtures/training').filter((name) => name.endsWith('.jsonl'))) {
    for (const line of readFileSync(`fixtures/training/${file}`, 'utf8').split('\n').filter(Boolean)) {
      const { text } = JSON.parse(line) as { text: string };
      for (const run of wordRuns(text)) trained.add(run);
    }
  }
  const shared = new Set<string>();
  for (const item of generateMany({ seed: 'latih', count: 10_000, from })) {
    for (const run of wordRuns(item.text)) if (trained.has(run)) shared.add(run);
  }
  expect(trained.size).toBeGreaterThan(500);
  expect([...shared]).toEqual([]);
});

test('30,000 messages can be drawn one at a time, and the count is exact', () => {
  let citizens = 0;
  for (const item of generateMany({ seed: 'beban', count: 30_000, from }))
    if (item.author !== null) citizens += 1;
  expect(citizens).toBe(30_000);
});

test('answers of the office come on working hours, after the question and before the given time', () => {
  const items = [
    ...generateBackground({ seed: 'satu', from, to, perDay: [6, 10], answers: { share: 0.6, before: to } }),
  ];
  const byKey = new Map(items.map((item) => [item.key, item]));
  const answers = items.filter((item) => item.author === null && item.parentKey !== null);
  expect(answers.length).toBeGreaterThan(50);
  for (const answer of answers) {
    const asked = byKey.get(answer.parentKey ?? '');
    expect(asked?.author).not.toBeNull();
    expect(answer.at.getTime()).toBeGreaterThan(asked?.at.getTime() ?? Number.POSITIVE_INFINITY);
    expect(answer.at.getTime()).toBeLessThan(to.getTime());
  }
});
