import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import {
  addExample,
  type BayesExample,
  explainBayes,
  scoreBayes,
  trainBayes,
} from '../../src/classify/naive-bayes.ts';

const Golden = z.object({
  cases: z.array(
    z.object({
      alpha: z.number(),
      labels: z.array(z.string()),
      examples: z.array(z.object({ label: z.string(), tokens: z.array(z.string()) })),
      queries: z.array(z.object({ tokens: z.array(z.string()), logProbabilities: z.array(z.number()) })),
    }),
  ),
});
const golden = Golden.parse(
  JSON.parse(readFileSync(new URL('../../fixtures/bayes-golden.json', import.meta.url), 'utf8')),
);

/** Few words, so that examples share them; among them names that every plain object already has. */
const token = fc.constantFrom(
  'lubang',
  'aspal',
  'uwuh',
  'bau',
  'toString',
  '__proto__',
  'constructor',
  '2023',
  '',
);
const label = fc.constantFrom('jalan', 'sampah', '__proto__', 'constructor', 'hasOwnProperty');
const tokens = fc.array(token, { maxLength: 12 });
const examples = fc.array(fc.record({ label, tokens }), { minLength: 1, maxLength: 25 });

const roads: BayesExample[] = [
  { label: 'jalan', tokens: ['jalan', 'rusak', 'lubang'] },
  { label: 'jalan', tokens: ['aspal', 'rusak', 'warga'] },
  { label: 'sampah', tokens: ['uwuh', 'numpuk', 'warga'] },
];

describe('the answers of scikit-learn', () => {
  // Planted and seen caught: the vocabulary left out of the denominator, equal priors, unknown words counted.
  test.each(golden.cases)('are ours too, with alpha $alpha', ({ alpha, labels, examples, queries }) => {
    const model = trainBayes(examples, { alpha });
    expect(model.labels).toEqual(labels);
    for (const query of queries) {
      const ours = scoreBayes(model, query.tokens);
      for (const [column, theirs] of query.logProbabilities.entries()) {
        if (theirs < -700) expect(ours[column]).toBeLessThan(1e-300);
        else expect(Math.abs(Math.log(ours[column]!) - theirs)).toBeLessThan(1e-9);
      }
    }
  });
});

describe('for whatever examples and texts', () => {
  test('the probabilities sum to 1', () => {
    fc.assert(
      fc.property(examples, tokens, (given, text) => {
        const scores = scoreBayes(trainBayes(given), text);
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
        expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('the order of the examples does not matter', () => {
    fc.assert(
      fc.property(examples, tokens, (given, text) => {
        const forwards = trainBayes(given);
        const backwards = trainBayes(given.toReversed());
        expect(backwards.version).toBe(forwards.version);
        expect(scoreBayes(backwards, text)).toEqual(scoreBayes(forwards, text));
      }),
    );
  });

  // Planted and seen caught: the count of a word that stands twice in the example added once.
  test('adding one by one gives what training on all gives, version included', () => {
    fc.assert(
      fc.property(examples, tokens, fc.nat(), (given, text, cut) => {
        const known = 1 + (cut % given.length);
        const added = given.slice(known).reduce(addExample, trainBayes(given.slice(0, known)));
        const trained = trainBayes(given);
        expect(added.labels).toEqual(trained.labels);
        expect(added.version).toBe(trained.version);
        expect(scoreBayes(added, text)).toEqual(scoreBayes(trained, text));
      }),
    );
  });

  test('a word is evidence for a label only when it is likelier there than elsewhere', () => {
    fc.assert(
      fc.property(examples, tokens, label, (given, text, about) => {
        const model = trainBayes(given);
        const weights = explainBayes(model, text, about).map((word) => word.weight);
        expect(weights).toEqual(weights.toSorted((one, other) => other - one));
        expect(weights.every((weight) => weight > 0)).toBe(true);
      }),
    );
  });
});

test('adding an example leaves the earlier model as it was', () => {
  const before = trainBayes(roads);
  const answer = scoreBayes(before, ['rusak', 'uwuh']);
  const after = addExample(before, { label: 'sampah', tokens: ['rusak', 'uwuh', 'baru'] });
  expect(scoreBayes(before, ['rusak', 'uwuh'])).toEqual(answer);
  expect(before.rows.has('baru')).toBe(false);
  expect(after.version).not.toBe(before.version);
});

test('a label named __proto__ is a label and changes no object', () => {
  const model = trainBayes([...roads, { label: '__proto__', tokens: ['toString', 'toString'] }]);
  const scores = scoreBayes(model, ['toString']);
  expect(model.labels[scores.indexOf(Math.max(...scores))]).toBe('__proto__');
  expect(explainBayes(model, ['toString'], '__proto__')).toHaveLength(1);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('a text without a known word gets the shares of the examples', () => {
  const scores = scoreBayes(trainBayes(roads), ['entah', 'apa']);
  expect(scores[0]).toBeCloseTo(2 / 3, 12);
  expect(scores[1]).toBeCloseTo(1 / 3, 12);
});

test('a text of 5,000 words still tells its labels apart', () => {
  const scores = scoreBayes(trainBayes(roads), new Array<string>(5_000).fill('uwuh'));
  expect([...scores]).toEqual([0, 1]);
});

test('the words that spoke for a label come strongest first, without those that spoke for another', () => {
  const words = explainBayes(trainBayes(roads), ['warga', 'lubang', 'rusak', 'uwuh', 'entah'], 'jalan');
  expect(words.map((word) => word.words)).toEqual(['rusak', 'lubang']);
});

test('a label the model does not have explains nothing', () => {
  expect(explainBayes(trainBayes(roads), ['rusak'], 'pajak')).toEqual([]);
});

test('a buffer given is filled and returned; one of the wrong length is refused', () => {
  const model = trainBayes(roads);
  const buffer = new Float64Array(2).fill(99);
  expect(scoreBayes(model, ['uwuh'], buffer)).toBe(buffer);
  expect(buffer).toEqual(scoreBayes(model, ['uwuh']));
  expect(() => scoreBayes(model, ['uwuh'], new Float64Array(3))).toThrow(RangeError);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('alpha %p is refused', (alpha) => {
  expect(() => trainBayes(roads, { alpha })).toThrow(RangeError);
});

test('examples without a single word leave the shares of the labels', () => {
  const wordless = trainBayes([
    { label: 'jalan', tokens: [] },
    { label: 'sampah', tokens: [] },
  ]);
  expect([...scoreBayes(wordless, ['lubang'])]).toEqual([0.5, 0.5]);
});

test('no examples make a model without labels', () => {
  const empty = trainBayes([]);
  expect(scoreBayes(empty, ['apa'])).toHaveLength(0);
  expect(addExample(empty, roads[0]!).labels).toEqual(['jalan']);
});
