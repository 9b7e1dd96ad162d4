import { expect, test } from '@jest/globals';
import { wordReasons } from '../../src/classify/word-reasons.ts';

/** Sure of lamps when it reads "lampu", twice as sure with "mati"; of rubbish when it reads "bau". */
const hear = (text: string) => [
  0.1 + (/lampu/i.test(text) ? 0.3 : 0) + (/mati/i.test(text) ? 0.5 : 0),
  /bau/i.test(text) ? 0.6 : 0.05,
];

test('the words that carry each answer, as they were written, the strongest first; others are left out', () => {
  const [lamp, rubbish] = wordReasons('Lampu jalan MATI, lampu lagi! Bau.', hear, 5);
  expect(lamp?.map(({ words }) => words)).toEqual(['MATI', 'Lampu']);
  expect(rubbish?.map(({ words }) => words)).toEqual(['Bau']);
  expect(rubbish?.[0]?.weight).toBeCloseTo(Math.log(0.6 / 0.4) - Math.log(0.05 / 0.95));
});

test('is bounded and never throws', () => {
  let asked = 0;
  const counting = (text: string) => {
    asked += 1;
    return [text.length > 0 ? 1 : 0];
  };
  for (const text of ['', '\ud800', '🙂🙂', Array.from({ length: 9_000 }, (_, at) => `kata${at}`).join(' ')])
    expect(() => wordReasons(text, counting, 3)).not.toThrow();
  expect(asked).toBeLessThan(80);
});
