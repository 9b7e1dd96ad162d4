import { describe, expect, test } from '@jest/globals';
import { trainLinear } from '../../src/classify/linear/linear-model.ts';
import { createVectoriser } from '../../src/classify/linear/vectors.ts';
import { loadClassifier } from '../../src/classify/load.ts';
import { neighboursOf, rowOf, tellingWords } from '../../src/classify/stack/neighbours.ts';
import { trainStack } from '../../src/classify/stack/train-stack.ts';
import { evaluateOnComplaints } from '../../src/cli/complaint-beds.ts';
import { projectRoot } from '../../src/core/root.ts';
import { measure } from '../../src/evaluate/measures.ts';
import { type LabelMap, shippedAnswerer } from '../../src/evaluate/shipped.ts';

const roads = [
  'jalan rusak berlubang',
  'aspal mengelupas di jalan desa',
  'jalan ambles dekat pasar',
  'lubang jalan makin dalam',
];
const lamps = [
  'lampu jalan mati total',
  'penerangan gelap lampu padam',
  'lampu penerangan mati lagi',
  'lampu padam sejak senin',
];
const examples = [...roads, ...lamps].flatMap((text, at) =>
  ['tolong', 'mohon', 'pak'].map((before) => ({
    text: `${before} ${text}`,
    label: at < roads.length ? 'jalan' : 'lampu',
    group: `${before}`,
  })),
);
const options = { hints: null, precision: 0.9, seed: 7 } as const;

