import { expect, test } from '@jest/globals';
import { fixedClock, MINUTE } from '../../src/core/clock.ts';
import { type Lesson, storyLessons } from '../../src/training/lessons.ts';
import { score } from '../../src/training/score.ts';
import { call, startTestApi } from '../support/api.ts';
import { startTestServices } from '../support/services.ts';

const lessons = storyLessons('fixtures');
const facts = { remarks: [], tookMs: 20_000, agencyNames: new Map([['DPUPR', 'Dinas PUPR']]) };

function lessonOf(id: string): Lesson {
  const found = lessons.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

function right({ expected }: Lesson) {
  const { agency, kind, secret } = expected;
  return { agency, kind, secret, reply: 'Terima kasih, laporan kami terima.' };
}

const pointsOf = (parts: readonly { readonly points: number }[]) =>
  parts.reduce((sum, one) => sum + one.points, 0);

test('what a good officer decides is worth 100 for every message of the story, and ours are no lessons', () => {
  expect(lessons).toHaveLength(80);
  for (const lesson of lessons)
    expect([lesson.id, pointsOf(score(lesson, right(lesson), facts))]).toEqual([lesson.id, 100]);
});

test('each part costs only its own points and says why', () => {
  const lesson = lessonOf('H-01');
  const lost = (change: object, more: object = {}) =>
    score(lesson, { ...right(lesson), ...change }, { ...facts, ...more })
      .filter((one) => one.points < one.of)
      .map((one) => [one.part, one.of - one.points]);
  expect(lost({ agency: 'DLH' })).toEqual([['agency', 30]]);
  expect(lost({ secret: true })).toEqual([['secrecy', 30]]);
  expect(lost({ kind: 'aspirasi' })).toEqual([['kind', 15]]);
  expect(lost({ reply: null })).toEqual([['tone', 15]]);
  expect(lost({}, { remarks: [{ id: 'Kasar.', en: 'Rude.' }] })).toEqual([['tone', 5]]);
  expect(lost({}, { tookMs: 4 * MINUTE })).toEqual([['time', 5]]);
  const [agency] = score(lesson, { ...right(lesson), agency: 'DLH' }, facts);
  expect(agency?.why.id).toContain('Dinas PUPR');
});

test('a trainee meets the story in order, is timed from the first showing, and is scored once', async () => {
  await using services = await startTestServices();
  const clock = fixedClock('2026-11-24T02:00:00Z');
  const { app, tokens } = await startTestApi(services, { clock });
  const ask = async (path: string, body: object = {}) => {
    const response = await call(app, `/api/training/${path}`, { token: tokens.petugas, body });
    return {
      status: response.status,
      body: (await response.json()) as { lesson: { id: string }; progress: unknown },
    };
  };
  const first = await ask('next');
  // The contract's shape lets no answer out (planted in the route: stripped by it).
  expect(JSON.stringify(first.body)).not.toContain('expected');
  const lesson = lessonOf(first.body.lesson.id);
  clock.advance(4 * MINUTE);
  // Looking again does not wind the clock back.
  expect((await ask('next')).body.lesson).toEqual(first.body.lesson);
  const answered = await ask(`${lesson.id}/answer`, right(lesson));
  expect(answered).toMatchObject({ status: 200, body: { points: 95 } });
  expect((await ask(`${lesson.id}/answer`, right(lesson))).status).toBe(409);
  const next = await ask('next');
  expect(next.body.progress).toEqual({ answered: 1, of: 80, points: 95, outOf: 100 });
  expect(next.body.lesson.id).not.toBe(lesson.id);
  // What was not shown cannot be answered.
  expect((await ask(`${lessons.at(-1)?.id}/answer`, right(lesson))).status).toBe(404);
});

// Planted: without the question after the mode in routes/training.ts this fails.
test('in live mode there is no training', async () => {
  await using services = await startTestServices();
  const { app, tokens } = await startTestApi(services, { mode: 'live' });
  for (const path of ['next', 'again', 'H-01/answer']) {
    const body = path.endsWith('answer') ? right(lessonOf('H-01')) : {};
    expect((await call(app, `/api/training/${path}`, { token: tokens.petugas, body })).status).toBe(404);
  }
});