describe('the stack', () => {
  test('finds a misspelt matter by its letters, and the same model comes out twice', async () => {
    const [one, other] = await Promise.all([trainStack(examples, options), trainStack(examples, options)]);
    const said = one.answer('jalane berlubaang parah');
    expect(said.label).toBe('jalan');
    expect([...said.probabilities].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(other.answer('jalane berlubaang parah').confidence).toBe(
      one.answer('jalane berlubaang parah').confidence,
    );
    expect(examples.some(({ text }) => one.answer(text).decided)).toBe(true);
    expect(one.answer('').decided).toBe(false);
    expect(one.answer('').confidence).toBeLessThan(0.9);
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    const shares: number[] = [];
    const training = trainStack(examples, {
      ...options,
      signal: stop.signal,
      onProgress: (share) => {
        shares.push(share);
        if (shares.length === 3) stop.abort();
      },
    });
    await expect(training).rejects.toThrow('aborted');
    expect(shares).toEqual([0, 1 / 8, 2 / 8]);
  });

  test('takes any text', async () => {
    const stack = await trainStack(examples, options);
    for (const text of [
      '\ud83d',
      '‮مرحبا',
      'a'.repeat(100_000),
      ' \n\t ',
      '🚧🚧🚧',
      '__proto__ constructor',
    ]) {
      expect(stack.answer(text).confidence).toBeGreaterThan(0);
    }
  });
});

test('a small label weighs as much as a large one', async () => {
  const uneven = [
    ...Array.from({ length: 60 }, (_, at) => ({ text: `banjir dan hujan ${at % 7}`, label: 0 })),
    { text: 'hujan dan angin', label: 1 },
    { text: 'hujan dan angin kencang', label: 1 },
  ];
  const model = await trainLinear(uneven, {
    labels: 2,
    hints: null,
    cost: 1,
    seed: 1,
    onLabel: async () => {},
  });
  const out = new Float64Array(2);
  model.score('hujan', out);
  expect(out[1]).toBeGreaterThan(-0.6);
  model.score('angin', out);
  expect(out[1]).toBeGreaterThan(out[0] ?? 0);
});

test('what the letters of a word say, added up once, is what the text’s own vector says', async () => {
  const numbered = examples.map(({ text, label }) => ({ text, label: label === 'jalan' ? 0 : 1 }));
  const onLabel = async () => {};
  const model = await trainLinear(numbered, { labels: 2, hints: null, cost: 1, seed: 1, onLabel });
  const { table, scales, vocabulary } = model.tables;
  const vectoriser = createVectoriser(vocabulary);
  const out = new Float64Array(2);
  // "jalan" twice: its letters count by the logarithm.
  const pieces = (from: number) => Array.from({ length: 3_000 }, (_, at) => `p${from + at}`).join(' ');
  const flood = () => {
    for (let from = 0; from < 24_000; from += 3_000) model.score(pieces(from), out);
  };
  const texts = [
    'jalan rusak jalan, jalan ambles',
    'lampu',
    'xqz',
    '',
    'pak lampu jalan',
    'jalan-jalan lubang',
  ];
  for (const [at, text] of texts.entries()) {
    // More pieces than are remembered: seen to fail when the memory is not begun anew, and when the sums of the old ones stay.
    if (at === 4) flood();
    const { features, values } = vectoriser.of(text);
    const bias = vocabulary.rarity.length;
    const plain = [0, 1].map((label) => {
      const sum = features.reduce((all, at, i) => all + table[at * 2 + label]! * values[i]!, 0);
      return (sum + table[bias * 2 + label]!) * scales[label]!;
    });
    model.score(text, out);
    expect(out[0]).toBeCloseTo(plain[0]!, 4);
    expect(out[1]).toBeCloseTo(plain[1]!, 4);
  }
});

test('the nearest texts speak for their label; the word of all texts is heard while the set is small', async () => {
  const numbered = examples.map(({ text, label }) => ({ text, label: label === 'jalan' ? 0 : 1 }));
  const onLabel = async () => {};
  const model = await trainLinear(numbered, { labels: 2, hints: null, cost: 1, seed: 1, onLabel });
  const { vocabulary } = model.tables;
  const out = new Float64Array(2);
  const telling = tellingWords(vocabulary, numbered.length);
  const rows = numbered.map(({ text }) => rowOf(model.score(text, out), telling));
  const labels = numbered.map(({ label }) => label);
  const near = neighboursOf(rows, labels, vocabulary);
  const heard = (text: string) => {
    near.hear(model.score(text, out), out);
    return [...out];
  };
  // Half of all texts have the word.
  expect(heard('lampu')[1]).toBeGreaterThan(heard('lampu')[0]!);
  expect(heard('aspal')[0]).toBeGreaterThan(heard('aspal')[1]!);
  // The text before leaves nothing behind.
  expect(heard('xqz')).toEqual([Math.log(0.02), Math.log(0.02)]);
});

test('measures: two labels, one never answered, by hand', () => {
  const row = (truth: string, answer: string, confidence: number, decided: boolean) => ({
    truth,
    answer,
    confidence,
    decided,
  });
  const rows = [
    row('a', 'a', 0.95, true),
    row('a', 'a', 0.9, true),
    row('b', 'a', 0.5, false),
    row('a', 'a', 0.35, false),
  ];
  expect(measure(rows, ['a', 'b'])).toEqual({
    accuracy: 0.75,
    // F1 of a: 2·3 / (3 + 4); of b: 0.
    macroF1: 6 / 7 / 2,
    // Bins of 1/15: 0.95 and 0.9 lie in two, each alone.
    ece: expect.closeTo((0.05 + 0.1 + 0.5 + 0.65) / 4, 9),
    coverageAt90: 0.5,
    coverageAt95: 0.5,
    decided: 0.5,
    decidedPrecision: 1,
  });
});

test('the shipped classifier answers in the words of a map; what has no counterpart is never decided', () => {
  const classifier = loadClassifier(projectRoot);
  const text = 'Jalan rusak parah berlubang, mohon segera diaspal';
  const byMap = (map: LabelMap) => shippedAnswerer(classifier, classifier.knowledge, map).answer(text);
  expect(byMap({ jalan: 'PU', DPUPR: 'lain' })).toMatchObject({ label: 'PU', decided: true });
  expect(byMap({ DPUPR: 'Bina Marga' })).toMatchObject({ label: 'Bina Marga', decided: true });
  expect(byMap({ sampah: 'DLH' }).decided).toBe(false);
});

test('without the complaints the whole table says so and ends with 2', async () => {
  expect(await evaluateOnComplaints('/nowhere', 0.9, { json: true, only: null })).toBe(2);
});

test('the hints carry what the shipped model knows into a training of few texts', async () => {
  const hints = loadClassifier(projectRoot).hints();
  const few = [
    ['lampu jalan mati', 'dishub'],
    ['penerangan gang padam', 'dishub'],
    ['lampu merah perempatan rusak', 'dishub'],
    ['ktp belum jadi', 'capil'],
    ['akta lahir lama sekali', 'capil'],
    ['kartu keluarga salah nama', 'capil'],
  ].map(([text, label], at) => ({ text: text ?? '', label: label ?? '', group: String(at % 3) }));
  const stack = await trainStack(few, { ...options, hints });
  // None of its words is in the six texts.
  expect(stack.answer('blangko e-KTP kosong di disdukcapil').label).toBe('capil');
  expect(stack.answer('PJU tiang miring').label).toBe('dishub');
});
